"""What a way through a dialog is: how it begins, and the answer to each of its questions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from tests.talks.playing import FILES
from tests.talks.stage import Stage

Deed = tuple[str, str]  #: who, and what she does


@dataclass(frozen=True)
class Answer:
    """What is done at one question.

    `deed`: "[a button]", "+ a file", or what is typed.  `free`: any words would be an answer, within a
    length.  `stays`: the same question comes again (a tick, a page).  `final`: what went before cannot be
    gone back to.  `keeps`: something is kept by then, whatever comes after.
    """

    deed: str
    free: bool = False
    stays: bool = False
    final: bool = False
    keeps: bool = False


free = partial(Answer, free=True)
stays = partial(Answer, stays=True)


@dataclass(frozen=True)
class Way:
    """`name` begins with the dialog's name in `DIALOGS`."""

    name: str
    who: str
    begin: str
    answers: tuple[Answer, ...]
    before: tuple[Deed, ...] = ()
    prepared: Callable[[Stage], None] = field(default=lambda stage: None)
    about: str | None = "B2"  #: the session that somebody else may move or cancel meanwhile
    minds_a_move: bool = True  #: what was asked for the old day is not done for the new one
    often: bool = True  #: in every run of the tests, not only where NHACLICH_DEEP=1
    right: str = "posts"  #: what it takes: "posts", "link" (to be registered), "" nothing

    @property
    def dialog(self) -> str:
        return self.name.partition(":")[0]


def answers(*given: Answer | str) -> tuple[Answer, ...]:
    return tuple(one if isinstance(one, Answer) else Answer(one) for one in given)


async def do(stage: Stage, who: str, deed: str) -> None:
    """ "[a button]" of the newest message that has it, "+ a file" of the talks, or what is typed."""
    if deed.startswith("["):
        await stage.press(who, deed[1:-1])
    elif deed.startswith("+ "):
        await stage.send_file(who, deed[2:], (FILES / deed[2:]).read_bytes())
    else:
        await stage.type(who, deed.replace("{mã cụm}", stage.cluster().join_code))
