"""What a line in everyday words means, with or without marks: a table, read from above.

Only what shows something, or opens a question that can be left again: nothing is ever decided, sent or
cancelled from words.  What stands in no line of the table gets one helpful sentence.
"""

import re
from enum import StrEnum

from bot.vocabulary import strip_marks

LONGEST = 120  #: letters; longer is a text, and no request


class Meaning(StrEnum):
    """Names of commands, and what is only said in words."""

    SCHEDULE = "lich"  #: rest: a tab, or a month ("11", "nay", "sau", "truoc")
    SESSION = "buoi"  #: rest: its code
    MOVE = "doilich"
    REGISTER = "dangky"
    ME = "toi"
    CHANNEL = "kenh"
    HELP = "trogiup"
    STOP = "huy"
    APPROVALS = "duyet"
    MEMBERS = "thanhvien"
    STATUS = "tinhtrang"
    JOURNAL = "nhatky"  #: rest: the session's code
    HAND_OVER = "ban giao"  #: /toi, where its button is
    NEXT = "next"  #: the next session
    DAYS = "days"  #: rest: "mai", "tuan sau", "8/11"; what takes place then
    ANSWER = "answer"  #: whether I come: the next session to which I am invited, with its buttons
    WHO = "who"  #: who comes to the next session
    COVERS = "covers"  #: who teaches, or looks after the kitchen, for those who go
    GREETING = "greeting"
    NOTED = "noted"  #: "ok" and the like, to whatever was sent last
    THANKS = "thanks"


_I = r"(?:toi|minh|em|co|chi|anh|chau|thay)"
#: What makes a question of a day.
_ASKED = r"(?=.*\b(?:co|phai|di|du|hop|sinh hoat|buoi|lich|gi|may gio|o dau|khong)\b)"
#: What is done to a session, word by word.
_DONE = r"(?:huy|doi|dat|sua|gui|ghi|bo|dung|xem|giay|moi|lich|gio|phong|ngay|chuong|trinh|buoi)"
_MONTH_NAMES = {"gieng": "1", "chap": "12"} | {
    words: str(number)
    for number, words in enumerate(
        ("mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai"), 1
    )
    if words not in ("sau", "nam")  # "tháng sau" is the next one; "năm" is a year
}

_ANY_MONTH = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))

