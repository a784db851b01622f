"""Plays a transcript on Zalo: buttons by their number, redrawn cards as short new messages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.channels.zalo.drawing import without_markup
from bot.demo.zaloapi import ZaloBot
from bot.vocabulary import strip_marks
from tests.talks.playing import Got, Player
from tests.talks.script import Act, Expect, Silence, Step
from tests.talks.zalo_stage import ZaloStage

_LIST = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)
_CODE = re.compile(r"\bB\d+\b")
#: A month is no list of numbers: a day is typed.
_NO_CHOICES = {"Chọn ngày khác"}
NEARLY = 1900  #: letters of which some message was surely cut
BRIEF = 3  #: lines at most of a card that was only drawn anew


#: What stands on today's card of a session, and can be typed with its code.
BY_WORD = {
    "Tham dự",
    "Vắng mặt",
    "Xin đổi lịch",
    "Đồng ý",
    "Không đồng ý",
    "Đặt giờ",
    "Đặt phòng",
    "Khôi phục buổi này",
}


class NotOnZaloError(Exception):
    """This step cannot be done there."""


@dataclass
class Heard(Got):
    """`told`: the passing word at its beginning is named."""

    told: bool = False


class ZaloPlayer(Player):
    """What is only drawn anew or told in passing on Telegram stands in one message here; what a stranger
    forges is left out, with all that follows from it."""

    stage: ZaloStage  # type: ignore[assignment]

    def __init__(self, stage: ZaloStage, name: str) -> None:
        super().__init__(stage, name)  # type: ignore[arg-type]
        self._heard: list[tuple[ZaloBot, str, int]] = []
        self.acts = self.left_out = 0
        self._redrawn: list[bool] = []  #: of what was drawn anew for the actor: whether she got it
        stage.zalo.listen(lambda bot, chat, number: self._heard.append((bot, chat, number)))

    async def play(self, steps: Iterator[Step]) -> None:
        await super().play(self._possible(steps))

    def _possible(self, steps: Iterator[Step]) -> Iterator[Step]:
        """One act with what follows from it after the other, those left out that cannot be done here."""
        for act, *following in _groups(steps):
            if isinstance(act, Act):
                self.acts += 1
                if not self._can(act, following):
                    self.left_out += 1
                    continue
            yield from (act, *following)

    def _can(self, act: Act, following: Sequence[Step]) -> bool:
        if act.way in ("file", "block", "unblock"):
            raise NotOnZaloError(f"line {act.line}: {act.way}")
        if act.way == "press":
            outdated = any(isinstance(one, Expect) and one.sign == "‼" for one in following)
            return self._typed(act, only_newest=outdated) is not None
        return act.way != "forge"

    async def _act(self, step: Act) -> None:
        self._from_here()
        self._actor = step.who
        if step.way == "restart":
            await self.stage.stop_bot()
            await self.stage.start_bot()
        else:
            words = self._filled(step.what) if step.way == "type" else self._typed(step)
            assert words is not None
            await self.stage.type(step.who, words)
        self._got = list(self._new())

    def _typed(self, step: Act, *, only_newest: bool = False) -> str | None:
        """What she types to press this button: its number where it stands in her newest list, else its words
        with the session's code.  None: it cannot be pressed any more."""
        label = without_markup(step.what)
        lists = [said for said in reversed(self.stage.seen(step.who)) if _choices(said)]
        for said in lists[:1]:
            if label in _choices(said) and step.on in said:
                return _choices(said)[label]
        for said in () if only_newest else lists[1:]:
            if label in _choices(said) and step.on in said:
                code = _CODE.search(said) if label in BY_WORD else None
                return f"{strip_marks(label)} {code[0]}" if code else label
        return None

    def _from_here(self) -> None:
        self._seen = len(self._heard)
        self._redrawn = []

    def _nothing_left_over(self) -> None:
        """Of several things drawn anew only the one that answers her comes here, if any."""
        super()._nothing_left_over()
        answered = any(got.who == self._actor for got in self._got)
        self._check(not self._redrawn or answered, f"{self._actor} was answered nothing")

    def _new(self) -> Iterator[Got]:
        names = {(bot.token, chat): name for name, (bot, chat) in self.stage.homes.items()}
        got: list[Heard] = []
        for bot, chat, number in self._heard[self._seen :]:
            said = bot.messages(chat)[number - 1]
            if not said.from_bot:
                continue
            who, text = names[bot.token, chat], said.text
            before = next((one for one in reversed(got) if one.who == who), None)
            if before and not before.buttons and len(before.text) + len(text) > NEARLY:
                got.remove(before)
                text = f"{before.text}\n\n{text}"  # two parts of a long message
            got.append(Heard(who, "«", text, tuple(_choices(text))))
        yield from got

    def _expect(self, step: Expect) -> None:
        step.first = without_markup(step.first)
        if step.count is not None:
            super()._expect(step)
            return
        who = step.who or self._actor
        if step.sign == "📎" or (who != self._actor and step.sign == "✎"):
            return  # files have no name here, and nobody else's card is drawn anew
        mine = [got for got in self._got if got.who == who and isinstance(got, Heard)]
        in_passing = step.sign in "☁‼"
        fitting = next((got for got in mine if not _used(got, in_passing) and _holds(got, step.first)), None)
        if step.sign == "✎":
            self._redrawn.append(fitting is not None)
            if fitting is None:
                return
        if fitting is None:
            shown = "\n---\n".join(got.text for got in mine) or "nothing"
            self._check(False, f"{who} was to get {step.sign} {step.first!r}; she got:\n{shown}")
            return
        fitting.told, fitting.named = fitting.told or in_passing, True
        if not in_passing:
            fitting.sign = "✓"
        brief = len(_body(fitting.text).splitlines()) <= BRIEF
        for words in step.holds:
            self._check(
                brief or _holds(fitting, without_markup(words), most=None), f"no {words!r}:\n{fitting.text}"
            )
        for words in step.lacks:
            self._check(
                not _holds(fitting, without_markup(words), most=None), f"{words!r} is in:\n{fitting.text}"
            )
        if step.buttons is not None:
            wanted = tuple(
                one for one in step.buttons if one not in _NO_CHOICES and f"{one}: http" not in fitting.text
            )
            self._check(fitting.buttons == wanted, f"the choices are {fitting.buttons}, not {wanted}")


def _used(got: Heard, in_passing: bool) -> bool:
    return got.told if in_passing else got.sign == "✓"


def _holds(got: Got, words: str, most: int | None = 4) -> bool:
    shown = " ".join(" ".join(got.text.splitlines()[:most]).split())
    return " ".join(without_markup(words).split()) in shown


def _choices(text: str) -> dict[str, str]:
    """Label → number, in order."""
    listed = text.rpartition("Trả lời bằng số")[2] if "Trả lời bằng số" in text else ""
    return {label: number for number, label in _LIST.findall(listed)}


def _body(text: str) -> str:
    return text.partition("Trả lời bằng số")[0].strip()


def _groups(steps: Iterator[Step]) -> Iterator[list[Step]]:
    """Each act, turn of the clock … with what is expected of it."""
    group: list[Step] = []
    for step in steps:
        if group and not isinstance(step, Expect | Silence):
            yield group
            group = []
        group.append(step)
    if group:
        yield group
