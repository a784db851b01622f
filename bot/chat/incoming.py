"""What comes in from a chat, on any channel."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upload:
    """A file somebody sent; `content` is None where it was too large to fetch."""

    name: str
    size: int
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Incoming:
    """Exactly one of `text`, `token`, `upload` is set."""

    channel: str
    chat_id: str
    private: bool
    sender: str = ""  #: the name that the service shows, for the registration form only
    account: str = ""  #: the private chat of whoever did it, also in a group; "" where nobody says who
    title: str = ""  #: of the group
    text: str | None = None
    token: str | None = None  #: of a pressed button: anything, also forged
    message_id: str | None = None  #: the message with the pressed button
    upload: Upload | None = None
    unread: bool = False  #: it was typed when the last that the bot said was perhaps not read yet
    buttons: bool = True  #: False where the channel shows what may be chosen as a numbered list


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody let the bot into a group, gave it other rights there, or put it out."""

    channel: str
    chat_id: str
    title: str
    account: str  #: the private chat of whoever did it
    inside: bool
    may_pin: bool  #: it has the right for certain; elsewhere the group may allow it to every member
