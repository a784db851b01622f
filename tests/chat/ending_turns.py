"""Turns after which nothing is asked any more: she stops, or what was asked can no longer be."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.cluster.people import Person, Post
from bot.flows.scene import Scene
from bot.flows.sessions.details import cancel_session
from bot.flows.sessions.fixing import confirm_day
from bot.flows.sessions.on_paper import agreed_on_paper
from bot.flows.work import Work
from tests.chat.turns import one_line
from tests.chat.walking import Walk
from tests.chat.ways.way import Way
from tests.talks.stage import CLERK, LEAD, STRANGER

Turn = Callable[[Walk], Awaitable[None]]

OVER = "Thao tác này đã xong hoặc đã thôi. Gõ /lich để xem lịch hiện nay."
_LIFE = dt.timedelta(days=2)
_DAY = dt.date(2024, 1, 25)


# -- she leaves


async def stopped(walk: Walk) -> None:
    assert one_line(await walk.act("/huy")) == "Đã thôi, chưa thay đổi gì thêm."


async def said_to_stop(walk: Walk) -> None:
    assert one_line(await walk.act("Thôi.")) == "Đã thôi, chưa thay đổi gì thêm."


async def expired(walk: Walk) -> None:
    dialog, chat = walk.dialog, str(walk.chat)
    assert dialog is not None
    walk.stage.run(lambda work: work.talks.put_dialog("telegram", chat, dialog, work.now))


async def an_earlier_version(walk: Walk) -> None:
    """The program was changed meanwhile, and knows the question no longer."""
    dialog, chat = walk.dialog, str(walk.chat)
    assert dialog is not None
    old = replace(dialog, step="no such step")
    walk.stage.run(lambda work: work.talks.put_dialog("telegram", chat, old, work.now + _LIFE))
    assert one_line(await walk.act("gì đó")) == OVER


async def another_dialog(walk: Walk) -> None:
    """A press in the first leaves the second as it is."""
    if walk.way.who == STRANGER:
        await walk.act("/dangky")
    else:
        await walk.act("/toi")
        await walk.press_newest("Rời khỏi và xóa thông tin")
    second = walk.dialog
    assert second is not None
    await is_dead(walk)
    assert walk.dialog == second
    await walk.act("quay lại")


#: What nobody but she does.
LEAVING: dict[str, Turn] = {
    "/huy": stopped,
    "thôi": said_to_stop,
    "expiry": expired,
    "an earlier version": an_earlier_version,
    "another dialog": another_dialog,
}


# -- somebody else makes it impossible


async def post_lost(walk: Walk) -> None:
    """She is a teacher from now on."""
    before = walk.stage.person(walk.way.who)
    _store(walk, replace(before, posts=(Post("GV"),), clerk=False))


async def link_lost(walk: Walk) -> None:
    walk.stage.unregister(walk.way.who)


async def cancelled(walk: Walk) -> None:
    session = walk.stage.session(walk.way.about or "")

    def use(work: Work) -> None:
        cancel_session(work, _other(walk), session.id, session.date_revision, "bão số 5")

    walk.stage.run(use)
    await walk.stage.settle()


async def moved(walk: Walk) -> None:
    session = walk.stage.session(walk.way.about or "")

    def use(work: Work) -> None:
        if session.date is None:
            confirm_day(work, _other(walk), session.id, _DAY)
            return
        of = Scene(work).session(session.id)
        assert of is not None
        agreed_on_paper(work, _other(walk), of, _DAY, "theo văn bản")

    walk.stage.run(use)
    await walk.stage.settle()


#: What somebody else does meanwhile.
MEANWHILE: dict[str, Turn] = {
    "post lost": post_lost,
    "link lost": link_lost,
    "cancelled": cancelled,
    "moved": moved,
}


def concerned(way: Way, turn: str) -> bool:
    """Whether this way cannot be walked on after that."""
    if turn == "post lost":
        return way.right == "posts"
    if turn == "link lost":
        return way.right != ""
    return way.about is not None and (turn == "cancelled" or way.minds_a_move)


# -- what is seen of it


async def refused(walk: Walk) -> None:
    """Her next answer is refused in one line, and nobody else hears of it."""
    seen = await walk.answer_or_be_refused()
    assert walk.dialog is None, seen.said
    assert not seen.others
    told = seen.said[0]
    assert told.endswith("."), told
    assert "\n" not in told, told


async def is_dead(walk: Walk) -> None:
    question = walk.questions[-1]
    if question.tokens:
        seen = await walk.forge(question.message_id, question.tokens[-1])
        assert seen.press is not None
        assert seen.press.answer == OVER
        assert not walk.shown(question.message_id)[1]


async def is_over(walk: Walk) -> None:
    """Nothing is asked; the question's button, its words and the typed answer do nothing."""
    assert walk.dialog is None
    await is_dead(walk)
    if not walk.open.deed.startswith("{"):
        assert len((await walk.act(walk.open.deed.strip("[]"))).said) == 1
    assert walk.dialog is None


def _store(walk: Walk, person: Person) -> None:
    def use(work: Work) -> None:
        work.people.put_person(person)

    walk.stage.run(use)


def _other(walk: Walk) -> Person:
    """Who does it: one of the two who may, and not she."""
    return walk.stage.person(CLERK if walk.way.who == LEAD else LEAD)
