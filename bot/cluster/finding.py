"""Who is meant by a name as people type it: "cô Lan", "nguyen thi lan", "Nguyễn Thị Lan, GV lớp 5 tuổi"."""

import re
from collections.abc import Callable, Iterable, Sequence

from bot.cluster.names import tidy
from bot.cluster.people import Person
from bot.vocabulary import fold, strip_marks

_TITLE = re.compile(r"^(?:cô giáo|thầy giáo|cô|thầy|đồng chí|đ/c|bà|ông|chị|anh|em)\s+", re.IGNORECASE)
_GOES = re.compile(
    r"^(?:nhờ|cử|để|thay bằng)?\s*(?P<who>.+?)\s+(?:sẽ\s+)?(?:đi dự|tham dự|đi|dự)?\s*thay"
    r"(?:\s+(?:tôi|em|mình))?$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[,;\n]|\svà\s", re.IGNORECASE)


def find_people(words: str, people: Iterable[Person]) -> list[Person]:
    """Those whom the words can mean; the closest way of writing that fits anybody decides.

    A whole name goes before its end ("Lan"), accents as written before accents left out.
    """
    wanted = without_title(words.partition(",")[0])
    if not wanted:
        return []
    known = list(people)
    ways: Sequence[tuple[Callable[[str], str], bool]] = (
        (fold, True),
        (strip_marks, True),
        (fold, False),
        (strip_marks, False),
    )
    for plain, whole in ways:
        found = [p for p in known if _fits(plain(wanted), plain(p.name), whole=whole)]
        if found:
            return found
    return []


def without_title(words: str) -> str:
    """ "cô Lan" gives "Lan"."""
    return _TITLE.sub("", tidy(words)).strip(" .!")


def said_to_go_instead(words: str) -> str | None:
    """Of "cô Lan đi thay" the words for the person; None where the words say no such thing."""
    found = _GOES.match(tidy(words).strip(" .!"))
    return found["who"] if found and fold(found["who"]) not in ("đi", "dự", "tham dự") else None


def separate(words: str) -> list[str]:
    """Several names in one line: "cô Lan, cô Hoa và cô Mai"."""
    return [one.strip() for one in _SEPARATOR.split(words) if one.strip(" .")]


def _fits(wanted: str, name: str, *, whole: bool) -> bool:
    return name == wanted if whole else name.endswith(f" {wanted}")
