"""Word documents: paragraphs, tables (merged cells, nested tables) and tracked changes as if accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from bot.plan import limits
from bot.plan.document import Block, Document, Paragraph, Row, Table
from bot.plan.formats.archive import Archive
from bot.plan.layout.columns import head_kinds
from bot.plan.unicode_text import clean, repair_fonts

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = {_W + name for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr")}
_SPACE = {
    _W + "tab": "\t",
    _W + "br": "\n",
    _W + "cr": "\n",
    _W + "noBreakHyphen": "-",
    _W + "softHyphen": "",
}


@dataclass
class _Reading:
    archive: Archive
    blocks: list[Block] = field(default_factory=list)
    tracked: bool = False
    line: int = 0

    def number(self) -> int:
        self.line += 1
        if self.line > limits.MAX_PARAGRAPHS:
            raise limits.too_long("too many paragraphs")
        return self.line


def read(content: bytes) -> Document:
    """Raises BadInputError for a damaged, encrypted or over-long file."""
    archive = Archive(content, "Word (.docx)")
    data = archive.part("word/document.xml").replace(_STRICT[1:-1].encode(), _W[1:-1].encode())
    reading = _Reading(archive)
    try:
        _walk(data, reading)
    except (ParseError, DefusedXmlException, ValueError, RecursionError, LookupError) as error:
        raise limits.damaged("Word (.docx)", f"xml: {type(error).__name__}") from error
    remarks = ("tracked_changes",) if reading.tracked else ()
    blocks, encoding = _repair(reading.blocks)
    return Document(tuple(blocks), (*remarks, f"converted_{encoding}") if encoding else remarks)


def _walk(data: bytes, reading: _Reading) -> None:
    path: list[Element] = []
    for event, element in iterparse(BytesIO(data), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(element)
            if len(path) > 200:
                raise limits.damaged("Word (.docx)", "xml nested too deep")
            continue
        path.pop()
        if path and path[-1].tag == _W + "body":
            reading.blocks.extend(_blocks(element, reading))
            element.clear()


def _blocks(element: Element, reading: _Reading) -> Iterator[Block]:
    """The blocks of one child of a body or cell; content controls and custom markup are transparent."""
    if element.tag == _W + "p":
        yield from _paragraph(element, reading)
    elif element.tag == _W + "tbl":
        yield from _table(element, reading)
    elif element.tag not in _GONE and element.tag != _FALLBACK:
        reading.tracked = reading.tracked or element.tag in (_W + "ins", _W + "moveTo")
        for child in element:
            yield from _blocks(child, reading)


def _paragraph(element: Element, reading: _Reading) -> Iterator[Block]:
    boxes = list(_find(element, _W + "txbxContent"))
    text = _text(element, reading)
    item = element.find(f"{_W}pPr/{_W}numPr") is not None
    yield Paragraph(clean(text), reading.number(), item)
    for box in boxes:
        for child in box:
            yield from _blocks(child, reading)


def _find(element: Element, tag: str) -> Iterator[Element]:
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != _FALLBACK:
            yield from _find(child, tag)


def _text(element: Element, reading: _Reading) -> str:
    pieces: list[str] = []
    for child in element:
        if child.tag in _GONE:
            reading.tracked = reading.tracked or child.tag in (_W + "del", _W + "moveFrom")
        elif child.tag == _W + "t":
            pieces.append(child.text or "")
        elif child.tag in _SPACE:
            pieces.append(_SPACE[child.tag])
        elif child.tag not in (_FALLBACK, _W + "txbxContent"):
            reading.tracked = reading.tracked or child.tag in (_W + "ins", _W + "moveTo")
            pieces.append(_text(child, reading))
    return "".join(pieces)


def _table(element: Element, reading: _Reading) -> Iterator[Block]:
    """A table, or the blocks inside it where it is only a frame for tables of its own."""
    rows = [row for row in _find_rows(element) if row.find(f"{_W}trPr/{_W}del") is None]
    if len(rows) > limits.MAX_ROWS:
        raise limits.too_long("too many table rows")
    if any(_has_table(cell) for row in rows for cell in _cells(row)) and not any(map(_is_head, rows[:4])):
        for row in rows:
            for cell in _cells(row):
                for child in cell:
                    yield from _blocks(child, reading)
        return
    above: dict[int, str] = {}
    found: list[Row] = []
    for row in rows:
        texts: list[str] = []
        line = reading.number()
        before = row.find(f"{_W}trPr/{_W}gridBefore")
        texts.extend([""] * min(_number(before), limits.MAX_COLUMNS))
        for cell in _cells(row):
            texts.extend(_cell(cell, len(texts), above, reading))
            if len(texts) > limits.MAX_COLUMNS:
                raise limits.too_long("too many table columns")
        found.append(Row(tuple(texts), line))
    yield Table(tuple(found))


def _has_table(cell: Element) -> bool:
    return next(_find(cell, _W + "tbl"), None) is not None


def _is_head(row: Element) -> bool:
    """Whether a row is the head of a schedule, so that a table inside one of its cells is only its text."""
    texts = ["".join(t.text or "" for t in _find(cell, _W + "t")) for cell in _cells(row)]
    return not any(map(_has_table, _cells(row))) and head_kinds([clean(text) for text in texts]) is not None


def _cell(cell: Element, column: int, above: dict[int, str], reading: _Reading) -> list[str]:
    span = min(max(_number(cell.find(f"{_W}tcPr/{_W}gridSpan")), 1), limits.MAX_COLUMNS)
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    if merge is not None and merge.get(_W + "val", "continue") == "continue":
        text = above.get(column, "")
    else:
        text = "\n".join(_cell_lines(cell, reading)).strip()
    above[column] = text
    return [text] + [""] * (span - 1)


def _cell_lines(cell: Element, reading: _Reading) -> Iterator[str]:
    for paragraph in _find(cell, _W + "p"):
        text = clean(_text(paragraph, reading)).replace("\t", " ").strip()
        if text:
            item = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
            yield "- " + text if item and text[0] not in "-+*•" else text


def _find_rows(element: Element) -> Iterator[Element]:
    return _find(element, _W + "tr")


def _cells(row: Element) -> list[Element]:
    return list(_find(row, _W + "tc"))


def _number(element: Element | None) -> int:
    text = element.get(_W + "val", "0") if element is not None else "0"
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _repair(blocks: list[Block]) -> tuple[list[Block], str | None]:
    texts = [b.text for b in blocks if isinstance(b, Paragraph)]
    texts += [cell for b in blocks if isinstance(b, Table) for row in b.rows for cell in row.cells]
    fixed, encoding = repair_fonts(texts)
    if encoding is None:
        return blocks, None
    known = dict(zip(texts, fixed, strict=True))
    result: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            result.append(Paragraph(known[block.text], block.line, block.item))
        else:
            result.append(Table(tuple(Row(tuple(known[c] for c in r.cells), r.line) for r in block.rows)))
    return result, encoding
