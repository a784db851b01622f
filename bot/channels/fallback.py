"""A channel that names a person's other channel where it fails for good."""

import asyncio
import time
from collections.abc import Callable, Collection
from concurrent.futures import Executor
from typing import Protocol, TypeVar

from bot.flows.work import Work
from bot.message import Message
from bot.outbox.port import (
    Address,
    Channel,
    ChatMovedError,
    OtherAddressError,
    RecipientGoneError,
    RetryLaterError,
    SendError,
    UncertainError,
)

T = TypeVar("T")

DOWN = 600.0  #: seconds without one success after which a service that cannot be reached counts as failed


class Desk(Protocol):
    def run(self, use: Callable[[Work], T]) -> T: ...


class Fallback:
    """Implements `Channel` for bulk: raises OtherAddressError where one of `channels` can still be tried.

    Where none can, the failure stands: then somebody who can phone is told.  What is uncertain is never said
    on a second channel as well.
    """

    def __init__(
        self,
        inner: Channel,
        channels: Collection[str],
        desk: Desk,
        executor: Executor,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = inner.name
        self._inner = inner
        self._channels = channels
        self._desk = desk
        self._executor = executor
        self._timer = timer
        self._down_since: float | None = None

    async def turn(self, address: Address) -> None:
        await self._inner.turn(address)

    def blocked_for(self, address: Address) -> float:
        return self._inner.blocked_for(address)

    async def send(self, address: Address, message: Message, *, answer: bool = False) -> str:
        try:
            message_id = await self._inner.send(address, message, answer=answer)
        except (UncertainError, ChatMovedError):
            raise
        except SendError as error:
            other = await self._other(address, error) if self._failed(error) else None
            if other is None:
                raise
            raise OtherAddressError(other, error) from error
        self._down_since = None
        return message_id

    async def edit(self, address: Address, message_id: str, message: Message, *, answer: bool = False) -> str:
        return await self._inner.edit(address, message_id, message, answer=answer)

    def _failed(self, error: SendError) -> bool:
        if not isinstance(error, RetryLaterError):
            return True
        if error.after is not None:
            return False
        now = self._timer()
        self._down_since = now if self._down_since is None else self._down_since
        return now - self._down_since >= DOWN

    async def _other(self, address: Address, error: SendError) -> Address | None:
        gone = isinstance(error, RecipientGoneError)
        other = await asyncio.get_running_loop().run_in_executor(
            self._executor, self._desk.run, lambda work: _other_address(work, address, gone=gone)
        )
        return other if other and other.channel in self._channels else None


def _other_address(work: Work, address: Address, *, gone: bool) -> Address | None:
    """Where else the person of this chat can be written to.  A chat that is gone is noted as such."""
    people = work.people.people_by_chat(address.channel, address.chat_id)
    links = work.people.links([person.id for person in people])
    found = next((x for x in links if x.channel != address.channel and x.blocked_at is None), None)
    if found is None:
        return None
    if gone:
        work.people.mark_blocked(address.channel, address.chat_id, work.now)
    return Address(found.channel, found.chat_id)
