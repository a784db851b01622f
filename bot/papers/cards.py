"""Registration cards of one school: a page to print and cut; self-contained, nothing is fetched."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from bot.message import Document
from bot.notices.dates import written_day
from bot.papers.safe import file_name, one_line
from bot.resources import data_path

MIME = "text/html"


@dataclass(frozen=True, slots=True)
class Card:
    name: str
    role: str
    code: str
    link: str = ""  #: opens the chat with the code; "": the picture holds the code itself


def registration_page(unit: str, cluster: str, year: str, cards: Sequence[Card], until: dt.date) -> Document:
    """A4, ten to a page or fewer.  It holds secrets: whoever has a code can register as that person."""
    shown = [
        {
            "name": one_line(card.name, 200),
            "role": one_line(card.role, 200),
            "code": one_line(card.code, 64),
            "link": card.link,
            "qr": qr_code(card.link or card.code),
        }
        for card in cards
    ]
    html = _page().render(
        unit=one_line(unit, 200),
        cluster=one_line(cluster, 200),
        year=year,
        cards=shown,
        until=written_day(until),
    )
    return Document(file_name("phieu dang ky", unit, ending="html"), html.encode("utf-8"), MIME)


def qr_code(text: str) -> Markup:
    """An inline SVG with its quiet zone (ISO/IEC 18004: four modules)."""
    made = segno.make(text, error="m", micro=False)
    return Markup(made.svg_inline(border=4, omitsize=True))  # noqa: S704 - paths only, no text in it


@cache
def _page() -> Template:
    environment = Environment(
        loader=FileSystemLoader(data_path("papers")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("phieu-dang-ky.html")
