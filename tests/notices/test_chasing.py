"""Who has not acknowledged a late change: told once more, then named to who can phone; in time, and once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.notices.chasing import chase
from bot.notices.notice import Kind, Notice
from bot.notices.quiet import is_open
from bot.notices.timeline import VIETNAM
from bot.sessions.acknowledgement import Acknowledgement, is_late
from tests.notices.plans import COOK, HEAD, LEAD, POLICY, TEACHER, WORKDAYS, local, session_on

DAY = date(2023, 11, 8)  #: a Wednesday
SESSION = session_on(DAY)


def asked(person: int, at: str, version: int = 2, before: date = DAY) -> Acknowledgement:
    return Acknowledgement(SESSION.id, 1, person, version, before, local(at).astimezone(UTC))


def chased(*asked: Acknowledgement, now: str, callers: tuple[int, ...] = (HEAD, LEAD)) -> list[Notice]:
    return chase(SESSION, asked, callers, POLICY, WORKDAYS, local(now), VIETNAM)


def lines(found: list[Notice]) -> list[str]:
    return [f"{n.kind.value} {n.recipient_id} {n.due.astimezone(VIETNAM):%a %d/%m %H:%M}" for n in found]


@pytest.mark.parametrize(
    ("at", "again", "names"),
    [
        ("01/11/2023 09:00", "Thu 02/11 09:00", "Tue 07/11 16:30"),
        ("03/11/2023 09:00", "Mon 06/11 07:00", "Tue 07/11 16:30"),  # a day later is a Saturday
        ("06/11/2023 18:30", "Tue 07/11 07:00", "Tue 07/11 16:30"),  # halfway, but in the night
        ("07/11/2023 08:30", "Tue 07/11 12:30", "Tue 07/11 16:30"),
        ("07/11/2023 16:00", "Tue 07/11 17:00", "Tue 07/11 18:00"),
        ("08/11/2023 07:10", "Wed 08/11 07:15", "Wed 08/11 07:20"),
        ("07/11/2023 20:00", "Wed 08/11 07:00", "Wed 08/11 07:00"),  # before 07:30, the assumed start
    ],
)
def test_when(at: str, again: str, names: str) -> None:
    found = lines(chased(asked(TEACHER, at), now=at, callers=(LEAD,)))
    assert found == [f"known_again {TEACHER} {again}", f"still_silent {LEAD} {names}"]


def test_too_late_is_not_said() -> None:
    assert chased(asked(TEACHER, "07/11/2023 09:00"), now="08/11/2023 07:30") == []


def test_who_knows_is_left_in_peace() -> None:
    knows = replace(asked(COOK, "01/11/2023 09:00"), known_at=local("01/11/2023 09:05"))
    found = chased(knows, asked(TEACHER, "01/11/2023 09:00"), now="01/11/2023 09:05")
    assert {n.recipient_id for n in found if n.kind is Kind.KNOWN_AGAIN} == {TEACHER}
    assert chased(knows, now="01/11/2023 09:05") == []


def test_names_are_given_once_however_many_have_answered_since() -> None:
    first = chased(
        asked(TEACHER, "01/11/2023 09:00"), asked(COOK, "02/11/2023 09:00", 3), now="02/11/2023 09:00"
    )
    knows = replace(asked(COOK, "02/11/2023 09:00", 3), known_at=local("02/11/2023 10:00"))
    then = chased(asked(TEACHER, "01/11/2023 09:00"), knows, now="02/11/2023 10:00")
    keys = [{n.dedup_key for n in found if n.kind is Kind.STILL_SILENT} for found in (first, then)]
    assert keys[0] == keys[1]


@pytest.mark.parametrize(
    ("today", "late"),
    [("31/10", False), ("01/11", True), ("07/11", True), ("08/11", True), ("09/11", False)],
)
def test_the_last_five_working_days(today: str, late: bool) -> None:
    day = local(f"{today}/2023 09:00").date()
    assert is_late(DAY, day, WORKDAYS, POLICY.acknowledge.within_working_days) is late


MINUTES = st.integers(-6 * 24 * 60, 12 * 60)  #: from the morning of the day


@settings(deadline=None)
@given(
    asks=st.dictionaries(st.integers(1, 8), st.tuples(MINUTES, st.integers(2, 5), st.booleans())),
    wait=st.integers(0, 3000),
)
def test_in_open_hours_before_the_start_to_the_silent_alone(
    asks: dict[int, tuple[int, int, bool]], wait: int
) -> None:
    morning = datetime.combine(DAY, time(0), VIETNAM).astimezone(UTC)
    known = [
        Acknowledgement(
            SESSION.id,
            1,
            person,
            version,
            DAY,
            at := morning + timedelta(minutes=minutes),
            at if knows else None,
        )
        for person, (minutes, version, knows) in asks.items()
    ]
    now = max((one.asked_at for one in known), default=morning) + timedelta(minutes=wait)
    found = chase(SESSION, known, (LEAD,), POLICY, WORKDAYS, now, VIETNAM)
    assert found == chase(SESSION, known, (LEAD,), POLICY, WORKDAYS, now, VIETNAM)
    assert len({n.dedup_key for n in found}) == len(found)
    silent = {one.person_id for one in known if one.open}
    assert {n.recipient_id for n in found if n.kind is Kind.KNOWN_AGAIN} <= silent
    for notice in found:
        assert now <= notice.due < notice.useful_until
        early = notice.due.astimezone(VIETNAM).time() == POLICY.quiet.early_resume
        assert early or is_open(notice.due, notice.kind, POLICY, WORKDAYS, VIETNAM, session_day=DAY)
