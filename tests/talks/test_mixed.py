"""A cluster of which half is on each channel: each notice arrives once, where its person wants it."""

import csv
import datetime as dt
from collections import Counter, defaultdict
from pathlib import Path

from sqlalchemy import select

from bot.outbox.port import State
from bot.resources import data_path
from bot.storage.engine import reading
from bot.storage.tables import delivery, notice
from tests.talks.zalo_stage import ZaloStage

HOST = "Hiệu trưởng An Tiến"
OFFICER = "Chuyên viên mầm non Phòng GD&ĐT"
TEACHER = "Giáo viên cốt cán 1 Bát Trang"  #: on Zalo
OTHER = "Giáo viên cốt cán 2 Bát Trang"  #: on Telegram
CAME_TO_ZALO = "Tổ trưởng mẫu giáo Bát Trang"  #: on Telegram first, then also on Zalo, which she chose
STAYED = "Hiệu trưởng Trường Thọ"  #: the same, but she chose Telegram
BLOCKED = "Hiệu trưởng Bát Trang"  #: the same, chose Zalo, and blocks it there
ON_BOTH = (CAME_TO_ZALO, STAYED, BLOCKED)

Place = tuple[str, str]  #: channel, chat


def _on_telegram() -> set[str]:
    with data_path("roster", "an-tien.csv").open(encoding="utf-8-sig") as file:
        names = [row["Họ và tên"] for row in csv.DictReader(file)]
    return ({*names[::2]} | {OFFICER, OTHER, *ON_BOTH}) - {HOST, TEACHER}


def _zalo(stage: ZaloStage, name: str) -> str:
    bot, chat = stage.home(name)
    return f"{bot.id}:{chat}"


def _shown(stage: ZaloStage) -> dict[Place, list[str]]:
    """The ids of the messages of the bot in every chat of both services, without the files below them."""
    shown = {
        ("telegram", str(chat)): [
            str(one.id) for one in stage.telegram.messages(chat) if one.from_bot and one.file is None
        ]
        for chat in stage.chats.values()
    }
    for bot in stage.bots:
        for chat, said in bot.chats.items():
            shown["zalo", f"{bot.id}:{chat}"] = [one.id for one in said if one.from_bot]
    return {place: ids for place, ids in shown.items() if ids}


async def _press(stage: ZaloStage, name: str, label: str) -> None:
    chat = stage.chats[name]
    message = next(one for one in reversed(stage.telegram.messages(chat)) if label in one.labels)
    stage.telegram.press(chat, message.id, label)
    await stage.settle()


def _choose(stage: ZaloStage) -> None:
    """Three people open Zalo as well; two want their notices there."""
    for name in ON_BOTH:
        person, address = stage.person(name), _zalo(stage, name)
        channel = "telegram" if name == STAYED else "zalo"
        stage.desk.run(lambda work, p=person, a=address: work.people.link(p, "zalo", a, work.now))  # type: ignore[misc]
        stage.desk.run(lambda work, p=person, c=channel: work.people.choose_channel(p.id, c))  # type: ignore[misc]


async def test_every_notice_arrives_exactly_once_where_its_person_wants_it(tmp_path: Path) -> None:
    async with ZaloStage(tmp_path, telegram=_on_telegram()) as stage:
        assert abs(len(stage.chats) - len(stage.homes)) < 10, "about half and half"
        _choose(stage)
        people = stage.see(lambda work: work.people.people(work.people.clusters()[0].id))
        wanted = {
            person: (link.channel, link.chat_id)
            for person, link in stage.see(lambda work: work.people.addresses([p.id for p in people])).items()
        }
        names = {person.id: person.name for person in people}
        assert Counter(channel for channel, _ in wanted.values())["zalo"] > 25
        blocked = stage.person(BLOCKED).id
        bot, chat = stage.home(BLOCKED)
        stage.zalo.block(bot, chat)
        wanted[blocked] = ("telegram", str(stage.chats[BLOCKED]))

        await stage.at(1, 11, 2023)
        await stage.choose(TEACHER, "Tham dự")
        await _press(stage, OTHER, "Tham dự")
        await stage.type(HOST, "DOI B2")
        await stage.choose(HOST, "Trùng lịch của Phòng, Sở")
        await stage.choose(HOST, "Thứ Sáu 10/11")
        await stage.choose(HOST, "Xác nhận")
        await _press(stage, OFFICER, "Đồng ý")
        assert stage.session("B2").date == dt.date(2023, 11, 10)
        await stage.at(10, 11, 2023, 23)

        with reading(stage.desk.engine) as db:
            told = list(
                db.execute(
                    select(notice.c.id, notice.c.state, notice.c.recipient_id).where(
                        notice.c.state.notin_((State.PENDING.value, State.CANCELLED.value))
                    )
                )
            )
            tries = list(db.execute(select(delivery).where(delivery.c.state == State.SENT.value)))
        where: dict[int, list[Place]] = defaultdict(list)
        arrived: dict[Place, set[str]] = defaultdict(set)
        for one in tries:
            where[one.notice_id].append((one.channel, one.chat_id))
            arrived[one.channel, one.chat_id].add(one.message_id)
        reached = {one.recipient_id for one in told}
        assert len(reached) > 45
        assert {stage.person(name).id for name in (TEACHER, OTHER, *ON_BOTH)} <= reached
        for one in told:
            assert one.state == State.SENT, names[one.recipient_id]
            assert where[one.id] == [wanted[one.recipient_id]], names[one.recipient_id]

        # And so it is on their screens: nothing more, nothing less, nothing elsewhere.
        shown = _shown(stage)
        spoke = {wanted[stage.person(name).id] for name in (HOST, OFFICER, TEACHER, OTHER)}
        assert set(shown) == {wanted[person] for person in reached}
        for place, ids in shown.items():
            assert len(ids) == len(set(ids))
            if place in spoke:
                continue  # they got answers besides
            assert arrived[place] <= set(ids)
            for extra, after in zip(ids, [*ids[1:], ""], strict=True):  # the first part of a long message
                assert extra in arrived[place] or (place[0] == "zalo" and after in arrived[place]), place
        assert sum(len(ids) for ids in shown.values()) < 1.1 * sum(len(ids) for ids in arrived.values())
