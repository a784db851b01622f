"""Where the data files are: `data/` at the top of a checkout, `bot/data` inside an installed wheel."""

from functools import cache
from pathlib import Path


@cache
def data_root() -> Path:
    here = Path(__file__).resolve().parent
    for candidate in (here / "data", here.parent / "data"):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError("the data folder is missing: the package was not installed whole")


def data_path(*parts: str) -> Path:
    """The path of a file under `data/`, e.g. ``data_path("texts", "invitation.txt")``."""
    return data_root().joinpath(*parts)
