"""A disk that is full: what went out counts as sent, and nobody gets choices that are remembered nowhere."""

import pytest

from bot.channels.zalo.line import Line
from bot.channels.zalo.sender import ZaloChannel
from bot.demo.zaloapi import ZaloBot, ZaloService
from bot.outbox.port import RecipientGoneError, RetryLaterError
from tests.channels.zalo.forgetful import Forgetful
from tests.channels.zalo.people import CARD, MAI, TO_MAI


async def test_a_message_that_went_out_counts_as_sent_even_if_that_cannot_be_written_down(
    line: Line, bot: ZaloBot
) -> None:
    forgetful = Forgetful(opens=True)
    assert await ZaloChannel({line.key: line}, forgetful, forgetful).send(TO_MAI, CARD)
    assert len(bot.from_bot(MAI)) == 1


async def test_choices_that_cannot_be_written_down_are_not_sent(line: Line, bot: ZaloBot) -> None:
    forgetful = Forgetful(opens=False)
    with pytest.raises(RetryLaterError):
        await ZaloChannel({line.key: line}, forgetful, forgetful).send(TO_MAI, CARD)
    assert bot.from_bot(MAI) == []


async def test_a_refusal_stays_what_it_is_even_if_nothing_can_be_written_down(
    line: Line, service: ZaloService, bot: ZaloBot
) -> None:
    forgetful = Forgetful(opens=True)
    service.block(bot, MAI)
    with pytest.raises(RecipientGoneError):
        await ZaloChannel({line.key: line}, forgetful, forgetful).send(TO_MAI, CARD)
