"""Every paper of the sample year: its words (goldens; `GOLDEN=write` writes them anew), and its PDF."""

import io
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import docx
import pdfplumber
import pytest
from docx.table import Table
from pdfplumber.page import Page

from bot.message import Document
from tests.flows.papers.year import papers_of_the_year
from tests.long import only_deep

GOLDEN = Path(__file__).parent / "golden"
#: Pages in LibreOffice's PDF.
PAGES = {
    "giay-moi-b1": 1,
    "giay-moi-b2": 1,
    "giay-moi-b3": 1,
    "giay-moi-b4": 1,
    "cong-van-b2": 1,
    "thong-bao-b2": 1,
    "bao-cao": 2,
    "lich": 1,
    "danh-sach-b2": 2,
}
LISTS = ("lich", "danh-sach-b2")
MILLIMETRE = 72 / 25.4  #: in points


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Document]:
    return papers_of_the_year(tmp_path_factory.mktemp("year"))


def words(content: bytes) -> str:
    """One line a paragraph; the cells of a row side by side."""
    lines = []
    for block in docx.Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(block, Table):
            lines += [" | ".join(cell.text.replace("\n", " / ") for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(line.replace("\u00a0", " ").rstrip() for line in lines if line.strip()) + "\n"


@pytest.mark.parametrize("name", [name for name in PAGES if name not in LISTS])
def test_the_words(papers: Mapping[str, Document], name: str) -> None:
    said, file = words(papers[name].content), GOLDEN / f"{name}.txt"
    if os.environ.get("GOLDEN") == "write":
        file.write_text(said, "utf-8")
    assert said == file.read_text("utf-8")


@only_deep("LibreOffice")
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_the_pdfs(papers: Mapping[str, Document], tmp_path: Path) -> None:
    """Opened without repair; pages, paper, margins and the two heads as NĐ 30/2020 has them."""
    files = []
    for name, paper in papers.items():
        file = tmp_path / f"{name}.{paper.name.rpartition('.')[2]}"
        file.write_bytes(paper.content)
        files.append(str(file))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = {}
    for name in PAGES:
        with pdfplumber.open(tmp_path / f"{name}.pdf") as pdf:
            pages[name] = len(pdf.pages)
            _looks_right(pdf.pages[0], letter=name not in LISTS)
    assert pages == PAGES


def _looks_right(page: Page, *, letter: bool) -> None:
    assert sorted((round(page.width), round(page.height))) == [595, 842]  # A4
    found = page.extract_words()
    left, right = (29, 14) if letter else (10, 9)
    assert min(word["x0"] for word in found) >= left * MILLIMETRE
    assert max(word["x1"] for word in found) <= page.width - right * MILLIMETRE
    if letter:
        nation = next(word for word in found if word["text"] == "CỘNG")
        school = next(word for word in found if word["text"] == "TRƯỜNG")
        assert school["x0"] < nation["x0"]
        assert nation["top"] < 30 * MILLIMETRE
