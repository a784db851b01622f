"""Every wrong turn at every question of every dialog: one helpful line, and the way goes on.

NHACLICH_DEEP=1 walks all ways, restarts at each question, and compares with the way walked straight.
"""

import os
from pathlib import Path

import pytest

from bot.chat.dialogs import DIALOGS
from tests.chat.turns import RARE, STANDING, another_command
from tests.chat.walking import Walk
from tests.chat.ways import WAYS, Way
from tests.talks.stage import INVITED, Stage

DEEP = os.environ.get("NHACLICH_DEEP") == "1"
_WALKED = [way for way in WAYS if DEEP or way.often]
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
    if DEEP:
        assert walk.kept() == await _straight(way, tmp_path_factory.mktemp("straight"))


async def _straight(way: Way, folder: Path) -> object:
    """What is kept where nobody took a wrong turn."""
    async with Stage(folder, INVITED) as stage:
        walk = Walk(stage, way)
        await walk.prepare()
        await walk.begin()
        await another_command(walk)  # a card that was opened is kept up to date from then on
        await walk.finish()
        return walk.kept()
