"""Roles with their spellings, and the folding under which names and typed words are compared."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from bot.resources import data_path


@dataclass(frozen=True, slots=True)
class Role:
    """One post or body of data/roles.toml.

    `names` are spellings read in any case, `exact` those read only as written ("KT" but not "kt").
    `kind` is "role" (people of a school), "lead" (of the cluster) or "authority".
    """

    id: str
    vi: str
    kind: str
    names: tuple[str, ...]
    exact: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A role found in a text: `text[start:end]` is its spelling."""

    role: str
    start: int
    end: int


_TONE_PAIRS = {
    f"{first}{second}": f"{marked}{plain}"
    for first, marks in (("o", "òóỏõọ"), ("u", "ùúủũụ"))
    for plain, seconds in (("a", "àáảãạ"), ("e", "èéẻẽẹ"), ("y", "ỳýỷỹỵ"))
    for marked, second in zip(marks, seconds, strict=True)
    if (first == "u") == (plain == "y")
}
_TONE = re.compile(r"(?<![qQ])(" + "|".join(_TONE_PAIRS) + r")(?!\w)", re.IGNORECASE)


def place_tones(text: str) -> str:
    """Writes old tone placement the new way ("hoà", "thuỷ" become "hòa", "thủy"); length stays the same."""

    def swap(match: re.Match[str]) -> str:
        found = match.group(1)
        pair = _TONE_PAIRS.get(found.lower(), found.lower())
        return "".join(new.upper() if old.isupper() else new for old, new in zip(found, pair, strict=True))

    return _TONE.sub(swap, text)


@lru_cache(8192)
def fold(text: str) -> str:
    """For comparing: NFC, one tone placement, caseless, single spaces."""
    plain = place_tones(unicodedata.normalize("NFC", text)).casefold()
    return re.sub(r"\s+", " ", plain).strip()


_SCHOOL_WORDS = (
    r"(?:các|cụm|chuyên môn|liên trường|trường|mầm non|mẫu giáo|tiểu học|trung học cơ sở|phổ thông|dân tộc|"
    r"bán trú|nội trú|tư thục|công lập|mn|mg|mgtt|mntt|thcs|th ?& ?thcs|th ?- ?thcs|th|ptdtbt|ptdtnt|"
    r"thpt|đơn vị|tr\.?)"
)
_SCHOOL_HEAD = re.compile(rf"^{_SCHOOL_WORDS}(?![\w&])[\s.,:&-]*", re.IGNORECASE)


def short_name(text: str) -> str:
    """A school or cluster name, as written, without the words that say what kind of thing it is.

    "Trường Mầm non Sao Sáng" and "MN Sao Sáng" give "Sao Sáng"; "Trường Thọ", a name that begins with one of
    the words, stays whole, and so does a text that consists of nothing else.
    """
    name = re.sub(r"[\"“”'‘’«»()\s]+", " ", unicodedata.normalize("NFC", text)).strip(" .,;:-–")
    while match := _SCHOOL_HEAD.match(name):
        rest = name[match.end() :].strip()
        lone = " " not in rest and not rest.isdigit()
        if not rest or (match.group().strip().casefold() == "trường" and lone):
            break
        name = rest
    return name


def fold_name(text: str) -> str:
    """`short_name` folded: what two spellings of one school have in common."""
    return fold(short_name(text))


