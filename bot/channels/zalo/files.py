"""A file for a channel that cannot send files: its private address, or what it says."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from PIL import Image

from bot.flows.papers.links import FILE_LIFE
from bot.message import Document, Message, escape
from bot.outbox.port import Address
from bot.papers.canvas import MIME as PICTURE
from bot.papers.canvas import WORDS

if TYPE_CHECKING:
    from docx.document import Document as DocxDocument

_FOLDED = re.compile(r"\r?\n[ \t]")
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d))?")
_BESIDE = 2  #: columns of a letter's head; more make a table, a line for each row
_ESCAPED = re.compile(r"\\(.)")


def content_as_text(document: Document) -> str:
    """Its words under its name; a sentence where it has none that can be read."""
    try:
        text = _READERS.get(document.mime.partition(";")[0], _nothing)(document.content).strip()
    except Exception:  # a file is never worth more than the message that it goes with
        text = ""
    if text:
        return f"Tệp {document.name}:\n{text}"
    return f"(Tệp “{document.name}” không gửi được qua Zalo. Đề nghị xin tệp ở cụm trưởng.)"


class Publisher(Protocol):
    """Gives a file an address for the person of a chat."""

    async def publish(self, address: Address, document: Document) -> str | None:
        """None: it has none; then its content is said."""
        ...


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture at a public address, from which the service fetches it."""

    url: str
    document: Document


async def linked(
    message: Message, address: Address, publisher: Publisher | None
) -> tuple[Message, tuple[Photo, ...]]:
    """The message with addresses in place of those files that have one, and its pictures, which are shown
    after it."""
    text, kept, photos = message.text, [], []
    for document in message.documents:
        url = await publisher.publish(address, document) if publisher else None
        if url is None:
            kept.append(document)
        elif document.mime == PICTURE:
            photos.append(Photo(url, document))
        else:
            told = f"Tệp {document.name} (liên kết riêng, mở được trong {FILE_LIFE.days} ngày):\n{url}"
            text += f"\n\n{escape(told)}"
    return replace(message, text=text, documents=tuple(kept)), tuple(photos)


def _nothing(content: bytes) -> str:
    return ""


def _plain(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")


def _letter(content: bytes) -> str:
    import docx  # only here: a start without it is quicker and smaller

    return re.sub(r"\n{3,}", "\n\n", "\n".join(_paragraphs(docx.Document(io.BytesIO(content)))))


def _paragraphs(letter: "DocxDocument") -> Iterator[str]:
    for block in letter.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = list({cell._tc: cell.text.strip() for cell in row.cells}.values())  # merged ones once
                yield (" · " if len(cells) > _BESIDE else "\n").join(cell for cell in cells if cell)
        else:
            yield block.text.strip()


def _calendar(content: bytes) -> str:
    """Each entry in a line: the day as it stands in the file, what, where."""
    lines: list[str] = []
    entry: dict[str, str] = {}
    for line in _FOLDED.sub("", content.decode("utf-8", errors="replace")).splitlines():
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            entry = {}
        elif line == "END:VEVENT":
            parts = (_when(entry.get("DTSTART", "")), entry.get("SUMMARY", ""), entry.get("LOCATION", ""))
            lines.append(" · ".join(part for part in parts if part))
        elif (key := name.partition(";")[0].upper()) in ("DTSTART", "SUMMARY", "LOCATION"):
            entry.setdefault(key, _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value))
    return "\n".join(lines)


def _picture(content: bytes) -> str:
    """The words that our pictures carry for whoever cannot see them."""
    with Image.open(io.BytesIO(content)) as picture:
        return str(picture.info.get(WORDS, ""))


def _when(value: str) -> str:
    """UTC hours are left out: they would be wrong on a clock in Viet Nam."""
    found = _DAY.match(value)
    if found is None:
        return ""
    day = f"{found[3]}/{found[2]}/{found[1]}"
    return f"{day}, {int(found[4])}h{found[5]}" if found[4] and not value.endswith("Z") else day


_READERS = {
    "text/plain": _plain,
    "text/csv": _plain,
    "text/calendar": _calendar,
    PICTURE: _picture,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _letter,
}
