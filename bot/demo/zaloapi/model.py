"""The data of the stand-in: bots, what was said in each chat, and the refusals."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

TEXT_LIMIT = 2000  #: UTF-16 units


class ApiError(Exception):
    """A refusal; the platform sends it with HTTP 200."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.description = description

    def body(self, *, as_string: bool = False) -> Json:
        code: int | str = str(self.code) if as_string else self.code
        return {"ok": False, "description": self.description, "error_code": code}


@dataclass(frozen=True, slots=True)
class Plan:
    """What a free bot may do.  None: no such limit."""

    people: int | None = 50
    messages: int | None = 3000  #: in a month


@dataclass(frozen=True, slots=True)
class ZaloMessage:
    id: str
    text: str
    from_bot: bool
    date: int  #: milliseconds
    photo: str = ""  #: its address; the text is its caption


@dataclass
class ZaloBot:
    """One bot with its own people, queue of updates, webhook and quota."""

    id: str
    token: str
    name: str
    plan: Plan
    people: dict[str, str] = field(default_factory=dict)  #: id → shown name
    blocked: set[str] = field(default_factory=set)
    chats: dict[str, list[ZaloMessage]] = field(default_factory=dict)
    updates: deque[Json] = field(default_factory=deque)
    webhook: tuple[str, str] | None = None  #: url, secret
    sent: int = 0
    poll: asyncio.Future[None] | None = None

    def messages(self, chat_id: str) -> list[ZaloMessage]:
        return self.chats.get(chat_id, [])

    def from_bot(self, chat_id: str) -> list[str]:
        """What the bot has said there, without its photos."""
        return [one.text for one in self.messages(chat_id) if one.from_bot and not one.photo]

    def photos(self, chat_id: str) -> list[str]:
        """The addresses of the photos that it has shown there."""
        return [one.photo for one in self.messages(chat_id) if one.photo]
