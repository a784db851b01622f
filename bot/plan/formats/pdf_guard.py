"""Measures a PDF before it is parsed: the unpacked size of its streams, so that no bomb is ever
unpacked whole.
"""

import base64
import re
import zlib

from bot.plan import limits

_STREAM = re.compile(rb"stream\r?\n")
_COUNT = re.compile(
    rb"/Type\s*/Pages[^>]{0,200}?/Count\s+(\d{1,9})|/Count\s+(\d{1,9})[^>]{0,"
    rb"200}?/Type\s*/Pages"
)
_PAGE = re.compile(rb"/Type\s*/Page(?![a-z])")
_MAX_UNPACKED = 40 * 1024 * 1024  #: all streams but pictures
_MAX_DRAWING = 6 * 1024 * 1024  #: streams that draw a page
_MAX_STREAMS = 6_000
_LOOK_BACK = 1_500


def check(content: bytes) -> None:
    """Raises BadInputError for a file whose streams unpack to more than a plan can hold."""
    stated = (int(match.group(1) or match.group(2)) for match in _COUNT.finditer(content))
    if max(stated, default=0) > limits.MAX_PDF_PAGES or len(_PAGE.findall(content)) > limits.MAX_PDF_PAGES:
        raise limits.too_long("pdf over the page limit")
    total = drawing = 0
    for count, match in enumerate(_STREAM.finditer(content)):
        if count > _MAX_STREAMS:
            raise limits.too_long("pdf with too many streams")
        head = content[max(0, match.start() - _LOOK_BACK) : match.start()]
        head = head[head.rfind(b" obj") + 1 :]
        if b"/Image" in head or b"/FontFile" in head:
            continue
        if b"LZW" in head or b"RunLength" in head:
            raise limits.too_long("pdf with an old compression")
        data = _unpack(content, match.end(), head)
        total += len(data)
        if b"Tj" in data or b"TJ" in data or b" re" in data or b" l\n" in data:
            drawing += len(data)
        if total > _MAX_UNPACKED or drawing > _MAX_DRAWING:
            raise limits.too_long("pdf unpacks over the limit")


def _unpack(content: bytes, start: int, head: bytes) -> bytes:
    """The stream through its filters, cut just above the limit."""
    data = content[start:]
    end = data.find(b"endstream")
    layers = head.count(b"Flate") + head.count(b"/Fl ") + head.count(b"/Fl]")
    if b"ASCII85" in head or b"/A85" in head:
        try:
            data = base64.a85decode(data[: max(end, 0)].strip().removesuffix(b"~>"))
        except ValueError:
            return b""
    elif b"ASCIIHex" in head:
        data = bytes.fromhex(
            re.sub(rb"[^0-9a-fA-F]", b"", data[: max(end, 0)]).decode("ascii")[:20_000_000].rjust(2, "0")
        )
    if not layers:
        return data[: max(end, 0)]
    for _ in range(min(layers, 4)):
        try:
            data = zlib.decompressobj().decompress(data, _MAX_UNPACKED + 1)
        except zlib.error:
            return b""
    return data
