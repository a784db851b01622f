"""Words of a PDF page as lines, and tables without rulings by the white columns between their words."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from bot.plan.layout.columns import head_kinds
from bot.plan.unicode_text import clean

Line = list[dict[str, Any]]
_HEADS = re.compile(
    (
        r"(?<!\w)(?:stt|tt|tháng|ngày|thời gian|đơn vị|trường|địa điểm|nội dung|chuyên đề|thành "
        r"phần|đối tượng|giờ|ghi chú)(?!\w)"
    ),
    re.IGNORECASE,
)
_MAX_SPACES = 150
_MIN_GAP = 2.5  #: points of white between two columns


def gather(words: Sequence[dict[str, Any]]) -> list[Line]:
    """Words that stand on one line, left to right, lines from top to bottom."""
    lines: list[Line] = []
    for word in sorted(words, key=lambda w: (w["bottom"], w["x0"])):
        if lines and abs(word["bottom"] - lines[-1][0]["bottom"]) < 5:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: float(w["x0"])) for line in lines]


def spaced(lines: Sequence[Line]) -> Iterator[tuple[float, str]]:
    """(top, text) of each line; wide gaps become as many spaces as fit, so that columns stay apart."""
    words = [word for line in lines for word in line]
    widths = sorted((w["x1"] - w["x0"]) / max(len(w["text"]), 1) for w in words)
    letter = max(widths[len(widths) // 2], 2.0) if widths else 5.0
    left = min((w["x0"] for w in words), default=0.0)
    for line in lines:
        text, end = "", left
        for word in line:
            column = round((word["x0"] - left) / letter)
            if text and word["x0"] - end > 2.2 * letter:
                text += " " * min(max(3, column - len(text)), _MAX_SPACES)
            else:
                text += " " if text else " " * (min(column, _MAX_SPACES) if column > 3 else 0)
            text += word["text"]
            end = word["x1"]
        if text:
            yield line[0]["top"], text


def _whites(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The white columns that run through all the lines, outer margins left out."""
    spans = sorted((word["x0"], word["x1"]) for line in lines for word in line)
    whites: list[tuple[float, float]] = []
    reach = spans[0][1] if spans else 0.0
    least = max(_MIN_GAP, 1.35 * _space(lines))
    for start, end in spans:
        if start - reach >= least:
            whites.append((reach, start))
        reach = max(reach, end)
    return whites


def _space(lines: Sequence[Line]) -> float:
    """The usual white between two words of one column."""
    gaps = sorted(b["x0"] - a["x1"] for line in lines for a, b in pairwise(line) if b["x0"] > a["x1"])
    return float(gaps[len(gaps) // 4]) if gaps else 0.0


def find_columns(lines: Sequence[Line]) -> Iterator[tuple[int, int, list[tuple[str, ...]]]]:
    """(first line, last line, rows of cells) of each table without rulings; its head is joined into
    the first row.
    """
    at = 0
    while at < len(lines):
        text = " ".join(word["text"] for word in lines[at])
        if len(_HEADS.findall(clean(text))) < 3 or len(text) > 160 or re.search(r"\d|[.;:]", text):
            at += 1
            continue
        last = _last(lines, at)
        rows = _rows(lines[at : last + 1]) if last - at > 1 else []
        if rows:
            yield at, last, rows
        at = last + 1


def _last(lines: Sequence[Line], at: int) -> int:
    """The last line down to which the white columns go on; a line of prose closes most of them at once."""
    last, before = at, len(_whites(lines[at : at + 1]))
    while last + 1 < len(lines) and lines[last + 1] and last - at < 400:
        now = len(_whites(lines[at : last + 2]))
        if now < 2 or (last > at + 1 and 2 * now < before):
            break
        last, before = last + 1, now
    return last


def _close(row: tuple[str, ...], head: tuple[str, ...]) -> tuple[str, ...]:
    """The row without the columns that have no head: chance whites, whose words belong to the column
    before.
    """
    cells: list[str] = []
    for cell, title in zip(row, head, strict=True):
        if title or not cells:
            cells.append(cell)
        else:
            cells[-1] = f"{cells[-1]} {cell}".strip()
    return tuple(cells)


def _rows(lines: Sequence[Line]) -> list[tuple[str, ...]]:
    edges = [(left + right) / 2 for left, right in _whites(lines)]
    rows: list[tuple[str, ...]] = []
    for line in lines:
        cells = [""] * (len(edges) + 1)
        for word in line:
            column = sum(1 for edge in edges if word["x0"] > edge)
            cells[column] = f"{cells[column]} {word['text']}".strip()
        rows.append(tuple(clean(cell) for cell in cells))
    head = rows[0]
    for taken in range(1, min(4, len(rows))):
        if head_kinds(head) is not None and any(re.search(r"\d", cell) for cell in rows[taken]):
            return [_close(row, head) for row in [head, *rows[taken:]]]
        head = tuple(f"{a} {b}".strip() for a, b in zip(head, rows[taken], strict=True))
    return []
