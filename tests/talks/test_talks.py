"""Every transcript of this folder is played."""

from pathlib import Path

import pytest

from tests.talks.playing import Player
from tests.talks.script import read
from tests.talks.stage import Stage

TALKS = sorted(Path(__file__).parent.glob("*.talk"))


@pytest.mark.parametrize(
    ("name", "text"), [(path.name, path.read_text("utf-8")) for path in TALKS], ids=[p.stem for p in TALKS]
)
async def test_talk(name: str, text: str, stage: Stage) -> None:
    await Player(stage, name).play(read(text, stage.chats))
