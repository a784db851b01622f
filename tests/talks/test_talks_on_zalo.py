"""The transcripts once more, on Zalo: everything that is pressed in them is typed there."""

from pathlib import Path

import pytest

from tests.long import DEEP
from tests.talks.script import read
from tests.talks.test_talks import TALKS
from tests.talks.zalo_playing import ZaloPlayer
from tests.talks.zalo_stage import ZaloStage

#: What cannot be played, and why.
NOT_ON_ZALO = {
    **dict.fromkeys(
        (
            "ai-di",
            "ai-di-ca-cum",
            "lich-cung",
            "tai-lieu-bo-sung",
            "tai-lieu-cau-hoi",
            "tai-lieu-dieu-chinh",
            "tai-lieu-doi-lich",
            "tai-lieu-doi-nhieu-buoi",
            "tai-lieu-giay-moi",
            "tep",
            "the-cap-nhat",
        ),
        "a file is sent to the bot",
    ),
    "chan-bot": "the service does not tell who blocks and unblocks",
    "chon-ngay": "a month is no list of numbers",
    "bao-qua-nha-truong": "a list of three weeks ago has expired",
    "dang-ky-ma-cum": "who leaves takes along what she wrote, so that nobody can wait for its answer",
    "dang-ky-ma-rieng": "a stranger is asked for a code at once (test_zalo.py)",
    "doi-ngay-hai-truong": "a long list is answered from an earlier message",
    "phan-dau-van-ban": "it turns on presses that nobody can make there",
    "ban-giao-cum-truong": "it turns on the presses of an outdated list",
    "ban-giao-hieu-truong": "it turns on the presses of an outdated list",
    **dict.fromkeys(("nhom", "nhom-mat", "nhom-tin"), "a bot on Zalo is in no group (decision 0015)"),
    "loi-thuong": "a word with a session's code opens its card",
}
MOST_LEFT_OUT = 0.4  #: of what is done in a talk: forged and outdated presses
#: Those that the short run plays too.
SHORT = {"doi-lich-dong-y"}
PLAYED = [path for path in TALKS if path.stem not in NOT_ON_ZALO and (DEEP or path.stem in SHORT)]


@pytest.mark.parametrize(
    ("name", "text"), [(path.name, path.read_text("utf-8")) for path in PLAYED], ids=[p.stem for p in PLAYED]
)
async def test_talk_on_zalo(name: str, text: str, tmp_path: Path) -> None:
    async with ZaloStage(tmp_path) as stage:
        player = ZaloPlayer(stage, name)
        await player.play(read(text, stage.homes))
        assert player.left_out <= MOST_LEFT_OUT * player.acts, (player.left_out, player.acts)


def test_each_talk_that_is_left_out_is_there() -> None:
    assert set(NOT_ON_ZALO) <= {path.stem for path in TALKS}
