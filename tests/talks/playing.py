"""Plays a transcript on a stage, and says at which line it went otherwise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.talks.script import Act, Clock, Expect, Silence, Step, Unregistered
from tests.talks.stage import Stage

FILES = Path(__file__).parent / "files"


@dataclass
class Got:
    """One thing that somebody saw since the last line that did something."""

    who: str
    sign: str
    text: str
    buttons: tuple[str, ...] = ()
    named: bool = False  #: the transcript expected it


class Player:
    def __init__(self, stage: Stage, name: str) -> None:
        self.stage = stage
        self._name = name
        self._line = 0
        self._actor = ""
        self._got: list[Got] = []
        self._seen = 0

    async def play(self, steps: Iterator[Step]) -> None:
        for step in steps:
            self._line = step.line
            match step:
                case Unregistered():
                    self.stage.unregister(*step.names)
                case Clock():
                    self._nothing_left_over()
                    self._from_here()
                    await self.stage.turn_to(step.to)
                    self._actor, self._got = "", list(self._new())
                case Act():
                    self._nothing_left_over()
                    await self._act(step)
                case Expect():
                    self._expect(step)
                case Silence():
                    self._silence(step)
        self._nothing_left_over()

    async def _act(self, step: Act) -> None:
        stage, who = self.stage, step.who
        self._from_here()
        self._actor, press = who, None
        match step.way:
            case "type":
                await stage.type(who, self._filled(step.what))
            case "press":
                press = await stage.press(who, step.what, step.on)
            case "forge":
                press = await stage.forge(who, step.what)
            case "file":
                await stage.send_file(who, step.what, (FILES / step.what).read_bytes())
            case "block":
                stage.service.block(stage.chat(who))
                await stage.settle()
            case "unblock":
                stage.service.unblock(stage.chat(who))
                await stage.settle()
            case "restart":
                await stage.stop_bot()
                await stage.start_bot()
            case "type there":
                await stage.type_in(step.group, who, self._filled(step.what))
            case "forge there":
                press = await stage.forge_in(step.group, who, step.what)
            case "let in" | "may pin" | "put out" | "upgrade":
                await stage.in_group(step.group, who, step.way)
        self._got = list(self._new())
        if press is not None:
            self._check(press.answered, "the press was never answered")
            if press.answer:
                self._got.append(Got(who, "‼" if press.alert else "☁", press.answer))

    def _from_here(self) -> None:
        self._seen = len(self.stage.service.received)

    def _new(self) -> Iterator[Got]:
        names = {chat: name for name, chat in self.stage.chats.items()}
        for one in self.stage.service.received[self._seen :]:
            buttons = tuple(label for row in one.buttons for label in row)
            sign = "«" if one.method.startswith("send") else "✎"
            if one.method.startswith("pin"):
                sign = "📌"
            if one.file_name is not None:
                sign = "📎"
            yield Got(names[one.chat_id], sign, one.file_name or one.text, buttons)

    def _expect(self, step: Expect) -> None:
        if step.count is not None:
            found = [got for got in self._got if not got.named and got.sign == "«" and _fits(step, got)]
            people = {got.who for got in found}
            self._check(
                len(people) == step.count, f"{len(people)} people got “{step.first}”: {sorted(people)}"
            )
            for got in found:
                got.named = True
            return
        who = step.who or self._actor
        mine = [got for got in self._got if got.who == who and got.sign == step.sign and not got.named]
        fitting = next((got for got in mine if _fits(step, got)), None)
        if fitting is None:
            shown = "\n---\n".join(f"{g.sign} {g.text}" for g in self._got if g.who == who) or "nothing"
            self._check(False, f"{who} was to get {step.sign} {step.first!r}; she got:\n{shown}")
            return
        fitting.named = True
        for words in step.holds:
            self._check(_plain(words) in _plain(fitting.text), f"{words!r} is not in:\n{fitting.text}")
        for words in step.lacks:
            self._check(_plain(words) not in _plain(fitting.text), f"{words!r} is in:\n{fitting.text}")
        if step.buttons is not None:
            self._check(fitting.buttons == step.buttons, f"the buttons are {list(fitting.buttons)}")

    def _silence(self, step: Silence) -> None:
        told = [g for g in self._got if g.sign == "«" and (g.who == step.who if step.who else not g.named)]
        shown = "\n---\n".join(f"{g.who} « {g.text}" for g in told)
        self._check(not told, f"{step.who or 'nobody else'} was to get nothing, but:\n{shown}")

    def _nothing_left_over(self) -> None:
        """All that the actor herself got is in the transcript."""
        mine = [g for g in self._got if g.who == self._actor and g.sign != "📎"]
        left = [f"{g.sign} {g.text} {list(g.buttons)}" for g in mine if not g.named]
        self._check(not left, f"{self._actor} got also:\n" + "\n---\n".join(left))

    def _filled(self, text: str) -> str:
        """`{mã của …}`, `{mã cụm}` and `{5000 chữ}`."""
        text = text.replace("{mã cụm}", self.stage.cluster().join_code).replace("{5000 chữ}", "dài " * 1250)
        return re.sub(r"\{mã của (.+?)\}", lambda found: self.stage.code(found.group(1)), text)

    def _check(self, holds: bool, why: str) -> None:
        if not holds:
            raise AssertionError(f"{self._name}, at or above line {self._line}: {why}")


def _fits(step: Expect, got: Got) -> bool:
    """Words of a message stand in its first line; those of a toast anywhere."""
    shown = got.text if got.sign in "☁‼" else got.text.partition("\n")[0]
    return _plain(step.first) in _plain(shown)


def _plain(text: str) -> str:
    return " ".join(text.split())
