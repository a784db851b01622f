"""The state of the chat service: users, chats, messages, presses.  Plain data, no rules."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]
ChatKind = Literal["private", "group", "supergroup"]
BotStatus = Literal["member", "administrator", "left", "kicked"]


class ApiError(Exception):
    """A refusal, as the Bot API words it.  `code` is also the HTTP status."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """The JSON object that goes out."""
        reply: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            reply["parameters"] = self.parameters
        return reply


def bad_request(what: str, **parameters: int) -> ApiError:
    return ApiError(400, f"Bad Request: {what}", **parameters)


@dataclass(slots=True)
class User:
    id: int
    name: str
    is_bot: bool = False
    username: str | None = None

    def api(self) -> Json:
        user: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        if self.username:
            user["username"] = self.username
        if not self.is_bot:
            user["language_code"] = "vi"
        return user


@dataclass(slots=True)
class Chat:
    id: int
    kind: ChatKind
    title: str
    user: User | None = None
    started: bool = False  #: the person pressed Start: before that a bot cannot write
    blocked: bool = False
    gone: bool = False  #: the account, or the group, was deleted
    bot: BotStatus = "member"  #: what the bot is in a group
    may_pin: bool = False  #: … and whether it may pin there
    muted: bool = False  #: members may not write in this group
    migrated_to: int | None = None
    pinned: list[int] = field(default_factory=list)  #: the last one on top
    messages: dict[int, "StoredMessage"] = field(default_factory=dict)

    def api(self) -> Json:
        if self.user is not None:
            return {"id": self.id, "type": self.kind, "first_name": self.title}
        return {"id": self.id, "type": self.kind, "title": self.title}


@dataclass(frozen=True, slots=True)
class File:
    """A stored upload; `id` is what getFile takes."""

    id: str
    name: str
    content: bytes
    mime: str
    kind: Literal["document", "photo"]


@dataclass(frozen=True, slots=True)
class InlineButton:
    label: str
    data: str | None = None
    url: str | None = None


Keyboard = tuple[tuple[InlineButton, ...], ...]


@dataclass(slots=True)
class StoredMessage:
    id: int
    chat_id: int
    sender: User
    date: datetime  #: by the virtual clock
    text: str  #: what is read: no markup; the caption where there is a file
    entities: list[Json]
    source: str = ""  #: what the bot sent, markup included
    keyboard: Keyboard = ()
    file: File | None = None
    edited: datetime | None = None
    deleted: bool = False
    reply_to: int | None = None
    silent: bool = False  #: no phone made a sound

    @property
    def from_bot(self) -> bool:
        return self.sender.is_bot

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of its buttons, row by row."""
        return tuple(button.label for row in self.keyboard for button in row)

    def button(self, label_or_data: str) -> InlineButton:
        """The button with this label, or else with this data.  Raises LookupError with what there is."""
        buttons = [button for row in self.keyboard for button in row]
        for button in buttons:
            if button.label == label_or_data:
                return button
        for button in buttons:
            if button.data == label_or_data:
                return button
        raise LookupError(f"no button {label_or_data!r} on message {self.id}; there are {list(self.labels)}")


@dataclass(slots=True)
class Press:
    """A callback query.  `answer` is None until the bot answers it."""

    id: str
    user_id: int
    message_id: int
    data: str
    at: float  #: seconds of the service's timer
    answered: bool = False
    answer: str | None = None
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Accepted:
    """One call that the service accepted and that a person can see: what tests count at the receiver."""

    number: int  #: 1, 2, 3 … in the order of arrival
    method: str
    chat_id: int
    message_id: int
    text: str
    source: str
    buttons: tuple[tuple[str, ...], ...]
    sent_at: datetime  #: real
    virtual_at: datetime  #: by the service's clock
    file_name: str | None = None
    silent: bool = False  #: no phone made a sound

    def api(self) -> Json:
        return {
            "number": self.number,
            "method": self.method,
            "chat_id": self.chat_id,
            "message_id": self.message_id,
            "text": self.text,
            "source": self.source,
            "buttons": [list(row) for row in self.buttons],
            "sent_at": self.sent_at.isoformat(),
            "virtual_at": self.virtual_at.isoformat(),
            "file_name": self.file_name,
            "silent": self.silent,
        }


@dataclass(frozen=True, slots=True)
class Refused:
    """One call that was refused."""

    method: str
    chat_id: int | None
    code: int
    description: str


@dataclass(frozen=True, slots=True)
class ChatEvent:
    """Something that a person's phone would show."""

    kind: Literal["message", "edit", "delete", "pin", "answer", "typing", "read", "reset"]
    chat_id: int
    message_id: int | None = None
    text: str | None = None
    alert: bool = False
