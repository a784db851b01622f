"""Every wrong turn at every question of every dialog: one helpful line, and the way goes on or ends.

NHACLICH_DEEP=1 walks all ways, restarts at each question, compares with the way walked straight, and ends
each way at each question, pressed and typed; otherwise a part of it is done.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat.dialogs import DIALOGS
from tests.chat.ending_turns import LEAVING, MEANWHILE, concerned, is_over, refused
from tests.chat.turns import RARE, STANDING, Turn, another_command
from tests.chat.walking import Walk
from tests.chat.ways import WAYS
from tests.chat.ways.way import Way
from tests.long import DEEP
from tests.talks.stage import INVITED, Stage

MANY = 4  #: questions; so long are the ways that the short run walks
_WALKED = [way for way in WAYS if DEEP or (way.often and len(way.answers) >= MANY)]
_LONG = ("asking: a host, a reason and a month", "handing_over: to somebody new")
_TYPED = [way for way in WAYS if DEEP or way.name == _LONG[0]]
_ENDED = [way for way in WAYS if DEEP or way.name in _LONG]
_LISTED = "documents: which of two sessions"  #: what was cancelled is no choice any more, and no words of one
_CASES = [
    (way, number, turn, typing)
    for way in _ENDED
    for number in (range(len(way.answers)) if DEEP else [0])
    for turn in MEANWHILE
    for typing in ([False, True] if DEEP else [False])
    if concerned(way, turn) and not (typing and way.name == _LISTED)
]
every_way = pytest.mark.parametrize("way", _WALKED, ids=[way.name for way in _WALKED])


def test_every_dialog_is_walked() -> None:
    assert {way.dialog for way in WAYS if way.often} == set(DIALOGS)


@every_way
async def test_a_wrong_turn_leaves_the_question_standing(
    november: Stage, way: Way, tmp_path_factory: pytest.TempPathFactory
) -> None:
    walk = Walk(november, way)
    await walk.prepare()
    await walk.begin()
    for number in range(len(way.answers)):
        last = number == len(way.answers) - 1
        for name, turn in STANDING.items():
            if name in RARE and not (DEEP or last):
                continue
            where = f"{name} at {number}"
            dialog, kept, heard = walk.dialog, walk.kept(), len(november.service.received)
            await turn(walk)
            assert walk.dialog == dialog, where
            assert walk.kept() == kept, where
            after = november.service.received[heard:]
            assert not [one.text for one in after if one.chat_id != walk.chat], where
        await walk.answer()
    assert walk.dialog is None
    if DEEP:  # a card that was opened by a command is kept up to date from then on
        assert walk.kept() == await _straight(way, tmp_path_factory.mktemp("straight"), another_command)


async def _straight(way: Way, folder: Path, *turns: Turn) -> object:
    """What is kept where nobody took another wrong turn."""
    async with Stage(folder, INVITED) as stage:
        walk = Walk(stage, way)
        await walk.prepare()
        await walk.begin()
        for turn in turns:
            await turn(walk)
        await walk.finish()
        return walk.kept()


@pytest.mark.parametrize("way", _TYPED, ids=[way.name for way in _TYPED])
async def test_the_words_of_the_buttons_lead_where_the_buttons_lead(
    november: Stage, way: Way, tmp_path_factory: pytest.TempPathFactory
) -> None:
    walk = Walk(november, way, typing=True)
    await walk.prepare()
    await walk.begin()
    await walk.finish()
    assert walk.dialog is None
    assert walk.kept() == await _straight(way, tmp_path_factory.mktemp("straight"))


@pytest.mark.parametrize("way", _ENDED, ids=[way.name for way in _ENDED])
async def test_a_dialog_that_is_left_does_nothing_any_more(november: Stage, way: Way) -> None:
    walk = Walk(november, way)
    await walk.prepare()
    keeping = (number for number, one in enumerate(way.answers) if one.keeps)
    last = next(keeping, len(way.answers) - 1)
    for number in range(last + 1) if DEEP else [last]:
        for name, leave in LEAVING.items():
            await walk.go_to(number)
            where = f"{name} at {number}"
            kept, heard = walk.kept(), len(november.service.received)
            await leave(walk)
            await is_over(walk)
            assert walk.kept() == kept, where
            after = november.service.received[heard:]
            assert not [one.text for one in after if one.chat_id != walk.chat], where
    await walk.begin()
    await walk.finish()
    assert walk.dialog is None


@pytest.mark.parametrize(
    ("way", "number", "turn", "typing"),
    _CASES,
    ids=[f"{way.name} at {number}-{turn}{'-typed' * typing}" for way, number, turn, typing in _CASES],
)
async def test_what_can_no_longer_be_is_refused_at_the_next_answer(
    november: Stage, way: Way, number: int, turn: str, typing: bool
) -> None:
    """Nobody answers five questions in vain: her post or her account is gone, the session is off or moved."""
    walk = Walk(november, way, typing=typing)
    await walk.prepare()
    await walk.go_to(number)
    await MEANWHILE[turn](walk)
    kept = walk.kept()
    await refused(walk)
    assert walk.kept() == kept


async def test_the_other_day_of_a_swap_is_the_one_that_was_read(november: Stage) -> None:
    way = next(way for way in WAYS if way.name == "asking: two schools swap")
    walk = Walk(november, replace(way, about="B3"))
    await walk.prepare()
    await walk.go_to(len(way.answers) - 1)
    await MEANWHILE["moved"](walk)
    kept = walk.kept()
    await refused(walk)
    assert walk.kept() == kept
