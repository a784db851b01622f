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
