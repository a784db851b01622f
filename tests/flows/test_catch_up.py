"""After a long stop, or a late import: what is still of use goes out once, about what is over nothing."""

import datetime as dt
from collections import Counter

import pytest

from bot.flows.sessions import duties
from bot.flows.work import Work
from bot.notices.timeline import VIETNAM
from tests.talks.conftest import _nothing_breaks, stage
from tests.talks.stage import LEAD, OFFICER, Stage

__all__ = ["_nothing_breaks", "stage"]

HOST, TEACHER = "Hiệu trưởng An Tiến", "Giáo viên cốt cán 1 Bát Trang"
COOK = "Bếp trưởng Bát Trang"


async def stopped_until(stage: Stage, day: int, month: int, hour: int, minute: int = 0) -> Counter[str]:
    """The bot sleeps until then; how many letters each person finds when it is back."""
    seen = len(stage.service.received)
    await stage.stop_bot()
    stage.clock.turn_to(dt.datetime(2023, month, day, hour, minute, tzinfo=VIETNAM))
    await stage.start_bot()
    names = {chat: name for name, chat in stage.chats.items()}
    new = [one for one in stage.service.received[seen:] if one.method.startswith("send")]
    assert not any("12/10" in one.text for one in new)
    return Counter(names[one.chat_id] for one in new if one.file_name is None)


async def test_the_morning_before_everybody_gets_one_letter(stage: Stage) -> None:
    got = await stopped_until(stage, 7, 11, 9)
    assert set(got.values()) == {1}
    assert len(got) == 35 + 5 + 2  # the invited, the authority, the host's vice head and the clerk
    assert "mời dự" in stage.last(TEACHER).text
    assert stage.last(OFFICER).text.startswith("Kính mời")
    assert "đã gửi tự động" in next(text for text in reversed(stage.seen(HOST)) if text)
    assert stage.session("B2").released_at is not None


async def test_on_the_day_itself_the_invitation_says_it_all(stage: Stage) -> None:
    got = await stopped_until(stage, 8, 11, 6, 40)
    assert got[TEACHER] == got[COOK] == got[OFFICER] == 1
    assert stage.last(TEACHER).text.startswith("Thứ Tư, 08/11/2023: mời dự")
    assert "Hôm nay" not in stage.last(COOK).text


@pytest.mark.parametrize(("hour", "minute"), [(7, 45), (12, 0), (23, 0)])
async def test_when_it_has_begun_nothing_is_said(stage: Stage, hour: int, minute: int) -> None:
    assert await stopped_until(stage, 8, 11, hour, minute) == Counter()
    assert await stopped_until(stage, 9, 11, 8) == Counter()


async def test_in_quiet_hours_it_waits(stage: Stage) -> None:
    assert await stopped_until(stage, 4, 11, 9) == Counter()  # a Saturday
    await stage.at(6, 11, 2023, 7, 59)
    assert not any("08/11" in text for text in stage.seen(TEACHER))
    await stage.at(6, 11, 2023, 8)
    assert "mời dự" in stage.last(TEACHER).text
    assert "08/11" in " ".join(stage.seen(LEAD))


def test_what_must_be_decided_is_decided_a_few_sessions_at_a_time(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duties, "AT_ONCE", 3)

    def decided(work: Work) -> list[int]:
        for session in work.sessions.of_cluster(work.people.clusters()[0].id):
            work.sessions.set_duty(session.id, work.now)
        return [duties.run_duties(work) for _ in range(3)]

    assert stage.run(decided) == [3, 1, 0]
