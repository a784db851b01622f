"""Files that have an address: a picture goes to Zalo as a photo, any other as a link."""

import pytest

from bot.channels.zalo.line import Line
from bot.channels.zalo.sender import ZaloChannel
from bot.demo.zaloapi import ZaloBot, ZaloService
from bot.demo.zaloapi.model import ApiError
from bot.message import Document, Message
from bot.outbox.port import Address
from tests.channels.zalo.forgetful import Forgetful
from tests.channels.zalo.people import MAI, TO_MAI


class Shelf:
    """Implements `Publisher`: everything has an address."""

    async def publish(self, address: Address, document: Document) -> str | None:
        return f"https://lich.example/f/{document.name}"


@pytest.fixture
def with_links(line: Line) -> ZaloChannel:
    forgetful = Forgetful(opens=True)
    return ZaloChannel({line.key: line}, forgetful, forgetful, Shelf())


PICTURE = Message(
    "Ảnh lịch", documents=(Document("a.png", b"", "image/png"), Document("b.ics", b"", "text/calendar"))
)


async def test_a_picture_is_a_photo_and_any_other_file_a_link(with_links: ZaloChannel, bot: ZaloBot) -> None:
    await with_links.send(TO_MAI, PICTURE)
    (said,) = bot.from_bot(MAI)
    assert said.endswith("https://lich.example/f/b.ics")
    assert bot.photos(MAI) == ["https://lich.example/f/a.png"]
    assert bot.sent == 2, "each counts"


async def test_a_photo_that_may_have_arrived_is_not_said_again(
    with_links: ZaloChannel, service: ZaloService, bot: ZaloBot
) -> None:
    service.faults.close("sendPhoto", acts=True)
    await with_links.send(TO_MAI, PICTURE, answer=True)
    assert len(bot.photos(MAI)) == 1
    assert len(bot.from_bot(MAI)) == 1


async def test_a_photo_is_tried_again_where_the_service_is_busy(
    with_links: ZaloChannel, service: ZaloService, bot: ZaloBot
) -> None:
    service.faults.gateway("sendPhoto")
    await with_links.send(TO_MAI, PICTURE)
    assert len(bot.photos(MAI)) == 1


@pytest.mark.parametrize(
    "url", [None, 7, "", "lich.png", "ftp://a.vn/b", "https://localhost/a.png", "https://"]
)
async def test_the_stand_in_takes_a_photo_only_from_a_public_address(
    service: ZaloService, bot: ZaloBot, url: object
) -> None:
    with pytest.raises(ApiError) as caught:
        await service.call(bot, "sendPhoto", {"chat_id": MAI, "photo": url})
    assert caught.value.code == 400
