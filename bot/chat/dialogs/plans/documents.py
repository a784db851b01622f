"""A document of the cluster, handed in by the lead or the clerk: its doubts are asked, then it is shown.

Nothing is stored before `Xác nhận`.  What was read stands in the dialog's row with the answers in it.
"""

import re

from bot.chat.dialogs.people.managing import manager_for
from bot.chat.dialogs.plans import letters
from bot.chat.dialogs.plans.plan_pages import plan_pages
from bot.chat.dialogs.step import Step
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.cluster.people import Person
from bot.errors import BadInputError
from bot.flows.plans import letters_in
from bot.flows.plans.doubts import Known, Question, questions
from bot.flows.plans.importing import import_plan
from bot.flows.plans.kept_reading import pack, unpack
from bot.flows.plans.letters_in import LETTERS
from bot.flows.plans.previewing import NO_PAPER_OF_OURS, PLANS, known, preview, require_own
from bot.flows.plans.recall import recalled
from bot.flows.plans.settling import settle
from bot.flows.work import Dialog
from bot.message import Button, Message
from bot.notices.cards import Rows
from bot.plan.reading import PlanReading

NAME = "documents"
_PRESSED = re.compile(r"([cp])(\d{1,9})")
_MANY = 3  #: longer labels of so many choices still stand one in a row


def begin(talk: Talk, name: str, reading: PlanReading) -> Reaction:
    """Raises NotAllowedError, BadInputError (another cluster's, no paper of ours, no such session)."""
    manager = manager_for(talk, reading)
    reading = letters_in.as_correction(reading)
    if reading.doc_type in LETTERS:
        letters_in.candidates(talk.work, _of_ours(talk, reading, manager), manager)
    elif reading.doc_type in PLANS and reading.sessions:
        require_own(talk.work, reading, manager)
        reading = recalled(talk.work, reading)
    else:
        raise BadInputError(_refusal(reading))
    step, known_by_then = _step_for(talk, reading, manager)
    dialog = talk.begin(NAME, step, name=name[:200], reading=pack(reading), asked=0, **known_by_then)
    return talk.respond(STEPS[step].ask(talk, dialog))


def _of_ours(talk: Talk, reading: PlanReading, manager: Person) -> PlanReading:
    """A letter may word the cluster's name freely; only one that is another cluster's is refused."""
    if reading.cluster and talk.work.people.find_cluster(reading.cluster) is not None:
        require_own(talk.work, reading, manager)
    return reading


def _refusal(reading: PlanReading) -> str:
    if reading.doc_type in PLANS:
        return "Không thấy buổi sinh hoạt nào trong văn bản. Đề nghị kiểm tra lại bảng kế hoạch."
    return NO_PAPER_OF_OURS


def _step_for(talk: Talk, reading: PlanReading, manager: Person) -> tuple[str, dict[str, int]]:
    """The next question, and what the dialog has to know for it."""
    if questions(reading, _known(talk, reading, manager)):
        return "doubt", {}
    if reading.doc_type in PLANS:
        return "plan", {}
    return letters.first_step(talk, reading, manager)


def _known(talk: Talk, reading: PlanReading, manager: Person) -> Known:
    return known(talk.work, reading, manager)


# What is doubtful, one question after another


def _ask_doubt(talk: Talk, dialog: Dialog) -> Message:
    reading, open_questions = _open(talk, dialog)
    question = open_questions[0]
    rows = (*_choice_rows(dialog, question), way_out(dialog))
    asked = int(dialog.data.get("asked", 0))
    session = reading.sessions[question.session] if question.session is not None else None
    single = reading.doc_type in LETTERS
    return words(
        "doubt_ask",
        rows,
        q=question,
        number=asked + 1,
        total=asked + len(open_questions),
        session=session,
        place=None if single or question.session is None else question.session + 1,
    )


def _choice_rows(dialog: Dialog, question: Question) -> Rows:
    buttons = [choice(dialog, label, f"c{at}") for at, label in enumerate(question.choices)]
    if len(buttons) <= _MANY or any(len(button.label) > 16 for button in buttons):
        return tuple((button,) for button in buttons)
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def _take_doubt(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    reading, open_questions = _open(talk, dialog)
    manager = manager_for(talk, reading)
    question = open_questions[0]
    pressed = _number(said, "c")
    if pressed is not None and pressed < len(question.choices):
        said = question.choices[pressed]
    about = _known(talk, reading, manager)
    deadline = talk.work.workdays(manager.cluster_id).deadline
    reading = settle(reading, question, said, about, deadline)
    step, known_by_then = _step_for(talk, reading, manager)
    asked = int(dialog.data.get("asked", 0)) + 1
    dialog = talk.advance(dialog, step, reading=pack(reading), asked=asked, **known_by_then)
    return talk.respond(STEPS[step].ask(talk, dialog))


def _open(talk: Talk, dialog: Dialog) -> tuple[PlanReading, list[Question]]:
    reading = unpack(dialog.data["reading"])
    found = questions(reading, _known(talk, reading, manager_for(talk, reading)))
    if not found:
        raise BadInputError("Câu này đã trả lời. Đề nghị gửi lại tệp để xem lại.")
    return reading, found


# A plan


def _ask_plan(talk: Talk, dialog: Dialog) -> Message:
    return _plan_page(talk, dialog, 0)


def _plan_page(talk: Talk, dialog: Dialog, number: int) -> Message:
    reading = unpack(dialog.data["reading"])
    manager = manager_for(talk, reading)
    what = preview(talk.work, reading)
    made = plan_pages(what, _known(talk, reading, manager))
    number = min(number, len(made) - 1)
    turning: list[Button] = []
    if number > 0:
        turning.append(choice(dialog, f"◀ Trang {number}", f"p{number - 1}"))
    if number + 1 < len(made):
        turning.append(choice(dialog, f"Trang {number + 2} ▶", f"p{number + 1}"))
    rows = ((choice(dialog, "Xác nhận", "yes"), *way_out(dialog)),)
    shown = made[number]
    if len(made) > 1:
        shown += f"\n\nTrang {number + 1}/{len(made)}."
    return Message(shown, ((*((tuple(turning),) if turning else ()), *rows)))


def _take_plan(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    page = _number(said, "p")
    if page is not None:
        return talk.respond(_plan_page(talk, dialog, page))
    if said != "yes":
        raise BadInputError("Đề nghị bấm Xác nhận để nhập, hoặc Quay lại để thôi.")
    reading = unpack(dialog.data["reading"])
    manager = manager_for(talk, reading)
    what = preview(talk.work, reading)
    import_plan(talk.work, reading, manager)
    talk.end()
    done = words("plan_done", changes=what.changes, new_year=what.begins_after is not None)
    return talk.respond(done)


def _number(said: str, letter: str) -> int | None:
    found = _PRESSED.fullmatch(said)
    return int(found.group(2)) if found and found.group(1) == letter else None


STEPS = {
    "doubt": Step(_ask_doubt, _take_doubt),
    "plan": Step(_ask_plan, _take_plan),
    **letters.STEPS,
}