def strip_marks(text: str) -> str:
    """Lower case without diacritics ("Thứ Tư" gives "thu tu"), for chat input typed without them."""
    decomposed = unicodedata.normalize("NFD", fold(text).replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


@cache
def _data() -> dict[str, object]:
    return tomllib.loads(data_path("roles.toml").read_text(encoding="utf-8"))


@cache
def roles() -> Mapping[str, Role]:
    """All roles of data/roles.toml by id."""
    raw = _data()["role"]
    assert isinstance(raw, list)
    by_id = {entry["id"]: entry for entry in raw}
    found: dict[str, Role] = {}
    for entry in raw:
        names = list(entry.get("spellings", []))
        if "of" in entry:
            base = by_id[entry["of"]]
            names += [
                f"{stem} {tail}"
                for stem in [*base["spellings"], *base.get("exact", [])]
                for tail in entry["tails"]
            ]
        if "before" in entry:
            bodies = by_id[entry["before"]]["spellings"]
            names += [f"{head} {body}" for head in entry["heads"] for body in bodies]
        found[entry["id"]] = Role(
            id=entry["id"],
            vi=entry["vi"],
            kind=entry["kind"],
            names=tuple(dict.fromkeys([*names, entry["vi"]])),
            exact=tuple(entry.get("exact", ())),
            includes=tuple(entry.get("includes", ())),
        )
    return MappingProxyType(found)


@cache
def qualifier_words() -> Mapping[str, str]:
    """Abbreviations that follow a role, written out ("MG" is "mẫu giáo")."""
    raw = _data()["qualifiers"]
    assert isinstance(raw, dict)
    return MappingProxyType(dict(raw))


@cache
def expand(role_id: str) -> frozenset[str]:
    """All role ids reached through `includes`, itself included.  An unknown id gives itself only."""
    reached, waiting = {role_id}, [role_id]
    while waiting:
        role = roles().get(waiting.pop())
        for inner in role.includes if role else ():
            if inner not in reached:
                reached.add(inner)
                waiting.append(inner)
    return frozenset(reached)


_FILLER = " .-–&\u2011"


def _key(spelling: str) -> str:
    return "".join(c for c in fold(spelling) if c not in _FILLER)


@cache
def _spellings() -> tuple[Mapping[str, str], Mapping[str, str], frozenset[str]]:
    """Keys without filler → role id; exact spellings → role id; every beginning of a key."""
    loose = {_key(name): role.id for role in roles().values() for name in role.names}
    exact = {name: role.id for role in roles().values() for name in role.exact}
    starts = {key[:size] for key in loose for size in range(1, len(key) + 1)}
    return MappingProxyType(loose), MappingProxyType(exact), frozenset(starts)


def _mention_at(text: str, lower: str, start: int) -> Mention | None:
    loose, exact, starts = _spellings()
    best: Mention | None = None
    key, size = "", len(text)
    for at in range(start, size):
        letter = lower[at]
        if letter in _FILLER:
            continue
        key += letter
        if key not in starts:
            break
        if key in loose and not (at + 1 < size and (text[at + 1].isalnum() or text[at + 1] == "_")):
            best = Mention(loose[key], start, at + 1)
    if best is None:
        word = re.match(r"\w+", text[start : start + 8])
        if word and word.group() in exact:
            best = Mention(exact[word.group()], start, start + word.end())
    return best


def find_mentions(text: str) -> list[Mention]:
    """Every role spelled in `text`, the longest spelling first, left to right, without overlaps."""
    text = place_tones(text)
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    found: list[Mention] = []
    for word in re.finditer(r"\d+|[^\W\d]\w*", text):
        if found and word.start() < found[-1].end:
            continue
        mention = _mention_at(text, lower, word.start())
        if mention:
            found.append(mention)
    return found


def find_role(text: str) -> tuple[str, str | None] | None:
    """Reads a roster post: "TTCM mẫu giáo" gives ("TTCM", "mẫu giáo"); None for a post nobody knows."""
    clean = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip(" .,;")
    found = find_mentions(clean)
    if not found or found[0].start != 0:
        return None
    rest = clean[found[0].end :].strip(" .,;:-–()")
    return found[0].role, expand_qualifier(rest) or None


_AGES = {"mầm": "3-4", "chồi": "4-5", "lá": "5-6"}  #: southern names of the kindergarten classes


def expand_qualifier(text: str) -> str:
    """Writes out the abbreviations of a qualifier: "khối MG" gives "khối mẫu giáo"."""
    words = " ".join(qualifier_words().get(word, word) for word in text.split())
    return re.sub(
        r"(?i)(?<=(?:lớp|hối) )(mầm|chồi|lá)(?!\w)(?!\s*\()",
        lambda match: f"{match.group()} ({_AGES[match.group().lower()]} tuổi)",
        words,
    )
