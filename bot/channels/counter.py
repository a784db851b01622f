"""The counter of every channel: what came in is worked on in one transaction, and answered at once."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from typing import Protocol, TypeVar

from bot.chat.in_group import membership
from bot.chat.incoming import Incoming, Membership
from bot.chat.reaction import Reaction, Redraw, Say
from bot.chat.reception import DialogOverError, receive, today
from bot.errors import NhacLichError, OutdatedError
from bot.flows.groups import linking
from bot.flows.work import Card, Work
from bot.message import Message, escape
from bot.outbox.port import Address, Channel, RecipientGoneError, SendError

log = logging.getLogger(__name__)
T = TypeVar("T")
Toast = Callable[[str, bool], Awaitable[None]]

BROKEN = "Có lỗi khi xử lý, việc vừa rồi chưa được ghi. Đề nghị thử lại sau ít phút."


class Desk(Protocol):
    """Runs a use case in one transaction: committed at the end, rolled back on any exception."""

    def run(self, use: Callable[[Work], T]) -> T: ...


class Counter:
    """`poke` is called after each exchange: it may have queued something for others."""

    def __init__(
        self,
        desk: Desk,
        channels: Mapping[str, Channel],
        executor: Executor,
        poke: Callable[[], None],
        bot_name: str = "",
    ) -> None:
        self._desk = desk
        self._channels = channels
        self._executor = executor
        self._poke = poke
        self.bot_name = bot_name

    async def handle(self, incoming: Incoming, toast: Toast) -> None:
        """Never raises: whoever asked gets an answer, and no traceback reaches a chat."""
        try:
            reaction = await self._do(lambda work: receive(work, incoming, self.bot_name))
        except NhacLichError as refusal:
            reaction = await self._refused(incoming, refusal, toast)
        except Exception:
            log.exception("an exchange failed")
            reaction = await self._sentence(incoming, BROKEN, toast)
        else:
            await toast(reaction.toast, False)
        self._poke()
        await self._answer(incoming, reaction)

    async def membership(self, change: Membership) -> None:
        """The bot was let into a group, or put out."""
        reaction = await self._do(lambda work: membership(work, change))
        self._poke()
        for said in reaction.says:
            await self._draw(said.to or Address(change.channel, change.chat_id), None, said)

    def poke(self) -> None:
        """Something was queued elsewhere than in an exchange."""
        self._poke()

    async def _refused(self, incoming: Incoming, refusal: NhacLichError, toast: Toast) -> Reaction:
        """The sentence; for an outdated button also today's state over the old message (invariant 13)."""
        reaction = await self._sentence(incoming, str(refusal), toast)
        if not isinstance(refusal, OutdatedError):
            return reaction
        if incoming.token is None:
            if isinstance(refusal, DialogOverError):
                await self._do(lambda work: work.talks.drop_dialog(incoming.channel, incoming.chat_id))
            return reaction
        try:
            shown = await self._do(lambda work: today(work, incoming))
        except Exception:
            log.exception("today's state could not be shown")
            return reaction
        return shown or reaction

    async def _sentence(self, incoming: Incoming, sentence: str, toast: Toast) -> Reaction:
        if incoming.token is not None:
            await toast(sentence, True)
            return Reaction()
        return Reaction(says=(Say(Message(escape(sentence))),))

    async def _answer(self, incoming: Incoming, reaction: Reaction) -> None:
        here = Address(incoming.channel, incoming.chat_id)
        if incoming.message_id is None:
            reaction = below(reaction)
        if reaction.redraw is not None:
            await self._draw(here, incoming.message_id, reaction.redraw)
        for said in reaction.says:
            await self._draw(said.to or here, None, said)

    async def _draw(self, address: Address, over: str | None, what: Say | Redraw) -> None:
        channel = self._channels.get(address.channel)
        if channel is None:
            return
        try:
            if over is None:
                message_id = await channel.send(address, what.message, answer=True)
            else:
                message_id = await channel.edit(address, over, what.message, answer=True)
        except RecipientGoneError:
            await self.blocked(address, True)
            return
        except SendError as error:
            log.warning("an answer did not arrive: %s", error.detail or type(error).__name__)
            return
        if what.card_of is not None:
            card = Card(what.card_of[0], what.card_of[1], address, message_id)
            await self._do(lambda work: work.talks.put_card(card))

    async def blocked(self, address: Address, is_blocked: bool) -> None:
        """Somebody blocked the bot, or let it write again."""

        def note(work: Work) -> None:
            if is_blocked:
                work.people.mark_blocked(address.channel, address.chat_id, work.now)
                linking.lost(work, address.channel, address.chat_id)
                return
            work.people.mark_unblocked(address.channel, address.chat_id)
            for person in work.people.people_by_chat(address.channel, address.chat_id):
                work.notices.revive(person.id, work.now)

        await self._do(note)
        self._poke()

    async def _do(self, use: Callable[[Work], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._desk.run, use)


def below(reaction: Reaction) -> Reaction:
    """For a chat in which nothing can be drawn over: what is told in passing begins a message.

    A card that was only drawn anew is cut to its first line and what may be chosen.
    """
    if not reaction.toast:
        return reaction
    told = escape(reaction.toast)
    if reaction.redraw is not None:
        first = reaction.redraw.message.text.strip().partition("\n")[0]
        brief = replace(reaction.redraw.message, text=f"{told}\n{first}")
        return replace(reaction, redraw=replace(reaction.redraw, message=brief))
    if reaction.says:
        say, *others = reaction.says
        whole = replace(say, message=replace(say.message, text=f"{told}\n\n{say.message.text}"))
        return replace(reaction, says=(whole, *others))
    return replace(reaction, says=(Say(Message(told)),))
