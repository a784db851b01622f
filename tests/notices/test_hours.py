"""When a session begins and ends, and until when something about it is worth saying."""

from datetime import date, time, timedelta

import pytest

from bot.notices.hours import session_end, session_start, useful_until
from bot.notices.notice import Kind
from bot.notices.timeline import VIETNAM
from bot.sessions.session import Session
from tests.notices.plans import POLICY, local, session_on

DAY = date(2023, 10, 12)
NOW = local("03/10/2023 09:00")


@pytest.mark.parametrize(
    ("session", "start", "end"),
    [
        (session_on(DAY), "12/10/2023 07:30", "12/10/2023 17:00"),
        (session_on(DAY, start=time(14)), "12/10/2023 14:00", "12/10/2023 17:00"),
        (session_on(DAY, start=time(8), end=time(10, 30)), "12/10/2023 08:00", "12/10/2023 10:30"),
        (session_on(DAY, start=time(19)), "12/10/2023 19:00", "13/10/2023 00:00"),
        (session_on(DAY, start=time(8), end=time(7)), "12/10/2023 08:00", "13/10/2023 00:00"),
        (session_on(DAY, date_end=date(2023, 10, 13)), "12/10/2023 07:30", "13/10/2023 17:00"),
    ],
)
def test_a_session_begins_and_ends(session: Session, start: str, end: str) -> None:
    assert session_start(session, POLICY, VIETNAM) == local(start)
    assert session_end(session, POLICY, VIETNAM) == local(end)


@pytest.mark.parametrize(
    ("kind", "until"),
    [
        (Kind.INVITATION, "12/10/2023 07:30"),
        (Kind.CHANGE, "12/10/2023 17:00"),
        (Kind.DEADLINE_WATCH, "10/10/2023 00:00"),
    ],
)
def test_a_notice_is_of_use_until(kind: Kind, until: str) -> None:
    session, deadline = session_on(DAY), date(2023, 10, 9)
    assert useful_until(kind, POLICY, VIETNAM, now=NOW, session=session, deadline=deadline) == local(until)


def test_what_has_no_day_is_of_use_for_a_month() -> None:
    month = NOW + timedelta(days=POLICY.undated_useful_days)
    assert useful_until(Kind.APPROVAL, POLICY, VIETNAM, now=NOW) == month
    assert useful_until(Kind.REQUEST_NEWS, POLICY, VIETNAM, now=NOW, session=session_on(None)) == month


def test_a_missing_day_or_deadline_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no date"):
        session_start(session_on(None), POLICY, VIETNAM)
    with pytest.raises(ValueError, match="deadline"):
        useful_until(Kind.DEADLINE_WATCH, POLICY, VIETNAM, now=NOW, session=session_on(DAY))
