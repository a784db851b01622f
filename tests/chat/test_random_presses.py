"""Random people press random tokens and type random words: nothing breaks, the state stays possible."""

import asyncio
import logging
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.flows.work import Work
from bot.notices.actions import Verb
from bot.sessions.request import RequestKind
from tests.long import DEEP
from tests.talks.stage import CLERK, INVITED, LEAD, LEADER, OFFICER, STRANGER, Stage

PEOPLE: tuple[str, ...] = (LEAD, CLERK, LEADER, OFFICER, STRANGER, "Cốt cán Phòng GD&ĐT 1")
PEOPLE += ("Hiệu trưởng An Tiến", "Hiệu trưởng Bát Trang", "Phó hiệu trưởng chuyên môn An Tiến")
PEOPLE += ("Giáo viên cốt cán 1 An Tiến", "Bếp trưởng Bát Trang")

numbers = st.integers(0, 5).map(str)
words = st.sampled_from(
    ["hour", "room", "programme", "yes", "none", "any", "2023-11-10", "gm", "tb", "cv", "x" * 40]
)
tokens = st.builds(
    lambda verb, args: ":".join((verb, *args))[:64],
    st.sampled_from([verb.value for verb in Verb]),
    st.lists(st.one_of(numbers, numbers, words), max_size=3),
)
typed = st.sampled_from(
    [
        "/lich",
        "/huy",
        "/doilich",
        "10/11",
        "30/02",
        "8h00",
        "<b>&",
        "quay lại",
        "Phòng 🌸",
        "/duyet",
        "thôi",
        "b2",
    ]
)
#: What the person does: a forged token, words, or (the number) one of the buttons she really has.
deeds = st.tuples(
    st.sampled_from(PEOPLE), st.one_of(tokens, typed.map(lambda text: f" {text}"), st.integers(0, 30))
)


class _Errors(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


async def play(script: list[tuple[str, str | int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with Stage(Path(folder), INVITED) as stage:
            for who, deed in script:
                await one(stage, who, deed)
            stage.see(check)
            await stage.at(3, 11, 2023)
            stage.see(check)


async def one(stage: Stage, who: str, deed: str | int) -> None:
    if isinstance(deed, int):
        buttons = [
            (message, label)
            for message in stage.service.messages(stage.chat(who))
            for label in message.labels
        ]
        if buttons:
            await stage.press_on(who, *buttons[deed % len(buttons)])
    elif deed.startswith(" "):
        await stage.type(who, deed[1:])
    else:
        press = await stage.forge(who, deed)
        assert press.answered


def check(work: Work) -> None:
    """Facts that hold whatever anybody did."""
    (cluster,) = work.people.clusters()
    people = {person.id for person in work.people.people(cluster.id)}
    for session in work.sessions.of_cluster(cluster.id):
        requests = work.sessions.requests(session.id)
        moves = [r for r in requests if r.state.open and r.kind is RequestKind.MOVE and r.attached_to is None]
        assert len(moves) <= 1
        assert all(r.date_revision == session.date_revision for r in requests if r.state.open)
        assert set(work.sessions.answers(session)) <= people
        assert session.version >= session.date_revision
    asked = Counter(
        r.unit_id for s in work.sessions.of_cluster(cluster.id) for r in work.sessions.open_requests(s.id)
    )
    assert all(count <= 8 for count in asked.values())


@settings(
    max_examples=150 if DEEP else 10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(deeds, min_size=10, max_size=40))
def test_whatever_is_pressed_nothing_breaks(script: list[tuple[str, str | int]]) -> None:
    errors = _Errors()
    logging.getLogger().addHandler(errors)
    try:
        asyncio.run(play(script))
    finally:
        logging.getLogger().removeHandler(errors)
    assert not errors.records, [r.getMessage() + str(r.exc_info) for r in errors.records]
