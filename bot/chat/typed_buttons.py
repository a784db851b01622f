"""A button that was typed instead of pressed: which one is meant, the same on every channel."""

import re
from collections.abc import Callable, Iterable

from bot.chat.questions import is_of
from bot.flows.work import Dialog
from bot.message import Message
from bot.vocabulary import fold, strip_marks

LONGEST = 80  #: letters; nothing longer stands on a button
CONFIRM = "Xác nhận"
#: Said where a question asks for `Xác nhận`.  "dung" without marks may be "đừng".
_AGREED = frozenset({"đồng ý", "dong y", "đúng", "đúng rồi", "ok"})
#: What is typed of "Xong (4 người)" and of "Xác nhận: nghỉ, chuyển trường".
_BEGINNING = re.compile(rf"({CONFIRM}|Xong)(?=:| \()")
_AROUND = " .!?◀▶"


def fitting(options: Iterable[tuple[str, str]], typed: str) -> set[str]:
    """The tokens of those options, as (label, token), on which these words stand.

    Marks as written go before marks left out: "Lân" is not "Lan" where both may be chosen.
    """
    if len(typed) > LONGEST:
        return set()
    shown = list(options)
    for plain in (fold, strip_marks):
        said = _bare(typed, plain)
        found = {token for label, token in shown if said and said in _sayings(label, plain)}
        if found:
            return found
    return set()


def typed_buttons(question: Message, dialog: Dialog, typed: str) -> set[str]:
    """The tokens of those buttons of a dialog's question that may be meant; none: an answer in words."""
    buttons = [one for row in question.rows for one in row if one.token and is_of(dialog, one.token)]
    options = [(one.label, one.token) for one in buttons]
    found = fitting(options, typed)
    return fitting(options, CONFIRM) if not found and _bare(typed, fold) in _AGREED else found


def assents(typed: str) -> bool:
    """Whether the words may be an answer to anything that was said last."""
    return _bare(typed, fold) in _AGREED or _bare(typed, strip_marks) == strip_marks(CONFIRM)


def _sayings(label: str, plain: Callable[[str], str]) -> set[str]:
    beginning = _BEGINNING.match(label)
    return {_bare(label, plain)} | ({plain(beginning[1])} if beginning else set())


def _bare(words: str, plain: Callable[[str], str]) -> str:
    return plain(words).strip(_AROUND)
