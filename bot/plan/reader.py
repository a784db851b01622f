"""Reads any document of the genre: `read_plan` for a file, `read_text` for a text pasted into a chat."""

from collections.abc import Callable
from datetime import date

from bot.errors import BadInputError
from bot.plan import limits
from bot.plan.assemble import assemble
from bot.plan.document import Document
from bot.plan.formats.table import reader_for
from bot.plan.formats.text import from_text
from bot.plan.reading import PlanReading

Deadline = Callable[[date, int], date]


def read_plan(filename: str, content: bytes, *, deadline: Deadline | None = None) -> PlanReading:
    """Reads a file of any supported format, told by its content rather than by its name.

    `deadline(day, working_days)` works out the last day for the invitation; without it `invite_deadline`
    stays None.
    Raises BadInputError, with a sentence that says what to do, for everything that is no readable plan.
    Another
    kind of paper (a report, a decision) comes back as DocType.OTHER, without sessions.
    """
    if not content.strip(b"\x00 \r\n\t"):
        raise BadInputError("Tệp trống. Hãy gửi lại tệp có nội dung kế hoạch.", detail="empty file")
    if len(content) > limits.MAX_FILE_BYTES:
        raise BadInputError(
            "Tệp lớn quá 10 MB. Hãy bỏ bớt ảnh, hoặc chép riêng phần kế hoạch sang tệp mới rồi gửi lại.",
            detail="file over the size limit",
        )
    return _read(reader_for(filename, content)(content), deadline)


def read_text(text: str, *, deadline: Deadline | None = None) -> PlanReading:
    """Reads a text pasted into a chat.  Raises BadInputError like `read_plan`."""
    if not text.strip():
        raise BadInputError("Chưa có nội dung. Hãy dán nội dung kế hoạch hoặc gửi tệp.", detail="empty text")
    return _read(from_text(text), deadline)


def _read(document: Document, deadline: Deadline | None) -> PlanReading:
    lengths = [len(part.text) for part in document.fragments()]
    if sum(lengths) > limits.MAX_CHARACTERS or max(lengths, default=0) > limits.MAX_LINE_CHARACTERS:
        raise limits.too_long("document over the character limit")
    if not any(part.text.strip() for part in document.fragments()):
        raise BadInputError("Tệp không có chữ nào. Hãy gửi lại tệp có nội dung kế hoạch.", detail="no text")
    return assemble(document, deadline)
