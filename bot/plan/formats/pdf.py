"""PDF with a text layer: ruled tables as tables, the rest as lines that keep their columns by spaces."""

import io
import logging
from collections.abc import Iterator
from itertools import islice
from typing import Any

from bot.errors import BadInputError, NhacLichError
from bot.plan import limits
from bot.plan.document import Block, Document, Paragraph, Row, Table
from bot.plan.formats import pdf_guard
from bot.plan.formats.pdf_columns import find_columns, gather, spaced
from bot.plan.unicode_text import clean, repair_fonts

_SCAN = (
    "Tệp PDF này là bản quét (ảnh), không có chữ để đọc. Hãy gửi bản Word (.docx) gốc, "
    "hoặc chép nội dung rồi dán vào ô chat."
)
_MAX_CHARACTERS_A_PAGE = 20_000
_MAX_SHAPES_A_PAGE = 6_000


def read(content: bytes) -> Document:
    """Raises BadInputError for a scan, a damaged, an encrypted or an over-long file."""
    pdf_guard.check(content)
    level = logging.getLogger("pdfminer").level
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    try:
        return _read(content)
    except NhacLichError:
        raise
    except MemoryError as error:
        raise limits.too_long("pdf: out of memory") from error
    except Exception as error:  # pdfminer meets broken files with any exception there is
        name = type(error).__name__
        if "Password" in name or "Encrypt" in name:
            raise BadInputError(
                "Tệp PDF đang đặt mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.", detail=name
            ) from error
        raise limits.damaged("PDF", f"pdfminer: {name}") from error
    finally:
        logging.getLogger("pdfminer").setLevel(level)


def _read(content: bytes) -> Document:
    import pdfplumber  # only here: a start without it is quicker and smaller
    from pdfminer.pdfparser import PDFSyntaxError

    with pdfplumber.open(io.BytesIO(content)) as pdf:
        _check_pages(pdf)
        pages = list(islice(_pages(pdf), limits.MAX_PDF_PAGES + 1))
        if len(pages) > limits.MAX_PDF_PAGES:
            raise limits.too_long("pdf over the page limit")
        if not pages:
            raise PDFSyntaxError("no page")
        blocks: list[Block] = []
        letters = pictures = 0
        for page in pages:
            letters += len(page.chars)
            pictures += len(page.images)
            if (
                len(page.chars) > _MAX_CHARACTERS_A_PAGE
                or len(page.rects) + len(page.lines) > _MAX_SHAPES_A_PAGE
            ):
                raise limits.too_long("pdf page over the limit")
            blocks.extend(_page(page, len(blocks)))
            page.close()
    if letters < 20:
        raise BadInputError(_SCAN, detail=f"pdf without text, {pictures} pictures")
    return _document(blocks)


def _check_pages(pdf: Any) -> None:
    """Refuses by the count that the file itself states, before any page is built."""
    from pdfminer.pdftypes import resolve1

    tree = resolve1(pdf.doc.catalog.get("Pages"))
    count = resolve1(tree.get("Count")) if isinstance(tree, dict) else 0
    if isinstance(count, int) and count > limits.MAX_PDF_PAGES:
        raise limits.too_long("pdf over the page limit")


def _pages(pdf: Any) -> Iterator[Any]:
    from pdfminer.pdfpage import PDFPage
    from pdfplumber.page import Page

    for number, page in enumerate(PDFPage.create_pages(pdf.doc), start=1):
        yield Page(pdf, page, page_number=number, initial_doctop=0)


def _page(page: Any, before: int) -> list[Block]:
    """The blocks of a page from top to bottom."""
    placed: list[tuple[float, Block]] = []
    found = page.find_tables()
    tables = [table for table in found if len(table.rows) > 1 and len(table.rows[0].cells) > 1][:50]
    for table in tables:
        placed.append((table.bbox[1], Table(tuple(_rows(table, before)))))
    boxes = [table.bbox for table in tables]
    words = page.extract_words(x_tolerance=_tolerance(page), y_tolerance=5)
    outside = [word for word in words if not any(_within(word, box) for box in boxes)]
    lines = gather(outside)
    for first, last, rows in find_columns(lines):
        placed.append(
            (lines[first][0]["top"], Table(tuple(Row(cells, before + 1) for cells in rows), ruled=False))
        )
        lines = [[] if first <= at <= last else line for at, line in enumerate(lines)]
    placed.extend((top, Paragraph(clean(text), before + 1)) for top, text in spaced(lines))
    return [block for _, block in sorted(placed, key=lambda entry: entry[0])]


def _tolerance(page: Any) -> float:
    """How far apart the letters of one word may stand: wide where the file has real spaces between words."""
    spaces = sum(1 for char in page.chars if char["text"] == " ")
    return 4.0 if spaces * 20 > len(page.chars) else 1.5


def _within(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    middle = (word["top"] + word["bottom"]) / 2
    centre = (word["x0"] + word["x1"]) / 2
    return bool(box[0] <= centre <= box[2] and box[1] <= middle <= box[3])


def _rows(table: Any, before: int) -> list[Row]:
    """Cells of a ruled table; a cell merged downwards is repeated in the rows that it covers."""
    texts = table.extract(x_tolerance=_tolerance(table.page), y_tolerance=5)
    rows: list[Row] = []
    above: list[tuple[float, str]] = []
    for at, (row, cells) in enumerate(zip(table.rows, texts, strict=True)):
        bottom = row.bbox[3]
        filled: list[str] = []
        now: list[tuple[float, str]] = []
        for column, (box, text) in enumerate(zip(row.cells, cells, strict=True)):
            value = clean(text or "").strip()
            if box is None and column < len(above) and above[column][0] >= bottom - 2:
                value = above[column][1]
                now.append(above[column])
            else:
                now.append((box[3] if box else 0.0, value))
            filled.append(value)
        above = now
        rows.append(Row(tuple(filled), before + at + 1))
    return rows


def _document(blocks: list[Block]) -> Document:
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    texts += [
        cell for block in blocks if isinstance(block, Table) for row in block.rows for cell in row.cells
    ]
    fixed, encoding = repair_fonts(texts)
    known = dict(zip(texts, fixed, strict=True))
    result: list[Block] = []
    number = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            number += 1
            result.append(Paragraph(known[block.text], number))
            continue
        rows = []
        for row in block.rows:
            number += 1
            rows.append(Row(tuple(known[cell] for cell in row.cells), number))
        result.append(Table(tuple(rows), block.ruled))
    return Document(tuple(result), (f"converted_{encoding}",) if encoding else ())
