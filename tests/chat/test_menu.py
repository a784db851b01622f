"""Who sees which commands: by today's roster, and never in the way of an answer."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.channels.telegram.menu import FACT, Menus
from tests.talks.stage import CLERK, LEAD, OFFICER, STRANGER, Stage

HEAD, COOK = "Hiệu trưởng An Tiến", "Bếp trưởng An Tiến"
EVERYBODY = ["lich", "buoi", "toi", "kenh", "huy", "trogiup"]


@pytest.fixture
async def menus(stage: Stage) -> AsyncIterator[Menus]:
    side = stage.telegram.telegram
    assert side is not None
    stage.run(lambda work: work.talks.put_fact(FACT, {}, work.now))  # this server has been told nothing
    with ThreadPoolExecutor(1) as executor:
        yield Menus(side.bot, stage.desk, executor, pace=0)


def shown(stage: Stage, name: str) -> list[str]:
    return [one["command"] for one in stage.service.commands(stage.chat(name))]


async def test_each_sees_what_she_may_do(stage: Stage, menus: Menus) -> None:
    await menus.set_for_strangers()
    await menus.look()
    assert shown(stage, STRANGER) == ["dangky", "trogiup"]
    assert shown(stage, COOK) == EVERYBODY
    assert shown(stage, OFFICER) == EVERYBODY
    assert shown(stage, HEAD) == ["lich", "buoi", "doilich", "duyet", "toi", "kenh", "huy", "trogiup"]
    manager = ["lich", "buoi", "tinhtrang", "nhatky", "thanhvien", "duyet", "toi", "kenh", "huy", "trogiup"]
    assert shown(stage, CLERK) == manager
    assert shown(stage, LEAD) == ["lich", "buoi", "doilich", *manager[2:]]
    assert all(len(one["description"]) <= 60 for one in stage.service.commands(stage.chat(LEAD)))


async def test_what_is_set_is_not_set_again_and_a_change_is(stage: Stage, menus: Menus) -> None:
    assert await menus.look() == 66
    assert await menus.look() == 0
    stage.unregister(COOK)
    assert await menus.look() == 1
    await menus.set_for_strangers()
    assert shown(stage, COOK) == ["dangky", "trogiup"]
    known = stage.see(lambda work: work.talks.fact(FACT))
    assert known is not None
    assert str(stage.chat(COOK)) not in known[0], "no chat is remembered longer than its person"


async def test_a_service_that_knows_no_menus_does_no_harm(stage: Stage, menus: Menus) -> None:
    stage.service.faults.reply("setMyCommands", 500)
    await menus.look()
    assert await menus.look() > 0, "what was not set is tried again"
    assert await menus.look() == 0
