"""One person's walk through a dialog, question by question, and what everybody saw of each step."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass

from bot.channels.counter import BROKEN
from bot.demo.botapi.model import Accepted, Json, Press
from bot.flows.work import Dialog, Work
from tests.chat.ways.way import Answer, Way, do
from tests.talks.stage import Stage

_SIGNS = "●○"  #: before a name that is ticked or not: the name alone is typed, and ticked
#: Only what somebody is in the middle of, and what the program keeps for itself.
_NOT_KEPT = ("dialog", "inbox", "fact", "card", "choice", "registration_code", "code_attempt", "delivery")


@dataclass(frozen=True)
class Question:
    """A question as it stood on the screen."""

    message_id: int
    text: str
    labels: tuple[str, ...]
    tokens: tuple[str, ...]

    def token(self, label: str) -> str:
        return self.tokens[self.labels.index(label)]


@dataclass(frozen=True)
class Seen:
    """What came of one act."""

    mine: tuple[Accepted, ...]
    others: tuple[Accepted, ...]
    press: Press | None = None

    @property
    def said(self) -> list[str]:
        """Every word of it, also what stood over the chat for a moment."""
        told = [self.press.answer] if self.press is not None and self.press.answer else []
        return [*told, *(one.text for one in self.mine)]


class Walk:
    """`typing`: the words of a button are typed wherever they stand on it alone."""

    def __init__(self, stage: Stage, way: Way, *, typing: bool = False) -> None:
        self.stage = stage
        self.way = way
        self.typing = typing
        self.chat = stage.chat(way.who)
        self.questions: list[Question] = []  #: asked so far, of the path that is walked
        self.earlier = Question(0, "", (), ())  #: of another time, left with /huy
        self.last_press: tuple[int, str] | None = None  #: what led to the open question
        self._seen = 0

    @property
    def open(self) -> Answer:
        """What the happy path does at the open question."""
        return self.way.answers[len(self.questions) - 1]

    @property
    def came_from(self) -> Answer:
        """What the happy path did at the question before."""
        return self.way.answers[len(self.questions) - 2]

    async def prepare(self) -> None:
        self.way.prepared(self.stage)
        for who, deed in self.way.before:
            await do(self.stage, who, deed)
        await self.begin()
        self.earlier = self.questions[0]
        await do(self.stage, self.way.who, "/huy")

    async def begin(self) -> None:
        """To the first question."""
        self.questions, self.last_press = [], None
        if self.way.begin.startswith("[") and self._newest(self.way.begin[1:-1]) is None:
            who, deed = self.way.before[-1]  # the card with the button again
            await do(self.stage, who, deed)
        await self.act(self.way.begin)
        self._asked()

    async def answer(self) -> Seen:
        """The open question as the happy path does; the next one is noted."""
        deed = self._deed
        self.last_press = None
        if deed.startswith("["):
            question = self.questions[-1]
            self.last_press = question.message_id, question.token(deed[1:-1])
            seen = await self.press(deed[1:-1])
        else:
            seen = await self.act(deed)
        if len(self.questions) < len(self.way.answers):
            self._asked()
        return seen

    async def answer_or_be_refused(self) -> Seen:
        """The same; the next question is noted only if there is one."""
        deed = self._deed
        seen = await (self.press(deed[1:-1]) if deed.startswith("[") else self.act(deed))
        if self.dialog is not None and len(self.questions) < len(self.way.answers):
            self._asked()
        return seen

    @property
    def _deed(self) -> str:
        deed = self.open.deed
        if self.typing and deed.startswith("[") and deed[1] not in _SIGNS:
            return deed[1:-1]
        return deed

    async def go_to(self, number: int) -> None:
        """Begin, and answer until the question with this number (from 0) is open."""
        await self.begin()
        while len(self.questions) <= number:
            await self.answer()

    async def finish(self) -> Seen:
        """Answer to the end; gives what came of the last answer."""
        while len(self.questions) < len(self.way.answers):
            await self.answer()
        return await self.answer()

    # -- acts, each with what came of it

    async def act(self, deed: str) -> Seen:
        self._look()
        await do(self.stage, self.way.who, deed)
        return self._came()

    async def press(self, label: str, question: Question | None = None) -> Seen:
        """A button of the open question, or of another one; forged where it is no longer there."""
        question = question or self.questions[-1]
        return await self.forge(question.message_id, question.token(label))

    async def press_newest(self, label: str) -> Seen:
        """A button that is no dialog's."""
        shown = self.stage.find(self.way.who, label)
        token = shown.button(label).data
        assert token is not None
        return await self.forge(shown.id, token)

    async def forge(self, message_id: int, token: str) -> Seen:
        self._look()
        press = self.stage.service.forge_press(self.chat, message_id, token)
        await self.stage.settle()
        assert press.answered, token
        return self._came(press)

    async def send(self, **content: Json | list[Json]) -> Seen:
        """A message that is no text: a photo, a voice, a sticker."""
        self._look()
        service = self.stage.service
        chat = service.chats[self.chat]
        assert chat.user is not None
        message: Json = {
            "message_id": service.new_message_id(),
            "date": int(self.stage.clock.now().timestamp()),
            "chat": chat.api(),
            "from": chat.user.api(),
            **content,
        }
        service.updates.put("message", message)
        await self.stage.settle()
        return self._came()

    # -- what stands

    @property
    def dialog(self) -> Dialog | None:
        def look(work: Work) -> Dialog | None:
            return work.talks.dialog("telegram", str(self.chat), work.now)

        return self.stage.see(look)

    def kept(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row that counts."""
        with closing(sqlite3.connect(self.stage.database)) as db:
            names = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
            return {
                name: db.execute(f'select * from "{name}" order by rowid').fetchall()
                for name in names
                if name not in _NOT_KEPT
            }

    def shown(self, message_id: int) -> tuple[str, tuple[str, ...]]:
        message = self.stage.service.message(self.chat, message_id)
        return message.text, message.labels

    def still_asked(self) -> None:
        """The open question stands on the screen as it did."""
        question = self.questions[-1]
        assert self.shown(question.message_id) == (question.text, question.labels)

    def asked_again(self, number: int, seen: Seen, at: int) -> None:
        """The question with this number is the open one now: below, or drawn over the message `at`."""
        del self.questions[number:]
        below = [one.message_id for one in seen.mine if one.method.startswith("send")]
        self._note(below[-1] if below else at)

    def _newest(self, label: str) -> object:
        try:
            return self.stage.find(self.way.who, label)
        except LookupError:
            return None

    def _asked(self) -> None:
        """The newest message with buttons of this dialog; its question for a code has none."""
        dialog = self.dialog
        assert dialog is not None, f"{self.way.name}: nothing is asked"
        mine = [one.message_id for one in self.stage.service.received if one.chat_id == self.chat]
        has_none = dialog.step == "code"
        self._note(next(i for i in reversed(mine) if has_none or self._bears(i, dialog.mark)))

    def _bears(self, message_id: int, mark: str) -> bool:
        return any(f":{mark}" in token for token in self._tokens(message_id))

    def _tokens(self, message_id: int) -> tuple[str, ...]:
        keyboard = self.stage.service.message(self.chat, message_id).keyboard
        return tuple(button.data or "" for row in keyboard for button in row)

    def _note(self, message_id: int) -> None:
        self.questions.append(Question(message_id, *self.shown(message_id), self._tokens(message_id)))

    def _look(self) -> None:
        self._seen = len(self.stage.service.received)

    def _came(self, press: Press | None = None) -> Seen:
        fresh = self.stage.service.received[self._seen :]
        seen = Seen(
            tuple(one for one in fresh if one.chat_id == self.chat),
            tuple(one for one in fresh if one.chat_id != self.chat),
            press,
        )
        assert BROKEN not in seen.said, (self.way.name, seen)
        return seen
