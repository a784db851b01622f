"""Cuts Noto Sans down to the letters that the pictures use, into data/fonts.

    pip install fonttools && python scripts/make_fonts.py FOLDER

FOLDER holds NotoSans-Regular.ttf and NotoSans-Bold.ttf, e.g. of Debian's package fonts-noto-core.  Letters
that are added here are added to `_UNKNOWN` in bot/papers/canvas.py too.
"""

import subprocess
import sys
from pathlib import Path

LETTERS = (
    "U+0020-007E,U+00A0-024F,U+0300-0309,U+0323,U+1E00-1EFF,U+2010-2027,U+2030,U+2032,U+2033,U+2039,U+203A,"
    "U+20AB,U+2190-2193,U+2212,U+25CF"
)
TARGET = Path(__file__).parent.parent / "data" / "fonts"


def main() -> None:
    for weight in ("Regular", "Bold"):
        name = f"NotoSans-{weight}.ttf"
        words = [
            str(Path(sys.argv[1]) / name),
            f"--unicodes={LETTERS}",
            "--layout-features=kern,mark,mkmk,ccmp,locl",
        ]
        subprocess.run(["pyftsubset", *words, f"--output-file={TARGET / name}"], check=True)  # noqa: S603, S607


if __name__ == "__main__":
    main()
