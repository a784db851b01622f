"""Wrong turns that leave a dialog where it is: each is made at an open question, and looked at."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.chat.walking import Question, Seen, Walk

Turn = Callable[[Walk], Awaitable[None]]

NONSENSE = "<b>& 🌸 gì vậy ta"
_SIZED = {"file_unique_id": "F", "width": 512, "height": 512}
ANOTHER_KIND: dict[str, Any] = {
    "photo": [{"file_id": "F", **_SIZED}],
    "voice": {"file_id": "F", "file_unique_id": "F", "duration": 3},
    "sticker": {"file_id": "F", **_SIZED, "is_animated": False, "is_video": False, "type": "regular"},
}


def one_line(seen: Seen) -> str:
    """The one thing that was said: a sentence or two, in one piece."""
    (said,) = seen.said
    assert said.endswith((".", "?")), said
    assert "\n" not in said, said
    return said


async def _typed(walk: Walk, text: str) -> None:
    one_line(await walk.act(text))


async def nonsense(walk: Walk) -> None:
    if not walk.open.free:
        await _typed(walk, NONSENSE)


async def too_long(walk: Walk) -> None:
    await _typed(walk, "dài " * 1000)


async def another_kind(walk: Walk) -> None:
    for kind, content in ANOTHER_KIND.items():
        said = one_line(await walk.send(**{kind: content}))
        assert "gõ" in said.lower(), said


async def a_file(walk: Walk) -> None:
    one_line(await walk.act("+ anh.png"))


async def a_button_of_a_dialog_before(walk: Walk) -> None:
    """It loses its buttons; what is open now stays."""
    for token in walk.earlier.tokens:
        seen = await walk.forge(walk.earlier.message_id, token)
        assert seen.press is not None
        assert seen.press.answer == "Thao tác này đã xong hoặc đã thôi. Gõ /lich để xem lịch hiện nay."
        assert not walk.shown(walk.earlier.message_id)[1]


async def the_same_button_again(walk: Walk) -> None:
    """A finger that trembles."""
    if walk.last_press is not None:
        await walk.forge(*walk.last_press)
        walk.still_asked()


async def buttons_of_the_questions_before(walk: Walk) -> None:
    """Each is still the answer to its own question, and to no other."""
    number = len(walk.questions) - 1
    for at in range(number):
        if any(one.stays or one.final for one in walk.way.answers[:number]):
            return
        deed = walk.way.answers[at].deed
        if not deed.startswith("["):
            continue
        asked = list(walk.questions)
        seen = await walk.press(deed[1:-1], asked[at])
        walk.asked_again(at + 1, seen, asked[at].message_id)
        while len(walk.questions) <= number:
            await walk.answer()
        assert [_said(one) for one in walk.questions] == [_said(one) for one in asked]


async def another_command(walk: Walk) -> None:
    for command in ("/lich", "lịch", "/trogiup", "b2?"):
        seen = await walk.act(command)
        assert len(seen.said) == 1, seen.said


async def back(walk: Walk) -> None:
    """`Quay lại`, pressed and typed: the question before as it stood; the same answer leads here again."""
    number = len(walk.questions) - 1
    before = walk.way.answers[:number]
    if not before or before[-1].stays or before[-1].final:
        return
    for way_back in ("press", "type"):
        here, there = walk.questions[-1], walk.questions[-2]
        if not here.labels:
            return
        seen = await (walk.press("Quay lại") if way_back == "press" else walk.act(" Quay lại. "))
        assert len(seen.said) == 1
        walk.asked_again(number - 1, seen, here.message_id)
        assert _said(walk.questions[-1]) == _said(there)
        await walk.answer()
        assert _said(walk.questions[-1]) == _said(here)


async def restart(walk: Walk) -> None:
    await walk.stage.stop_bot()
    await walk.stage.start_bot()


def _said(question: Question) -> tuple[str, tuple[str, ...]]:
    """Without what a letterhead shows of the last time, which it keeps at once."""
    text, _, last_time = question.text.partition("\n\nHiện ghi:")
    return text, question.labels[-1:] if last_time or "Bỏ qua" in question.labels else question.labels


#: Those after which the very same question is open.
STANDING: dict[str, Turn] = {
    "nonsense": nonsense,
    "too long": too_long,
    "another kind": another_kind,
    "a file": a_file,
    "a dialog before": a_button_of_a_dialog_before,
    "the same button again": the_same_button_again,
    "another command": another_command,
    "questions before": buttons_of_the_questions_before,
    "back": back,
    "restart": restart,
}
#: Those that take long: where not everything is tried, only at a way's last question.
RARE = ("restart", "questions before")
