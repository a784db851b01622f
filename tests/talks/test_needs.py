"""Each of the twenty needs names what plays it, and that exists."""

import re
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def test_every_need_is_played() -> None:
    rows = re.findall(r"^\| (\d+) \|.*\| ([^|]+) \|$", (ROOT / "docs/needs.md").read_text("utf-8"), re.M)
    assert [int(number) for number, _ in rows] == list(range(1, 21))
    for number, played in rows:
        names = re.findall(r"`([^`]+)`", played)
        assert names, number
        for name in names:
            place = ROOT / name if name.startswith("tests/") else HERE / f"{name}.talk"
            assert place.exists(), (number, name)
