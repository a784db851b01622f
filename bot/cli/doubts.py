"""The doubts of a plan, asked on the terminal before it is shown."""

import typer

from bot.cli.terminal import complain, say
from bot.errors import BadInputError
from bot.flows.plans.doubts import Known, Question, questions
from bot.flows.plans.settling import settle, settle_as_likely
from bot.flows.plans.settling_days import Deadline
from bot.plan.reading import PlanReading


def ask_doubts(reading: PlanReading, known: Known, deadline: Deadline, *, yes: bool) -> PlanReading:
    """The reading with every answer in it.  `yes`: the likely reading is taken, and said.

    Raises BadInputError where nobody is there to answer.
    """
    if yes:
        reading, taken = settle_as_likely(reading, known, deadline)
        for question, answer in taken:
            say(f"• {_place(question)}{question.text} Lấy: {answer}.")
        return reading
    while found := questions(reading, known):
        reading = _asked(reading, found[0], known, deadline)
    return reading


def _asked(reading: PlanReading, question: Question, known: Known, deadline: Deadline) -> PlanReading:
    say(f"{_place(question)}{question.text}", bold=True)
    for number, label in enumerate(question.choices, 1):
        say(f"  {number}. {label}")
    if question.hint:
        say(f"  {question.hint}")
    while True:
        try:
            said = str(typer.prompt("Trả lời", default="", show_default=False)).strip()
        except typer.Abort:
            raise BadInputError(
                "Chưa có trả lời nên chưa thay đổi gì. Để lấy cách hiểu dễ đúng nhất: thêm --yes."
            ) from None
        if said.isascii() and said.isdigit() and 1 <= int(said) <= len(question.choices):
            said = question.choices[int(said) - 1]
        try:
            return settle(reading, question, said, known, deadline)
        except BadInputError as error:
            complain(str(error))


def _place(question: Question) -> str:
    return f"Buổi {question.session + 1}: " if question.session is not None else ""
