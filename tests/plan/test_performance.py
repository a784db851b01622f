"""A plan of 200 sessions in a .docx of 5 MB is read within 2 s and 200 MB."""

import contextlib
import io
import random
import time
import tracemalloc
import zipfile
from datetime import date, timedelta

import docx

from bot.errors import BadInputError
from bot.plan.reader import read_plan, read_text

SESSIONS = 200


def big_plan() -> bytes:
    paper = docx.Document()
    paper.add_paragraph("KẾ HOẠCH")
    paper.add_paragraph("Sinh hoạt chuyên môn cụm trường An Tiến")
    paper.add_paragraph("Năm học 2023-2024")
    paper.add_paragraph("Cụm gồm 4 trường: MN Sao Sáng, MN Bát Trang, MN Trường Thọ, MN An Tiến.")
    table = paper.add_table(rows=0, cols=4)
    rows = [("Thời gian", "Đơn vị đăng cai", "Nội dung", "Thành phần dự")]
    day = date(2023, 9, 5)
    for number in range(SESSIONS):
        day += timedelta(days=1)
        school = ("Sao Sáng", "Bát Trang", "Trường Thọ", "An Tiến")[number % 4]
        rows.append((f"{day:%d/%m/%Y}", f"MN {school}", f"Chuyên đề số {number}", "HT, PHTCM, 02 GV/trường"))
    for values in rows:
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = value
    plain, padded = io.BytesIO(), io.BytesIO()
    paper.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(padded, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("word/media/image1.png", random.Random(1).randbytes(5 * 1024 * 1024))
    return padded.getvalue()


def test_a_large_plan_is_read_quickly_and_in_little_memory() -> None:
    content = big_plan()
    assert len(content) > 5 * 1024 * 1024
    began = time.process_time()
    reading = read_plan("kế hoạch.docx", content)
    seconds = time.process_time() - began
    assert len(reading.sessions) == SESSIONS
    assert len({session.date for session in reading.sessions}) == SESSIONS
    assert seconds < 2.0
    tracemalloc.start()
    read_plan("kế hoạch.docx", content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200 * 1024 * 1024


def test_long_lines_do_not_make_a_pattern_run_wild() -> None:
    head = "KẾ HOẠCH\n12/10/2023 MN Sao Mai: thi. HT, "
    for word in (
        "a ",
        " ",
        "1 ",
        "1" + " " * 90,
        "12/10/2023 - ",
        "ngày 1 tháng ",
        "tháng 1 - ",
        "\t",
        "(",
        "a, ",
        "trường MN ",
        "cụm ",
        "mời trước ",
        "HT, ",
        "( ",
        "1/1 ",
        "thứ ",
        "MN A ",
    ):
        began = time.process_time()
        with contextlib.suppress(BadInputError):
            read_text(head + word * (19_000 // len(word)))
        assert time.process_time() - began < 3.0, word
