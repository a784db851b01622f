"""A receiver that is asked to finish does, also in the very moment in which the last update is handled."""

import asyncio
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from telegram import Chat, Message, Update
from telegram import User as Person

from bot.channels.telegram.receiver import TelegramReceiver
from bot.channels.telegram.transport import open_bot
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.line import Line
from bot.channels.zalo.receiver import ZaloReceiver
from bot.channels.zalo.updates import Update as ZaloUpdate
from bot.outbox.gate import Gate
from bot.outbox.pacing import Pacing
from tests.channels.zalo.people import NOON, TOKEN

NOWHERE = "http://127.0.0.1:9"


class Inbox:
    """Either channel's `Inbox` with one update waiting; `noted` is set as it is handled."""

    def __init__(self, update: object) -> None:
        self.waiting = [update]
        self.noted = asyncio.Event()

    async def put(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("nothing new comes in")

    async def done(self, *_: Any, **__: Any) -> None:
        self.noted.set()

    async def unfinished(self, *_: Any, **__: Any) -> Any:
        return self.waiting


async def _heard(*_: Any) -> None:
    return None


def _telegram() -> tuple[TelegramReceiver, Inbox]:
    person = Person(1001, "Mai", is_bot=False)
    said = Message(1, NOON, Chat(1001, Chat.PRIVATE), from_user=person, text="chào")
    inbox = Inbox(Update(1, message=said))
    return TelegramReceiver(open_bot("1:abc", NOWHERE), inbox, _heard), inbox


def _zalo() -> tuple[ZaloReceiver, Inbox]:
    inbox = Inbox(ZaloUpdate("c1", "m1", True, "s1", "chào"))
    return ZaloReceiver(Line(ZaloClient(TOKEN, NOWHERE), Gate(Pacing(0))), inbox, _heard), inbox


@pytest.mark.parametrize("make", [_telegram, _zalo])
def test_it_ends_in_the_moment_in_which_the_last_is_handled(
    make: Callable[[], tuple[TelegramReceiver | ZaloReceiver, Inbox]],
) -> None:
    """In a thread: a loop that waits without letting others run cannot be stopped from within."""
    ended = []

    async def ask() -> None:
        receiver, inbox = make()
        await receiver.resume()
        await inbox.noted.wait()
        await receiver.finish()
        ended.append(True)

    asking = Thread(target=asyncio.run, args=(ask(),), daemon=True)
    asking.start()
    asking.join(20)
    assert ended
