"""How much of a document is read, so that no file can exhaust the machine (checked before parsing)."""

from bot.errors import BadInputError

MAX_FILE_BYTES = 10 * 1024 * 1024
MAX_XML_BYTES = 48 * 1024 * 1024  #: one part of a .docx or .xlsx, unpacked
MAX_ARCHIVE_ENTRIES = 4_000
MAX_ROWS = 5_000
MAX_COLUMNS = 60
MAX_PARAGRAPHS = 20_000
MAX_CHARACTERS = 1_000_000
MAX_LINE_CHARACTERS = 20_000
MAX_PDF_PAGES = 60
MAX_SESSIONS = 1_000
MAX_CHAT_CHARACTERS = 60_000


def too_long(detail: str) -> BadInputError:
    """The error for a document that is longer than any plan."""
    return BadInputError(
        "Tài liệu quá dài so với một kế hoạch cụm. Hãy tách riêng phần kế hoạch (vài trang) rồi gửi lại.",
        detail=detail,
    )


def damaged(kind: str, detail: str) -> BadInputError:
    """The error for a file that its own program could not open either."""
    return BadInputError(
        f"Không mở được tệp {kind}: tệp bị hỏng hoặc chưa tải lên đủ. "
        "Hãy mở tệp trên máy, lưu lại một bản mới rồi gửi lại.",
        detail=detail,
    )
