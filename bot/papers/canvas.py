"""A sheet to draw on: A4 upright, with a font that has every Vietnamese letter."""

import io
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

from bot.papers.safe import one_line
from bot.resources import data_path

WIDTH, HEIGHT = 1240, 1754  #: pixels: A4 at 150 dots an inch, and 390 wide on a phone still to be read
MIME = "image/png"
WORDS = "Description"  #: the keyword of the text in a picture

PAPER, CARD, INK, SOFT, LINE = "#F6F4EE", "#FFFFFF", "#1D2A2C", "#5C6B6D", "#DDD9CE"
ACCENT, ACCENT_SOFT = "#0E5A5E", "#DCECEA"
REST, FEAST, FEAST_INK = "#A5A59B", "#FBE3D8", "#A8341D"
WARN, WARN_INK = "#FCEBC5", "#7A5200"

#: What the font of `data/fonts` was cut down to (scripts/make_fonts.py); anything else would be an empty box.
_UNKNOWN = re.compile(
    r"[^\u0020-\u007e\u00a0-\u024f\u1e00-\u1eff\u2010-\u2027\u2039\u203a\u2190-\u2193\u2212]"
)


@cache
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    path = data_path("fonts", f"NotoSans-{'Bold' if bold else 'Regular'}.ttf")
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@dataclass(frozen=True, slots=True)
class Style:
    size: int  #: pixels
    bold: bool = False
    ink: str = INK

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        return font(self.size, bold=self.bold)

    @property
    def line(self) -> int:
        """From one line to the next."""
        return round(self.size * 1.36)


class Sheet:
    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        self._image = Image.new("RGB", (width, height), PAPER)
        self._draw = ImageDraw.Draw(self._image)

    def box(self, x: float, y: float, width: float, height: float, fill: str, *, radius: int = 0) -> None:
        self._draw.rounded_rectangle((x, y, x + width, y + height), radius, fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        self._draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)

    def rule(self, x: float, y: float, width: float, ink: str = LINE, thick: int = 2) -> None:
        self._draw.line((x, y, x + width, y), fill=ink, width=thick)

    def text(self, x: float, y: float, words: str, style: Style, anchor: str = "la") -> None:
        """`anchor` as Pillow has it: "la" from the top left, "ma" centred, "mm" around the point."""
        self._draw.text((x, y), clean(words), font=style.font, fill=style.ink, anchor=anchor)

    def lines(self, x: float, y: float, lines: list[str], style: Style) -> float:
        """Returns where the next line would stand."""
        for words in lines:
            self.text(x, y, words, style)
            y += style.line
        return y

    def png(self, words: str) -> bytes:
        """`words`: what the picture says, for whoever cannot see it; kept in the file (PNG, iTXt)."""
        held, about = io.BytesIO(), PngImagePlugin.PngInfo()
        about.add_itxt(WORDS, words)
        self._image.save(held, "PNG", compress_level=6, dpi=(150, 150), pnginfo=about)
        return held.getvalue()


def clean(words: str) -> str:
    """One line of letters that the font has."""
    return _UNKNOWN.sub("", unicodedata.normalize("NFC", one_line(words, 2000))).strip()


def width_of(words: str, style: Style) -> float:
    return style.font.getlength(clean(words))


def wrapped(words: str, style: Style, width: float, most: int) -> list[str]:
    """At most `most` lines, none wider than `width`; what does not fit ends in an ellipsis."""
    made: list[list[str]] = [[]]
    space, here = _length(" ", style), 0.0
    for word in clean(words).split():
        long = _length(word, style)
        if made[-1] and here + space + long > width:
            if len(made) == most:
                made[-1].append("…")
                break
            made.append([])
            here = 0.0
        here += long + (space if made[-1] else 0)
        made[-1].append(word)
    return [_fitted(" ".join(line).replace(" …", "…"), style, width) for line in made if line]


@lru_cache(maxsize=20_000)
def _length(word: str, style: Style) -> float:
    """Measuring is what takes the time: the same words are measured in many sizes."""
    return style.font.getlength(word)


def _fitted(line: str, style: Style, width: float) -> str:
    if _length(line, style) <= width:
        return line
    line = line.removesuffix("…")
    fits, over = 0, len(line)  # letters
    while over - fits > 1:
        middle = (fits + over) // 2
        if style.font.getlength(line[:middle] + "…") <= width:
            fits = middle
        else:
            over = middle
    return line[:fits].rstrip(" ,;") + "…"
