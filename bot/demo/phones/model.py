"""What a phone shows, the same for every channel."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.demo.botapi.model import ChatEvent, File, Json


@dataclass(frozen=True, slots=True)
class Key:
    """A button under a message; with a `url` it opens that and the bot is not told."""

    label: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of a chat.  `id` grows within its chat."""

    id: int
    chat: int
    bot: bool  #: said by the bot
    date: datetime  #: by the demo's clock
    text: str
    entities: Sequence[Json] = ()  #: of the Bot API: offsets in UTF-16 units
    edited: bool = False
    rows: tuple[tuple[Key, ...], ...] = ()
    choices: tuple[str, ...] = ()  #: what may be answered by typing 1, 2, 3 …
    file: File | None = None


class Side(Protocol):
    """The phones of one channel.  A chat is known by a number of the demo, for every channel the same way."""

    channel: str  #: "telegram", "zalo"

    def has(self, chat: int) -> bool: ...

    def bubbles(self, chat: int) -> list[Bubble]:
        """As the person sees them, oldest first."""
        ...

    def bubble(self, chat: int, number: int) -> Bubble:
        """Raises LookupError."""
        ...

    def commands(self, chat: int) -> Sequence[Json]:
        """The command menu: {"command", "description"}; empty where the channel has none."""
        ...

    def type(self, chat: int, text: str) -> None: ...

    def press(self, chat: int, number: int, row: int, column: int) -> None:
        """Raises LookupError for a button that is not there, ValueError for one that opens a link."""
        ...

    def attach(self, chat: int, name: str, content: bytes, caption: str) -> None: ...

    def file(self, file_id: str) -> File | None: ...

    def listen(self, listener: Callable[[ChatEvent], None]) -> Callable[[], None]:
        """`listener` is called at each event, in the loop; the returned function ends that."""
        ...
