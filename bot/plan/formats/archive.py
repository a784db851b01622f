"""Opening a .docx or .xlsx with limits: names, unpacked sizes and entity declarations are checked
before parsing.
"""

import io
import re
import zipfile
import zlib

from bot.errors import BadInputError
from bot.plan import limits

_DECLARATION = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Archive:
    """A checked zip file.  `part` gives the bytes of one entry, never more than the limit."""

    def __init__(self, content: bytes, kind: str) -> None:
        self.kind = kind
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self.names = {info.filename: info for info in self._zip.infolist()}
        except (
            zipfile.BadZipFile,
            ValueError,
            OSError,
            NotImplementedError,
            zlib.error,
            UnicodeError,
        ) as error:
            raise limits.damaged(kind, f"zip: {type(error).__name__}") from error
        if len(self.names) > limits.MAX_ARCHIVE_ENTRIES:
            raise limits.too_long("too many entries in the archive")

    def part(self, name: str) -> bytes:
        """The unpacked bytes of an entry.

        Raises BadInputError for a missing or damaged one, one over the limit, and XML that declares entities.
        """
        info = self.names.get(name)
        if info is None:
            raise limits.damaged(self.kind, "a part is missing in the archive")
        if info.flag_bits & 0x1:
            raise BadInputError(
                "Tệp đang đặt mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.", detail="encrypted zip entry"
            )
        if info.file_size > limits.MAX_XML_BYTES:
            raise limits.too_long("an archive part over the limit")
        try:
            with self._zip.open(info) as stream:
                data = stream.read(limits.MAX_XML_BYTES + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise limits.damaged(self.kind, f"zip entry: {type(error).__name__}") from error
        if len(data) > limits.MAX_XML_BYTES:
            raise limits.too_long("an archive part over the limit")
        if _DECLARATION.search(data):
            raise BadInputError(
                (
                    "Tệp có khai báo lạ bên trong nên không đọc, để an toàn. Hãy mở bằng Word hoặc Excel, "
                    "lưu lại rồi gửi."
                ),
                detail="DTD or entity declaration in an office file",
            )
        return data
