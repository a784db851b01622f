"""Any client can send any callback data: rights are looked up at the press (invariant 6)."""

import pytest

from bot.notices.actions import Verb
from tests.chat.forging import BROKEN, TOKENS, another_cluster, state, with_a_request
from tests.chat.people import COOK, CORE, ELSEWHERE, GUEST, HOST
from tests.talks.stage import CLERK, LEAD, OFFICER, STRANGER, Stage


def test_every_verb_is_tried() -> None:
    assert set(TOKENS) == set(Verb)


async def test_a_stranger_gets_nothing_from_any_verb(november: Stage) -> None:
    await with_a_request(november)
    before = state(november)
    november.chat(STRANGER)
    for verb, token in TOKENS.items():
        press = await november.forge(STRANGER, token)
        assert press.answered, verb
        assert press.answer, verb
        if verb not in (Verb.ANSWER, Verb.BACK, Verb.STOP):
            assert "/dangky" in press.answer, (verb, press.answer)
    assert november.seen(STRANGER) == []
    assert state(november) == before


async def test_somebody_of_another_cluster_gets_nothing_from_any_verb(november: Stage) -> None:
    await with_a_request(november)
    another_cluster(november)
    before = state(november)
    own = {Verb.SCHEDULE, Verb.LEAVE}
    for verb, token in TOKENS.items():
        if verb in own:
            continue
        press = await november.forge(ELSEWHERE, token)
        assert press.answer, verb
        assert press.alert, verb
    assert not any("An Tiến" in text or "Bát Trang" in text for text in november.seen(ELSEWHERE))
    assert state(november) == before
    await november.type(ELSEWHERE, "/lich")
    assert "cụm Hoa Ban" in november.last(ELSEWHERE).text
    assert "cụm An Tiến" not in november.last(ELSEWHERE).text


@pytest.mark.parametrize(
    ("who", "verbs"),
    [
        (GUEST, "bao tt nk nam undo doc rel host who set yes nay ctr rec wd cxl day fix"),
        (
            COOK,
            "bg bao tt nk nam undo doc rel host who our lop thay tat name rep set ask yes nay ctr rec wd cxl "
            "day fix apr dis",
        ),
        (
            CORE,
            "bg bao tt nk nam undo go no rel host who our lop thay tat name rep set ask yes nay ctr "
            "rec wd cxl day fix apr dis",
        ),
        (
            OFFICER,
            "bg bao tt nk nam undo doc go no rel host who our lop thay tat name rep set ask rec wd cxl "
            "day fix apr dis",
        ),
        (HOST, "bg bao tt nk nam undo thay tat yes nay ctr rec cxl fix apr dis"),
        (CLERK, "go no our lop thay name rep ask wd"),
        (LEAD, "wd"),
    ],
    ids=["guest", "cook", "core-team", "officer", "host", "clerk", "lead"],
)
async def test_without_the_right_nothing_changes_and_a_sentence_says_whose_business_it_is(
    november: Stage, who: str, verbs: str
) -> None:
    await with_a_request(november)
    before = state(november)
    for verb in verbs.split():
        press = await november.forge(who, TOKENS[Verb(verb)])
        assert press.alert, verb
        assert press.answer, verb
        assert press.answer.endswith((".", "?")), press.answer
    assert state(november) == before


async def test_broken_tokens_are_answered_with_a_sentence(november: Stage) -> None:
    await with_a_request(november)
    before = state(november)
    for token in BROKEN:
        for who in (LEAD, COOK, OFFICER):
            press = await november.forge(who, token)
            assert press.alert, token
            assert press.answer, token
            assert "lỗi" not in press.answer, token
    assert state(november) == before
