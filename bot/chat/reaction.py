"""What goes back at once: answers, not notices."""

from dataclasses import dataclass, replace

from bot.message import Message
from bot.outbox.port import Address


@dataclass(frozen=True, slots=True)
class Say:
    """A new message.  `card_of`: (session id, person id) whose card it is from now on."""

    message: Message
    card_of: tuple[int, int] | None = None
    to: Address | None = None  #: another chat than the one that asked


@dataclass(frozen=True, slots=True)
class Redraw:
    """The message with the pressed button, drawn anew."""

    message: Message
    card_of: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Reaction:
    says: tuple[Say, ...] = ()
    redraw: Redraw | None = None
    toast: str = ""  #: shown over the chat for a moment; never the only place of something important

    def and_say(self, message: Message) -> "Reaction":
        return replace(self, says=(*self.says, Say(message)))


def say(message: Message) -> Reaction:
    return Reaction(says=(Say(message),))
