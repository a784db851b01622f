"""One question of a dialog: how it is asked, and what is done with the answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.chat.reaction import Reaction
from bot.chat.talk import Talk
from bot.flows.work import Dialog
from bot.message import Message


@dataclass(frozen=True, slots=True)
class Step:
    """`take` gets what was typed or the value of the pressed choice.  It may raise BadInputError: then the
    sentence is shown and the question stays open."""

    ask: Callable[[Talk, Dialog], Message]
    take: Callable[[Talk, Dialog, str], Reaction]


Steps = Mapping[str, Step]
Check = Callable[[Talk, Dialog], object]


def guarded(check: Check, steps: Steps) -> Steps:
    """The same questions with `check` before each of them, asked or answered.

    It raises NotAllowedError or OutdatedError where the dialog can come to no good end any more: then it
    ends there, and nobody answers the rest of its questions in vain.
    """
    return {name: _guarded(check, step) for name, step in steps.items()}


def _guarded(check: Check, step: Step) -> Step:
    def ask(talk: Talk, dialog: Dialog) -> Message:
        check(talk, dialog)
        return step.ask(talk, dialog)

    def take(talk: Talk, dialog: Dialog, said: str) -> Reaction:
        check(talk, dialog)
        return step.take(talk, dialog, said)

    return Step(ask, take)
