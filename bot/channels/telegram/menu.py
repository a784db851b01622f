"""The commands menu: for each chat what its person may do, for a stranger how to register.

Kept up in the background, one request at a time, and never in the way of an answer.  A server that does not
know these methods does no harm.
"""

import asyncio
import contextlib
import hashlib
import logging
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from typing import TypeVar

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.chat.menu import Command, Part, menus, names, offered
from bot.flows.work import Work
from bot.storage.work import Desk

log = logging.getLogger(__name__)
T = TypeVar("T")

FACT = "telegram_menus"  #: and the cluster's number: chat id → what tells its menu from another
FIRST_AFTER = 2.0  #: seconds after the start
SOON = 0.5  #: seconds after something was done in a chat
GAP = 5.0  #: seconds between two looks
LONGEST = 300.0  #: seconds between two rounds: a roster may be imported by another process
AT_ONCE = 20  #: clusters of one look, beside those where something was done
PACE = 0.05  #: seconds between two requests
TOGETHER = 20  #: menus noted as set in one transaction

Menu = Sequence[Command]


class Menus:
    """`executor` runs short transactions."""

    def __init__(self, bot: Bot, desk: Desk, executor: Executor, pace: float = PACE) -> None:
        self._bot = bot
        self._desk = desk
        self._executor = executor
        self._pace = pace
        self._poked = asyncio.Event()
        self._done_by: set[str] = set()
        self._round: deque[int] = deque()  # clusters still to be looked at

    def poke(self, chat_id: str) -> None:
        """Something was done here: perhaps somebody registered, left, or has another post."""
        self._done_by.add(chat_id)
        self._poked.set()

    async def run(self) -> None:
        """Until cancelled."""
        await asyncio.sleep(FIRST_AFTER)
        await self.set_for_strangers()
        while True:
            self._poked.clear()
            try:
                await self.look()
            except Exception:
                log.exception("the menus could not be looked after")
            await asyncio.sleep(GAP)
            if not self._round:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._poked.wait(), LONGEST)
                    await asyncio.sleep(SOON)

    async def set_for_strangers(self) -> None:
        strangers = offered(frozenset({Part.STRANGER}))
        await self._set(strangers, BotCommandScopeDefault())
        await self._set(strangers, BotCommandScopeAllPrivateChats())
        schedule = [one for one in offered(frozenset({Part.KNOWN})) if one.name == "lich"]
        await self._set(schedule, BotCommandScopeAllGroupChats())

    async def look(self) -> int:
        """Set what differs from what was set, in the clusters of those who did something and in the next few
        of all; gives how many chats got another menu."""
        if not self._round:
            self._round.extend(await self._do(_clusters))
        some = [self._round.popleft() for _ in range(min(AT_ONCE, len(self._round)))]
        chats, self._done_by = self._done_by, set()
        touched = await self._do(lambda work: _of_chats(work, chats))
        return sum([await self._look_at(cluster) for cluster in sorted(touched | set(some))])

    async def _look_at(self, cluster: int) -> int:
        """A chat that refuses is not asked again until its menu changes; when the service does not answer,
        the rest waits for the next look."""
        wanted, known = await self._do(lambda work: _looked(work, cluster))
        gone = [chat for chat in known if chat not in wanted]
        if gone:  # no chat is remembered longer than its person
            await self._note(cluster, dict.fromkeys(gone, ""))
        for chat in gone:
            if not await self._do(lambda work: _of_chats(work, [chat])):  # noqa: B023 - awaited here
                await self._set(None, BotCommandScopeChat(int(chat)))
        changed = [chat for chat, menu in wanted.items() if _mark(menu) != known.get(chat)]
        done: dict[str, str] = {}
        for chat in changed:
            if not await self._set(wanted[chat], BotCommandScopeChat(int(chat))):
                break
            done[chat] = _mark(wanted[chat])
            if len(done) == TOGETHER:
                await self._note(cluster, done)
                done = {}
            await asyncio.sleep(self._pace)
        if done:
            await self._note(cluster, done)
        return len(gone) + len(changed)

    async def _set(self, menu: Menu | None, scope: BotCommandScope) -> bool:
        """False: try again later."""
        try:
            if menu is None:
                await self._bot.delete_my_commands(scope=scope)
            else:
                await self._bot.set_my_commands([BotCommand(one.name, one.menu) for one in menu], scope=scope)
        except (BadRequest, Forbidden) as error:
            log.info("a commands menu was refused: %s", type(error).__name__)
        except TelegramError as error:
            log.info("the commands menu was not set: %s", type(error).__name__)
            return False
        return True

    async def _note(self, cluster: int, done: Mapping[str, str]) -> None:
        await self._do(lambda work: _noted(work, cluster, done), write=True)

    async def _do(self, use: Callable[[Work], T], *, write: bool = False) -> T:
        run = self._desk.run if write else self._desk.see
        return await asyncio.get_running_loop().run_in_executor(self._executor, run, use)


def _clusters(work: Work) -> list[int]:
    return [cluster.id for cluster in work.people.clusters()]


def _of_chats(work: Work, chats: Iterable[str]) -> set[int]:
    """The clusters in which these chats stand for somebody."""
    return {person.cluster_id for chat in chats for person in work.people.people_by_chat("telegram", chat)}


def _looked(work: Work, cluster: int) -> tuple[dict[str, tuple[Command, ...]], dict[str, str]]:
    return menus(work, "telegram", cluster), _known(work, cluster)


def _known(work: Work, cluster: int) -> dict[str, str]:
    fact = work.talks.fact(f"{FACT}:{cluster}")
    return dict(fact[0]) if fact else {}


def _noted(work: Work, cluster: int, done: Mapping[str, str]) -> None:
    known = {**_known(work, cluster), **done}
    kept = {chat: mark for chat, mark in known.items() if mark}
    work.talks.put_fact(f"{FACT}:{cluster}", kept, work.now)


def _mark(menu: Menu) -> str:
    """Short, because all of a cluster stand in one row."""
    return hashlib.sha256(names(menu).encode()).hexdigest()[:8]
