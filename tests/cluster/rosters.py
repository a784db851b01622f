"""Rosters to read: the sample as it lies there, single lines below a heading, workbooks."""

import io
from collections.abc import Sequence

import openpyxl
import pytest

from bot.cluster.roster import RosterError, RosterRow, read_roster
from tests.cluster.sample import ROSTER, UNITS

GOOD = ROSTER.read_bytes()
TEXT = GOOD.decode("utf-8-sig")
HEAD = "Họ và tên,Chức vụ,Đơn vị,Ghi chú\n"


def errors_of(content: bytes | str) -> list[str]:
    with pytest.raises(RosterError) as caught:
        read_roster(content.encode() if isinstance(content, str) else content, UNITS)
    assert "chưa nhập dòng nào" in str(caught.value)
    return [error.text() for error in caught.value.errors]


def one(line: str, head: str = HEAD) -> RosterRow:
    [row] = read_roster((head + line).encode(), UNITS)
    return row


def sheet(rows: Sequence[Sequence[object]], title: str = "Danh sách") -> bytes:
    book = openpyxl.Workbook()
    active = book.active
    assert active is not None
    active.title = title
    for row in rows:
        active.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
