"""Who sees which commands: by today's roster, and never in the way of an answer."""

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.channels.telegram.menu import AT_ONCE, FACT, Menus
from bot.cluster.people import Person, Post, Unit, UnitKind
from bot.flows.work import Work
from tests.talks.stage import CLERK, LEAD, OFFICER, STRANGER, Stage

HEAD, COOK = "Hiệu trưởng An Tiến", "Bếp trưởng An Tiến"
EVERYBODY = ["lich", "buoi", "toi", "kenh", "huy", "trogiup"]


@pytest.fixture
async def menus(stage: Stage) -> AsyncIterator[Menus]:
    side = stage.telegram.telegram
    assert side is not None
    name = f"{FACT}:{stage.cluster().id}"
    stage.run(lambda work: work.talks.put_fact(name, {}, work.now))  # this server has been told nothing
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
    manager = ["lich", "buoi", "tinhtrang", "nhatky", "thanhvien", "nhom", "duyet"]
    manager += ["toi", "kenh", "huy", "trogiup"]
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
    known = stage.see(lambda work: work.talks.fact(f"{FACT}:{stage.cluster().id}"))
    assert known is not None
    assert str(stage.chat(COOK)) not in known[0], "no chat is remembered longer than its person"


async def test_a_service_that_knows_no_menus_does_no_harm(stage: Stage, menus: Menus) -> None:
    stage.service.faults.reply("setMyCommands", 500)
    await menus.look()
    assert await menus.look() > 0, "what was not set is tried again"
    assert await menus.look() == 0


def other_clusters(work: Work, number: int, chat: int) -> list[int]:
    """Each with one school; in the last of them this chat stands for its head."""
    template = work.people.clusters()[0]
    made = []
    for one in range(number):
        cluster = replace(template, id=0, name=f"Cụm {one}", join_code=f"ma-{one}")
        cluster = work.people.put_cluster(cluster)
        school = Unit(0, cluster.id, UnitKind.SCHOOL, f"Hoa {one}", f"MN Hoa {one}")
        school = work.people.put_unit(school)
        head = work.people.put_person(Person(0, cluster.id, school.id, f"Bà {one}", (Post("HT"),)))
        work.people.link(head, "telegram", str(chat if one == number - 1 else 900_000 + one), work.now)
        made.append(head.id)
    return made


async def test_a_few_clusters_at_a_time_and_first_where_something_was_done(
    stage: Stage, menus: Menus
) -> None:
    cook = stage.chat(COOK)
    heads = stage.run(lambda work: other_clusters(work, AT_ONCE + 5, cook))
    assert await menus.look() == 66 + AT_ONCE - 1
    assert await menus.look() == 6, "the others"
    assert "doilich" in shown(stage, COOK), "head in another cluster"
    assert await menus.look() == 0

    last = stage.see(lambda work: work.people.person(heads[-1]))
    assert last is not None
    stage.run(lambda work: work.people.unlink(last.id))
    assert await menus.look() == 1, "the last cluster is in the second half: its head left"
    assert "doilich" in shown(stage, COOK)
    menus.poke(str(cook))
    await menus.look()
    assert shown(stage, COOK) == EVERYBODY, "a cook here, as before"
