"""Who goes for the whole cluster is said by lead and clerk, of people of the schools alone."""

import pytest

from tests.chat.forging import state
from tests.chat.people import COOK, CORE, GUEST, HOST
from tests.chat.ways.given import a_count_of_the_cluster
from tests.talks.stage import LEAD, OFFICER, Stage


@pytest.mark.parametrize("who", [GUEST, HOST, COOK, OFFICER, CORE])
async def test_only_lead_and_clerk_say_who_goes_for_the_whole_cluster(november: Stage, who: str) -> None:
    a_count_of_the_cluster(november)
    before = state(november)
    for token in ("name:2:2", "name:2:99"):
        press = await november.forge(who, token)
        assert press.alert, token
        assert press.answer, token
    assert state(november) == before


async def test_a_forged_tick_is_for_nobody_but_the_people_of_the_schools(november: Stage) -> None:
    a_count_of_the_cluster(november)
    await november.settle()
    await november.forge(LEAD, "name:2:2")
    await november.type(LEAD, "Bát Trang")
    asked = november.last(LEAD)
    stranger = november.person(OFFICER).id
    (mark,) = {
        str(b.data).split(":")[1] for row in asked.keyboard for b in row if (b.data or "").startswith("a:")
    }
    for said in (f"t{stranger}", "t999999", "tx", "s999", "p99999", "u"):
        press = await november.forge(LEAD, f"a:{mark}:{said}")
        assert press.alert, said
    await november.press(LEAD, "Xong (4 người)")
    assert november.person(OFFICER).id not in _named(november)


async def test_the_lead_sends_nobody_and_takes_it_back(november: Stage) -> None:
    teacher = "Giáo viên cốt cán 1 Trường Thọ"
    a_count_of_the_cluster(november)
    await november.settle()
    await november.forge(LEAD, "name:2:2")
    for school in ("MN Sao Sáng", "MN Bát Trang", "MN Trường Thành", "MN Trường Thọ"):
        await november.press(LEAD, f"{school}: chọn 1")
        await november.press(LEAD, f"● Giáo viên cốt cán 1 {school.removeprefix('MN ')}")
        await november.press(LEAD, "Trường khác")
    await november.press(LEAD, "Xong (không cử ai)")
    assert "không cử ai" in november.last(LEAD).text
    assert _named(november) == ()
    assert "không cần đi dự" in november.last(teacher).text
    await november.forge(LEAD, "name:2:2")
    await november.type(LEAD, teacher)
    await november.press(LEAD, "Xong (1 người)")
    assert _named(november) == (november.person(teacher).id,)
    assert "mời dự sinh hoạt" in november.last(teacher).text


def _named(november: Stage) -> tuple[int, ...]:
    (said,) = november.see(lambda work: work.sessions.nominations(november.session("B2").id))
    assert said.unit_id is None
    return said.person_ids
