"""Any Vietnamese text as NFC Unicode: decomposed accents, special spaces, TCVN3 and VNI fonts, old
code pages.
"""

import re
import unicodedata
from functools import cache

from bot.errors import BadInputError

_TCVN3 = dict(
    zip(
        "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ¡¢§£¤¥¦",
        "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)


@cache
def _vni() -> dict[str, str]:
    pairs: dict[str, str] = {}
    plain = "ùøûõï"
    rows = {
        "a": (plain, "áàảãạ"),
        "e": (plain, "éèẻẽẹ"),
        "o": (plain, "óòỏõọ"),
        "u": (plain, "úùủũụ"),
        "ô": (plain, "ớờởỡợ"),
        "ö": (plain, "ứừửữự"),
    }
    for base, (marks, results) in rows.items():
        pairs.update({base + mark: result for mark, result in zip(marks, results, strict=True)})
    pairs.update({"y" + mark: result for mark, result in zip("ùøûõ", "ýỳỷỹ", strict=True)})
    pairs.update({"a" + mark: result for mark, result in zip("êéèúüë", "ăắằẳẵặ", strict=True)})
    for base, results in (("a", "âấầẩẫậ"), ("e", "êếềểễệ"), ("o", "ôốồổỗộ")):
        pairs.update({base + mark: result for mark, result in zip("âáàåãä", results, strict=True)})
    pairs.update(zip("íìæóòîñôö", "íìỉĩịỵđơư", strict=True))
    upper = {key.upper(): value.upper() for key, value in pairs.items()}
    mixed = {key[0].upper() + key[1:]: value.upper() for key, value in pairs.items() if len(key) == 2}
    return {**pairs, **mixed, **upper}


@cache
def _vni_pattern() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, _vni()), key=len, reverse=True)))


def from_tcvn3(text: str) -> str:
    """Text typed in a TCVN3 (ABC, .VnTime) font, as Unicode."""
    return "".join(_TCVN3.get(letter, letter) for letter in text)


def from_vni(text: str) -> str:
    """Text typed in a VNI font, as Unicode."""
    return _vni_pattern().sub(lambda match: _vni()[match.group()], text)


_COMMON = re.compile(
    r"(?<!\w)(?:kế hoạch|trường|ngày|tháng|sinh hoạt|chuyên môn|của|và|các|thời gian|nội "
    r"dung|mầm non|giáo dục|"
    r"tiểu học|thành phần|năm học|cụm|hiệu trưởng|tổ chức|đơn vị|địa điểm|chuyên đề|mời)(?!\w)",
    re.IGNORECASE,
)
_MODERN = re.compile("[\u1ea0-\u1ef9đĐơƠưƯăĂ]")
_LEGACY = re.compile("[\u00a1-\u00ff]")


def vietnamese_words(text: str) -> int:
    """How many of the genre's commonest words stand in `text`."""
    return len(_COMMON.findall(text))


def _legacy_reader(text: str) -> str | None:
    sample = [line for line in text.split("\n") if _LEGACY.search(line) and not _MODERN.search(line)]
    joined = "\n".join(sample)[:40_000]
    scores = {
        "": vietnamese_words(joined),
        "tcvn3": vietnamese_words(from_tcvn3(joined)),
        "vni": vietnamese_words(from_vni(joined)),
    }
    best = max(scores, key=lambda name: scores[name])
    return best if best and scores[best] >= 3 and scores[best] >= 2 * scores[""] else None


def repair_fonts(lines: list[str]) -> tuple[list[str], str | None]:
    """Converts lines typed in TCVN3 or VNI fonts; the second value names the encoding, None if there
    was none.
    """
    encoding = _legacy_reader("\n".join(lines))
    if encoding is None:
        return lines, None
    convert = from_tcvn3 if encoding == "tcvn3" else from_vni
    return [line if _MODERN.search(line) else convert(line) for line in lines], encoding


_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0e-\x1f\x7f]")
_HYPHENS = re.compile("[\u2010\u2011\u2012\u2212]")


def clean(text: str) -> str:
    """NFC with ordinary spaces and hyphens and without invisible characters; tabs and line ends are kept."""
    text = _HYPHENS.sub("-", _SPACES.sub(" ", text))
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def decode(content: bytes) -> tuple[str, str | None]:
    """The text of a plain file and the name of a legacy encoding, if it had one.

    Raises BadInputError for bytes that are no text in any encoding a Vietnamese office uses.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), None
    if b"\x00" in content[:4096]:
        raise BadInputError(
            "Tệp này không phải văn bản. Hãy gửi kế hoạch dạng .docx, .xlsx, .pdf, .csv, .txt, hoặc "
            "dán chữ vào ô chat.",
            detail="NUL bytes in a text file",
        )
    try:
        return content.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    latin = content.decode("latin-1")
    candidates = {
        "cp1258": unicodedata.normalize("NFC", content.decode("cp1258", errors="replace")),
        "tcvn3": from_tcvn3(latin),
        "vni": from_vni(latin),
        "utf-8": content.decode("utf-8", errors="replace"),
    }
    best = max(candidates, key=lambda name: vietnamese_words(candidates[name][:60_000]))
    if vietnamese_words(candidates[best][:60_000]) < 3:
        raise BadInputError(
            "Không đọc được bảng mã của tệp. Hãy mở tệp, chọn Lưu với bảng mã Unicode (UTF-8) hoặc "
            "lưu thành .docx rồi gửi lại.",
            detail="no known encoding fits",
        )
    return candidates[best], best
