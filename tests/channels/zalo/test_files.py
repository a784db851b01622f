"""What a letter says where the channel cannot send files."""

import io

import docx

from bot.channels.zalo.files import content_as_text
from bot.message import Document

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_equal_figures_of_a_table_stay_and_merged_cells_are_said_once() -> None:
    letter = docx.Document()
    head = letter.add_table(1, 2)
    for cell, words in zip(head.rows[0].cells, ("TRƯỜNG A", "CỘNG HÒA"), strict=True):
        cell.text = words
    table = letter.add_table(2, 4)
    for cell, words in zip(table.rows[0].cells, ("Mầm non A", "3", "3", "0"), strict=True):
        cell.text = words
    table.rows[1].cells[0].merge(table.rows[1].cells[1]).text = "Cả cụm"
    table.rows[1].cells[2].text = "6"
    table.rows[1].cells[3].text = "6"
    file = io.BytesIO()
    letter.save(file)
    said = content_as_text(Document("bao-cao.docx", file.getvalue(), WORD))
    assert "TRƯỜNG A\nCỘNG HÒA" in said
    assert "Mầm non A · 3 · 3 · 0" in said
    assert "Cả cụm · 6 · 6" in said
