"""Which reader reads which file: told by the first bytes, by the name only where they do not say."""

from collections.abc import Callable

from bot.errors import BadInputError
from bot.plan.document import Document
from bot.plan.formats import csv_file, docx, pdf, text, xlsx

Reader = Callable[[bytes], Document]
READERS: dict[str, Reader] = {
    ".docx": docx.read,
    ".xlsx": xlsx.read,
    ".pdf": pdf.read,
    ".csv": csv_file.read,
    ".tsv": csv_file.read,
    ".txt": text.read,
    ".md": text.read,
}
_SEND = "Hãy gửi tệp .docx, .xlsx, .pdf có chữ, .csv, .txt, hoặc dán nội dung vào ô chat."


def reader_for(filename: str, content: bytes) -> Reader:
    """Raises BadInputError for a format that is not read, saying what to do instead."""
    ending = "." + filename.rpartition(".")[2].lower() if "." in filename else ""
    head = content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t")
    if content.startswith(b"PK"):
        return _zipped(content)
    if b"%PDF-" in content[:1024]:
        return pdf.read
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        program = "Excel" if ending == ".xls" else "Word"
        new = ".xlsx" if ending == ".xls" else ".docx"
        raise BadInputError(
            f"Đây là tệp {program} kiểu cũ ({ending or '.doc'}) hoặc tệp đặt mật khẩu. "
            f"Hãy mở bằng {program}, chọn Lưu thành (Save As) dạng {new}, không đặt mật khẩu, rồi gửi lại.",
            detail="OLE2 file",
        )
    if head.startswith(b"{\\rtf"):
        raise BadInputError("Tệp ở dạng RTF. Hãy mở bằng Word, lưu thành .docx rồi gửi lại.", detail="rtf")
    if head[:14].lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise BadInputError(f"Tệp là trang web, không phải văn bản kế hoạch. {_SEND}", detail="html or xml")
    if (
        content.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"BM", b"II*\x00", b"MM\x00*"))
        or b"ftyphei" in content[:32]
    ):
        raise BadInputError(f"Đây là ảnh chụp, chưa đọc được chữ trong ảnh. {_SEND}", detail="image file")
    if ending in (".docx", ".xlsx", ".pdf"):
        raise BadInputError(
            (
                f"Tệp mang tên {ending} nhưng nội dung không phải dạng đó, hoặc đã hỏng. Hãy mở trên máy,"
                f" lưu lại rồi gửi."
            ),
            detail="name and content disagree",
        )
    return READERS.get(ending, text.read)


def _zipped(content: bytes) -> Reader:
    if b"word/document.xml" in content:
        return docx.read
    if b"xl/workbook.xml" in content or b"xl/worksheets" in content:
        return xlsx.read
    if b"mimetypeapplication/vnd.oasis" in content[:200]:
        raise BadInputError(
            "Tệp ở dạng OpenDocument. Hãy lưu thành .docx hoặc .xlsx rồi gửi lại.", detail="odf"
        )
    raise BadInputError(f"Tệp nén không đọc được. {_SEND}", detail="zip without an office document")