#: (pattern, meaning, what follows: None where it is a group of the pattern)
_TABLE: tuple[tuple[str, Meaning, str | None], ...] = (
    (r"^(?:ok |vang |da )?(?:xin |rat )?(?:cam on|cam ta|thanks?|thank you|tks)\b", Meaning.THANKS, ""),
    (
        r"^(?:(?:xin |kinh )?chao(?: (?:ban|anh|chi|em|co|thay|bot|cac ban))?|hello|alo|hi)$",
        Meaning.GREETING,
        "",
    ),
    (r"^(?:ok|oke|okay|da|da nhan|da nhan duoc|nhan duoc roi|da biet|biet roi)$", Meaning.NOTED, ""),
    (r"^(?:huy|huy bo|thoi|thoi khong|bo qua|thoat|dung lai)$", Meaning.STOP, ""),
    (
        r"^(?:xem |mo )?buoi (?:so |thu )?(\d{1,3})\b(?: the nao| khi nao| o dau| may gio)?$",
        Meaning.SESSION,
        None,
    ),
    (r"^(?:xem |mo )?(?:buoi )?(b\d{1,5})\b(?: the nao| khi nao| o dau| may gio)?$", Meaning.SESSION, None),
    (r"^(?:xem )?nhat ky (?:buoi )?(b\d{1,5})$", Meaning.JOURNAL, None),
    (r"^(?:tro giup|giup(?: do| toi)?|huong dan.*|help|cach (?:dung|su dung).*)$", Meaning.HELP, ""),
    (r"\b(?:lam duoc (?:nhung )?gi|(?:su )?dung (?:the nao|nhu the nao|ra sao))\b", Meaning.HELP, ""),
    (r"\bai (?:con )?chua dang ky\b|^(?:danh sach )?thanh vien|\bma (?:cua )?cum\b", Meaning.MEMBERS, ""),
    (r"^(?:xem )?(?:cho )?duyet\b|\bai (?:dang )?xin dang ky\b", Meaning.APPROVALS, ""),
    (r"^(?:xin |muon |toi muon )?dang ky\b", Meaning.REGISTER, ""),
    (r"\b(?:tinh trang|tinh hinh)\b|\bcon thieu (?:nhung )?gi\b|\bcham (?:viec )?gi\b", Meaning.STATUS, ""),
    (r"^(?:thong tin|du lieu) (?:cua |ve )?(?:toi|minh|em)\b|^toi la ai$|\bxoa thong tin\b", Meaning.ME, ""),
    (
        r"\b(?:doi|chuyen|chon|them) kenh\b|^kenh\b|\bnhan (?:tin |lich )?qua (?:zalo|telegram)\b",
        Meaning.CHANNEL,
        "",
    ),
    (r"^(?:toi |xin |muon )?ban giao\b|^(?:toi )?(?:nghi huu|chuyen truong)\b", Meaning.HAND_OVER, ""),
    # Asked whether something has moved: the schedule says so.
    (r"\b(?:lich|buoi|ngay)\b.*\b(?:doi|hoan|chuyen|lui)\b.*\b(?:khong|chua)$", Meaning.SCHEDULE, "sap"),
    (r"\b(?:da|co) (?:bi )?(?:doi|hoan|chuyen|lui)\b.*\b(?:khong|chua)$", Meaning.SCHEDULE, "sap"),
    (r"\b(?:doi|hoan|lui|chuyen) (?:lai )?(?:sang )?(?:lich|ngay|buoi)\b", Meaning.MOVE, ""),
    (r"^(?:xin|muon|de nghi|can) (?:doi|hoan|lui|chuyen)\b|\btrung lich\b", Meaning.MOVE, ""),
    (
        r"\btruong (?:toi|minh|em|ta|chung toi) (?:co viec |dang |bi )?(?:ban|trung|vuong|ket)\b",
        Meaning.MOVE,
        "",
    ),
    (r"\b(?:ai|nguoi) (?:se |da )?(?:day|dung lop) (?:thay|ho|giup)\b", Meaning.COVERS, ""),
    (r"\b(?:ai|nguoi) (?:se |da )?trong (?:bep|lop)\b", Meaning.COVERS, ""),
    (r"\bdanh sach (?:ai|nguoi|nhung nguoi|tham|du|di)\b", Meaning.WHO, ""),
    (r"\bai (?:se |da )?(?:di|du|tham du|den|vang|tra loi|chua tra loi)\b", Meaning.WHO, ""),
    (r"\b(?:bao nhieu|may) nguoi (?:di|du|tham du|vang)\b", Meaning.WHO, ""),
    (
        rf"^{_ASKED}.*\b(hom nay|(?:ngay|sang|chieu) mai|ngay kia|tuan (?:nay|sau|toi))\b"
        r"|^(hom nay|ngay mai|tuan (?:nay|sau|toi))$",
        Meaning.DAYS,
        None,
    ),
    (rf"^{_ASKED}(mai)\b", Meaning.DAYS, None),
    (rf"^{_ASKED}.*\bngay (\d{{1,2}}/\d{{1,2}}(?:/\d{{4}})?)(?!\S)", Meaning.DAYS, None),
    (rf"\b{_I} (?:co )?(?:phai|can|duoc moi|nam trong|co ten)\b", Meaning.SCHEDULE, "toi"),
    (rf"\bco (?:moi|ten) {_I}\b|\bmoi {_I} (?:khong|buoi nao)\b", Meaning.SCHEDULE, "toi"),
    (
        rf"\b(?:lich|buoi)(?: nao)? (?:cua|co) {_I}\b|^{_I} (?:di|du) (?:nhung )?buoi nao\b",
        Meaning.SCHEDULE,
        "toi",
    ),
    (r"\btruong (?:toi|minh|em|ta|chung toi)\b", Meaning.SCHEDULE, "truong"),
    (r"\b(?:lich|ke hoach|buoi|sinh hoat|chuyen de)\b.*\bca nam\b|^ca nam\b", Meaning.SCHEDULE, "nam"),
    (r"\blich nam(?: hoc)?\b|\btoan bo lich\b", Meaning.SCHEDULE, "nam"),
    (r"\bthang (\d{1,2})\b", Meaning.SCHEDULE, None),
    (rf"\bthang ({_ANY_MONTH})\b", Meaning.SCHEDULE, None),
    (r"\bthang (nay|sau|toi|truoc)\b", Meaning.SCHEDULE, None),
    (r"\b(?:buoi|lan|dot) (?:toi|sau|tiep|sap toi|ke tiep|gan nhat|sap dien ra)\b", Meaning.NEXT, ""),
    (
        r"\b(?:khi nao|bao gio|hom nao|ngay nao)\b.*\b(?:hop|sinh hoat|du gio|chuyen de|buoi)\b",
        Meaning.NEXT,
        "",
    ),
    (
        r"\b(?:hop|sinh hoat|du gio|buoi)\b.*\b(?:khi nao|bao gio|hom nao|ngay nao|may gio|o dau)\b",
        Meaning.NEXT,
        "",
    ),
    (r"^(?:khi nao|bao gio|may gio|o dau|dia diem)\b", Meaning.NEXT, ""),
    (r"\b(?:xin|bao) (?:phep )?(?:vang|nghi)\b|^vang(?: mat)?$", Meaning.ANSWER, ""),
    (r"\bkhong (?:di|du|den|tham du) duoc\b|\b(?:khong|se|co) (?:the )?tham du\b", Meaning.ANSWER, ""),
    (
        r"^(?:toi )?(?:tham du|du|di|co di|se di|di duoc)$|^(?:tra loi|bao) (?:giay moi|loi moi|tham du)\b",
        Meaning.ANSWER,
        "",
    ),
    (r"^(?:xem |cho xem |gui |xin |co )?(?:lai )?(?:lich|ke hoach)\b", Meaning.SCHEDULE, "sap"),
    (r"\blich (?:cum|sinh hoat|hop|the nao|ra sao|dau|chua)\b", Meaning.SCHEDULE, "sap"),
    (r"\bsap toi (?:co|la) (?:gi|buoi|lich|hop)\b", Meaning.SCHEDULE, "sap"),
    # Whatever is wanted of a session that is named, its card has the button.
    (
        rf"^(?:{_DONE} )+(b\d{{1,5}})$",
        Meaning.SESSION,
        None,
    ),
)
_COMPILED = tuple((re.compile(pattern), meaning, rest) for pattern, meaning, rest in _TABLE)
#: Said out of politeness, before and after what is meant.
_POLITE = re.compile(
    r"^(?:(?:da|vang|em|toi|cho|thua|kinh|bot|nhac lich|oi|a|xin hoi|hoi|lam on|chao (?:bot|ban|anh|chi)) )+"
    r"|(?: (?:a|nhe|nha|voi|di a|duoc khong a|bot oi|oi|em|ban|nhi|the|vay|day|nao))+$"
)


def meaning_of(text: str) -> tuple[Meaning, str] | None:
    """What is meant, and what of; None where nothing is."""
    said = " ".join(re.sub(r"[.,!?…:;\"“”]+", " ", strip_marks(text[: LONGEST + 1])).casefold().split())
    if len(text.strip()) > LONGEST:  # a whole plan, told by somebody who cannot hand one in
        return (Meaning.SCHEDULE, "sap") if said.startswith("lich ") else None
    for words in dict.fromkeys((said, _POLITE.sub("", _POLITE.sub("", said)))):
        for pattern, meaning, rest in _COMPILED:
            if (match := pattern.search(words)) is not None:
                return meaning, _what(match) if rest is None else rest
    return None


def _what(match: re.Match[str]) -> str:
    found = next(group for group in match.groups() if group)
    return _MONTH_NAMES.get(found, "sau" if found == "toi" else found)
