"""Zalo as a whole: its bots, what they send, and what they are told."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from typing import TypeVar

from bot.channels.counter import BROKEN, Counter
from bot.channels.hooks import Hook, keep_hook, patience, secret_of
from bot.channels.zalo.books import Choices, Files, Months, patiently
from bot.channels.zalo.client import ZaloClient, bot_key
from bot.channels.zalo.errors import BadTokenError
from bot.channels.zalo.hook import HEADER, LOOK_EVERY, HookKeeper
from bot.channels.zalo.inbox import Lateness, ZaloInbox
from bot.channels.zalo.line import Line
from bot.channels.zalo.reading import NOT_READ, understood
from bot.channels.zalo.receiver import ZaloReceiver
from bot.channels.zalo.sender import NAME, ZaloChannel
from bot.channels.zalo.updates import Update
from bot.chat.incoming import Incoming
from bot.errors import NhacLichError
from bot.flows.people.bots import ZALO
from bot.flows.work import Work
from bot.message import Message, escape
from bot.outbox.gate import Gate
from bot.outbox.pacing import Pacing
from bot.outbox.port import Address, RetryLaterError, SendError, UncertainError
from bot.settings import Settings
from bot.storage.choices import SqlQuota
from bot.storage.work import Desk

log = logging.getLogger(__name__)
T = TypeVar("T")

_NETWORK = "Đề nghị kiểm tra mạng và ZALO_API_URL."
_ADDRESS = "Đề nghị kiểm tra ZALO_API_URL."
ASK_AGAIN = (1.0, 60.0)  #: seconds until a bot that did not say its name is asked again: first, and at most


class NoBotLeftError(NhacLichError):
    """Zalo knows none of the tokens."""


def tokens_of(settings: Settings) -> list[str]:
    """The tokens of ZALO_BOT_TOKENS, in order, each once."""
    given = settings.zalo_bot_tokens.get_secret_value() if settings.zalo_bot_tokens else ""
    return list(dict.fromkeys(token for part in given.split(",") if (token := part.strip())))


def open_lines(settings: Settings, pacing: Callable[[], Pacing]) -> dict[str, Line]:
    clients = [ZaloClient(token, settings.zalo_api_url) for token in tokens_of(settings)]
    return {client.key: Line(client, Gate(pacing())) for client in clients}


class ZaloSide:
    """`pacing` makes the pace of one bot; `executor` runs short transactions."""

    def __init__(
        self, settings: Settings, desk: Desk, executor: Executor, pacing: Callable[[], Pacing]
    ) -> None:
        self._settings = settings
        self._desk = desk
        self._executor = executor
        self.lines = open_lines(settings, pacing)
        self._choices = Choices(desk, NAME, executor)
        months = Months(SqlQuota(desk.engine), desk.clock, settings.tz, executor)
        self.channel = ZaloChannel(self.lines, self._choices, months, Files(desk, executor))
        self._inbox = ZaloInbox(desk, executor)
        self._lateness = Lateness(settings.tz)
        self._counter: Counter
        self.receivers = {key: ZaloReceiver(line, self._inbox, self._one) for key, line in self.lines.items()}

    def bot_of(self, chat_id: str) -> str:
        """The key of the bot that this chat belongs to."""
        return chat_id.partition(":")[0]

    def attach(self, counter: Counter) -> None:
        """Where what comes in is worked on; before `run`."""
        self._counter = counter

    async def run(self) -> None:
        """Until cancelled.  A bot whose token is wrong stops by itself; raises NoBotLeftError after the
        last one."""
        asking = asyncio.create_task(self._introduce(), name="zalo names")
        polling = [asyncio.create_task(self._receive(key), name=f"zalo {key}") for key in self.receivers]
        try:
            await asyncio.gather(*polling)
        finally:
            for task in (asking, *polling):
                task.cancel()
            await asyncio.gather(asking, *polling, return_exceptions=True)
        raise NoBotLeftError("Zalo không nhận mã bot nào. Đề nghị kiểm tra ZALO_BOT_TOKENS.")

    async def finish(self) -> None:
        """Wait for what is being handled."""
        for receiver in self.receivers.values():
            await receiver.finish()

    async def close(self) -> None:
        for line in self.lines.values():
            await line.client.close()

    def hooks(self) -> list[Hook]:
        """What is posted to this process, bot by bot; also while another one leads."""
        if self._settings.public_url is None:
            return []
        secrets = {bot_key(token): secret_of(self._settings, token) for token in tokens_of(self._settings)}
        return [Hook(NAME, key, HEADER, secrets[key], one.accept) for key, one in self.receivers.items()]

    async def _receive(self, key: str) -> None:
        hook = next((one for one in self.hooks() if one.bot == key), None)
        receiver = self.receivers[key]
        try:
            if hook is not None:
                if self._desk.is_for_one_process:
                    await receiver.resume()
                url, left_behind = f"{self._settings.public_url}{hook.path}", patience(self._desk)
                keeper = HookKeeper(self.lines[key], receiver, url, hook.secret)
                await keep_hook(keeper.look, partial(receiver.resume, left_behind), LOOK_EVERY)
            await receiver.poll()
        except BadTokenError:
            log.error("Zalo bot %s: the token is wrong or was reset (ZALO_BOT_TOKENS); it stops", key)

    async def _introduce(self) -> None:
        """Learn the bots' names and links, for whoever is told which bot to open."""
        known: dict[str, dict[str, str]] = {}
        pause, longest = ASK_AGAIN
        while True:
            for key, line in self.lines.items():
                if key not in known and not line.stopped:
                    try:
                        me = await line.client.get_me()
                        known[key] = {"key": key, "name": me.name, "link": me.link}
                        log.info("Zalo bot %s is “%s”", key, me.name)
                    except SendError as error:
                        log.warning("Zalo bot %s does not say its name (%s)", key, error.detail)
            bots = [known[key] for key in self.lines if key in known]
            await self._do(lambda: self._desk.run(lambda work: _note_bots(work, bots)))  # noqa: B023
            if len(known) == len(self.lines):
                return
            await asyncio.sleep(pause)
            pause = min(2 * pause, longest)

    async def _one(self, line: Line, update: Update) -> None:
        """Handle one update: what it means, what is done, what is answered."""
        address = Address(NAME, line.address(update.chat))
        now = self._desk.clock.now()
        if update.text is None or self._lateness.is_late(update, now):
            if update.private:
                word = self._lateness.word(address.chat_id, update, now) if update.text else NOT_READ
                await self._say(address, word)
            return
        try:
            meant = await self._meant(address, update)
        except Exception:
            log.exception("what came in was not understood")
            meant = BROKEN
        if isinstance(meant, str):
            await self._say(address, meant)
            return

        async def toast(text: str, alert: bool) -> None:
            if text and alert:
                await self._say(address, text)

        await self._counter.handle(meant, toast)

    async def _meant(self, address: Address, update: Update) -> Incoming | str:
        """What is to be worked on, or a sentence to answer."""
        incoming = Incoming(
            NAME, address.chat_id, update.private, update.sender, text=update.text, buttons=False
        )
        await self.channel.settled(address.chat_id)
        lists = await self._choices.lists(address.chat_id)
        newer = self._choices.is_newer(lists, update.at)
        if await self._see(lambda work: _is_back(work, address)):
            await self._counter.blocked(address, False)
        try:
            return await self._see(lambda work: understood(work, incoming, lists, list_is_newer=newer))
        except NhacLichError as refusal:
            return str(refusal)

    async def _see(self, look: Callable[[Work], T]) -> T:
        return await patiently(self._executor, lambda: self._desk.see(look))

    async def _say(self, address: Address, sentence: str | None) -> None:
        if sentence is None:
            return
        try:
            await self.channel.send(address, Message(escape(sentence)), answer=True)
        except SendError as error:
            log.warning("an answer did not arrive: %s", error.detail or type(error).__name__)

    async def _do(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, work)


def _note_bots(work: Work, bots: list[dict[str, str]]) -> None:
    work.talks.put_fact(ZALO, bots, work.now)


def _is_back(work: Work, address: Address) -> bool:
    """Somebody writes from a chat that had refused us."""
    people = work.people.people_by_chat(address.channel, address.chat_id)
    links = work.people.links([person.id for person in people])
    return any(link.chat_id == address.chat_id and link.blocked_at is not None for link in links)


async def ask_zalo(settings: Settings) -> list[tuple[str, str | None]]:
    """For each token of the setting: the bot's name, and what to mend where it does not answer."""
    answers: list[tuple[str, str | None]] = []
    for token in tokens_of(settings):
        client = ZaloClient(token, settings.zalo_api_url)
        try:
            answers.append(((await client.get_me()).name, None))
        except BadTokenError as error:
            answers.append((client.key, str(error)))
        except (RetryLaterError, UncertainError) as error:
            answers.append((client.key, f"Không tới được Zalo ({error.detail}). {_NETWORK}"))
        except SendError as error:
            answers.append((client.key, f"Zalo trả lời khác thường ({error.detail}). {_ADDRESS}"))
        finally:
            await client.close()
    return answers
