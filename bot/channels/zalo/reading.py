"""What a typed line means where there are no buttons: a number of the live list, or a word and a code."""

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.chat.incoming import Incoming
from bot.chat.plain_words import meaning_of
from bot.chat.questions import is_of
from bot.chat.talk import Talk
from bot.chat.typed_buttons import fitting
from bot.cluster import codes
from bot.flows.work import Dialog, Work
from bot.notices.actions import Verb, token
from bot.storage.choices import OpenChoices
from bot.vocabulary import strip_marks

_NUMBER = re.compile(r"(?:so\s*)?(\d{1,3})\s*[.)]?")
_WORD_AND_CODE = re.compile(r"(?P<word>[a-z][a-z ]{0,40}?)\s*(?:buoi\s*)?(?P<code>b\s?\d{1,5})")
#: Short forms of what the buttons of a card say, without marks.
_SHORT = {
    "co": "tham du",
    "du": "tham du",
    "di": "tham du",
    "vang": "vang mat",
    "khong du": "vang mat",
    "doi": "xin doi lich",
    "doi lich": "xin doi lich",
    "xin doi": "xin doi lich",
    "gui": "gui giay moi",
    "giay moi": "gui giay moi",
    "tu choi": "khong dong y",
    "ngay khac": "de nghi ngay khac",
    "rut": "rut de nghi",
    "huy": "huy buoi nay",
}
#: What surely meant a button; any other word counts only where today's card has it.
_LABELS = {
    *_SHORT.values(),
    *("dong y", "nguoi du", "dat gio", "sua gio", "dat phong", "sua phong", "chuong trinh", "de nghi ngay"),
}

NO_LIST = (
    "Số này chưa ứng với lựa chọn nào. Gõ /lich để xem lịch, hoặc gõ rõ việc và mã buổi, "
    "ví dụ: THAM DU B2, VANG B2, DOI B2."
)
_WRITTEN_OUT = "Nếu là giờ hoặc ngày, đề nghị ghi rõ, ví dụ: 8h00, 15/11."
_WHICH = (
    "Có nhiều việc đang chờ với lựa chọn này. Đề nghị gõ số trong danh sách mới nhất, hoặc kèm mã buổi, "
    "ví dụ: THAM DU B2."
)
_UNCERTAIN = (
    "Chưa chắc tin có các lựa chọn mới nhất đã tới. Đề nghị gõ rõ việc và mã buổi, "
    "ví dụ: THAM DU B2, VANG B2, hoặc gõ /lich để mở lại."
)
_TYPED_BEFORE = "Số này gõ trước khi có danh sách mới nhất, nên chưa được tính. Đề nghị xem lại rồi gõ số."
NOT_READ = (
    "Trên Zalo bot chỉ đọc được chữ, chưa nhận được tệp, ảnh và tiếng nói. Đề nghị gõ bằng chữ, "
    "ví dụ: /lich. Tệp kế hoạch, danh sách: nhờ người quản trị nhập."
)
_WELCOME = "Đề nghị gõ mã đăng ký riêng (trên phiếu của trường), hoặc mã của cụm do cụm trưởng thông báo."


def understood(
    work: Work, incoming: Incoming, lists: Sequence[OpenChoices], *, list_is_newer: bool = False
) -> Incoming | str:
    """The same, or the press that it stands for; or a sentence to answer, and nothing is done.

    `lists` are open in this chat, the newest first; `list_is_newer`: it was typed before that one came up.
    Raises NhacLichError like a press does.
    """
    text = incoming.text
    if text is None:
        return NOT_READ
    if not incoming.private or text.lstrip().startswith("/"):
        return incoming
    said = " ".join(strip_marks(text[:200]).casefold().split()).strip(" .!")
    number = _NUMBER.fullmatch(said)
    if number is not None:
        return _TYPED_BEFORE if list_is_newer else _numbered(incoming, int(number[1]), lists)
    incoming = replace(incoming, unread=list_is_newer or not all(one.certain for one in lists[:1]))
    if codes.is_registration_code(text):
        return _code(incoming, text)
    talk = Talk(work, incoming)
    if not talk.people:
        return _stranger(talk, incoming, text)
    press = _spoken(talk, said)
    if press is None and not list_is_newer and meaning_of(text) is None:
        meant = _by_its_words(talk.dialog, text, lists)
        if len(meant) > 1:
            return _WHICH
        press = next(iter(meant), None)
    return replace(incoming, text=None, token=press) if press else incoming


def _numbered(incoming: Incoming, number: int, lists: Sequence[OpenChoices]) -> Incoming | str:
    if not lists:
        return NO_LIST
    live = lists[0]
    if not live.certain:
        return _UNCERTAIN
    if not 1 <= number <= len(live.options):
        return f"Danh sách gần nhất chỉ có số từ 1 đến {len(live.options)}. {_WRITTEN_OUT}"
    return replace(incoming, text=None, token=live.options[number - 1][1])


def _stranger(talk: Talk, incoming: Incoming, text: str) -> Incoming | str:
    if codes.is_join_code(text):
        return _code(incoming, text)
    return incoming if talk.dialog is not None else _WELCOME


def _code(incoming: Incoming, text: str) -> Incoming:
    """A code by itself registers: the link that opens a chat cannot carry one."""
    return replace(incoming, text=f"/start {text.strip()}")


def _by_its_words(dialog: Dialog | None, text: str, lists: Sequence[OpenChoices]) -> set[str]:
    """The tokens of choices whose words were typed as they stand in an open list.

    What an open dialog asks may be answered with any words, also those of its own buttons, as everywhere:
    then only a list that came after it is meant.
    """
    shown = (option for one in lists[: 1 if dialog else None] if one.certain for option in one.options)
    return fitting((one for one in shown if dialog is None or not is_of(dialog, one[1])), text)


def _spoken(talk: Talk, said: str) -> str | None:
    """The token of a button on today's card of that session."""
    found = _WORD_AND_CODE.fullmatch(said)
    if found is None:
        return None
    word = " ".join(found["word"].split())
    label = _SHORT.get(word, word)
    code = found["code"].replace(" ", "").upper()
    for person in talk.people:
        session = talk.work.sessions.by_code(person.cluster_id, code)
        if session is None:
            continue
        message, _ = talk.card(session.id)
        for button in (one for row in message.rows for one in row if one.token):
            if strip_marks(button.label).casefold() == label:
                return button.token
        if label in _LABELS:
            return token(Verb.CARD, session.id)  # today's card, on which no such choice stands
    return None
