"""A database with the sample plan and everybody registered, and the phones that go with it."""

import asyncio
import atexit
import datetime as dt
import shutil
import tempfile
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from bot.demo.botapi import ChatService
from bot.demo.botapi.model import Chat
from bot.demo.world import World
from bot.notices.timeline import VIETNAM

#: Chats by their people's names, and the server that holds them.
Lived = tuple[dict[str, int], ChatService]
BEGINNING = dt.datetime(2023, 10, 3, 9, 0, tzinfo=VIETNAM)  #: the day of the plan


@dataclass(frozen=True)
class Template:
    """A database with the sample plan and everybody registered; whose chat is whose, by name."""

    database: Path
    chats: dict[str, int]
    screens: dict[int, Chat]  #: by chat id, with what the bot has said already
    next_message: int
    next_update: int  #: the bot knows those below: it has stored their numbers


def next_update(service: ChatService) -> int:
    """The number of the next update; one number is used up by asking."""
    service.updates.put("message", {})
    first = service.updates.first()
    service.updates.drop_all()
    assert first is not None
    return int(first["update_id"])


async def first_morning(folder: Path) -> Lived:
    """Everybody of the sample roster registers, and nothing else happens."""
    async with World(folder) as world:
        people = (await world.view()).people
    return {person.name: person.chat_id for person in people if person.chat_id is not None}, world.service


def make(live: Callable[[Path], Coroutine[Any, Any, Lived]]) -> Template:
    """What `live` leaves behind in a folder of its own; it runs in a thread of its own."""
    folder = Path(tempfile.mkdtemp(prefix="talks-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made: list[Lived] = []
    thread = Thread(target=lambda: made.append(asyncio.run(live(folder))))
    thread.start()
    thread.join()
    (database,) = folder.glob("*.db")
    chats, service = made[0]
    return Template(database, chats, service.chats, service.new_message_id(), next_update(service))
