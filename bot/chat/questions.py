"""Which question of a dialog a button stands below.

A finger presses twice, and an earlier question may stand further up with its buttons: a press answers the
question below which it stands, never another one that happens to be open.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.flows.work import Dialog
from bot.notices.actions import Verb

OF_A_DIALOG = (Verb.ANSWER, Verb.BACK, Verb.STOP)
_KEPT = 12  #: questions that `Quay lại` leads back through


def sign(dialog: Dialog) -> str:
    """What the buttons of the open question bear: the dialog's mark, after its first question more."""
    return f"{dialog.mark}{dialog.data.get('question', '')}"


def is_of(dialog: Dialog, token: str) -> bool:
    """Whether this is a button of that dialog, and not one that merely stands below its question."""
    verb, _, rest = token.partition(":")
    return verb in OF_A_DIALOG and rest.startswith(dialog.mark)


def next_question(dialog: Dialog, step: str, data: Mapping[str, Any]) -> Dialog:
    """The dialog at another question, with what is known by then; the way back to the present one is kept."""
    kept = {key: value for key, value in dialog.data.items() if key != "trail"}
    trail = [*dialog.data.get("trail", ()), [dialog.step, kept]][-_KEPT:]
    known = {**kept, **data}
    asked = hashlib.blake2s(json.dumps([step, known]).encode(), digest_size=4).hexdigest()
    return replace(dialog, step=step, data={**known, "question": asked, "trail": trail})


def question_before(dialog: Dialog) -> Dialog | None:
    """The dialog as it was one question ago; None at its first."""
    trail = list(dialog.data.get("trail", ()))
    if not trail:
        return None
    step, data = trail.pop()
    return replace(dialog, step=step, data={**data, "trail": trail})


def at_question(dialog: Dialog, signed: str) -> Dialog | None:
    """The dialog at the question whose buttons bear this: the open one, or one on the way to it."""
    found: Dialog | None = dialog
    while found is not None and sign(found) != signed:
        found = question_before(found)
    return found
