"""Everything that Telegram refuses is refused, in its words, seen through python-telegram-bot."""

import asyncio
from datetime import timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter

from bot.demo.botapi import BotApiServer, ChatService, Limits
from bot.demo.botapi.groups import Groups
from tests.demo.conftest import HOA, LAN, STRANGER, make_bot, make_service


def keys(*rows: list[str]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(data[:9], callback_data=data) for data in row] for row in rows]
    )


@pytest.mark.parametrize("token", ["123:wrong", "7000000001:almost"])
async def test_a_wrong_token(server: BotApiServer, token: str) -> None:
    wrong = make_bot(server, token)
    with pytest.raises(InvalidToken):
        await wrong.get_me()
    for request in wrong._request:
        await request.shutdown()


@pytest.mark.parametrize("chat_id", [STRANGER, 999])
async def test_a_chat_that_never_pressed_start(bot: Bot, chat_id: int) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(chat_id, "Chào")


async def test_blocked_and_deactivated(bot: Bot, service: ChatService) -> None:
    service.block(HOA)
    service.deactivate(LAN)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(HOA, "Chào")
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(LAN, "Chào")
    service.type(HOA, "tôi trở lại")
    await bot.send_message(HOA, "Chào")
    assert [one.code for one in service.refused] == [403, 403]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Message text is empty"),
        ("  <b> </b>\n", "Message text is empty"),
        ("đ" * 4097, "Message is too long"),
        ("😀" * 2049, "Message is too long"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("đ <table>x</table>", 'Unsupported start tag "table" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<a href=x", 'Unclosed start tag "a" at byte offset 0'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler"'),
    ],
)
async def test_texts(bot: Bot, text: str, words: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        await bot.send_message(HOA, text, parse_mode="HTML")
    assert words.lower() in str(refusal.value).lower()


async def test_limits_count_after_the_entities_are_parsed(bot: Bot, service: ChatService) -> None:
    await bot.send_message(HOA, "<b>" + "&amp;" * 4096 + "</b>", parse_mode="HTML")
    assert len(service.last(HOA).text) == 4096
    await bot.send_document(HOA, b"x", caption="😀" * 512)
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(HOA, b"x", caption="😀" * 512 + "a")
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(HOA, b"")


async def test_unknown_parse_mode(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="parse_mode"):
        await bot.send_message(HOA, "*a*", parse_mode="MarkdownV2")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (keys(["x" * 65]), "Button_data_invalid"),
        (keys(["ộ" * 22]), "Button_data_invalid"),
        (keys(["x"] * 9), "Reply markup is too long"),
        (keys(*[["x"] * 8] * 13), "Reply markup is too long"),
        (InlineKeyboardMarkup([[InlineKeyboardButton("a", url="http://localhost/x")]]), "Wrong http url"),
        (InlineKeyboardMarkup([[InlineKeyboardButton(" ", callback_data="x")]]), "Button_text_invalid"),
        (InlineKeyboardMarkup([[InlineKeyboardButton("a")]]), "Text buttons are unallowed"),
    ],
)
async def test_keyboards(bot: Bot, markup: InlineKeyboardMarkup, words: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        await bot.send_message(HOA, "Chọn", reply_markup=markup)
    assert words.lower() in str(refusal.value).lower()


async def test_the_largest_keyboard(bot: Bot) -> None:
    await bot.send_message(HOA, "Chọn", reply_markup=keys(*[["ộ" * 21] * 8] * 12, ["x" * 64] * 4))


async def test_edits(bot: Bot, service: ChatService) -> None:
    mine = service.type(HOA, "của tôi")
    sent = await bot.send_message(HOA, "một", reply_markup=keys(["a"]))
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_text(
            "<b></b>một", HOA, sent.message_id, parse_mode="HTML", reply_markup=keys(["a"])
        )
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(HOA, sent.message_id, reply_markup=keys(["a"]))
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("hai", HOA, mine.id)
    await bot.delete_message(HOA, sent.message_id)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("hai", HOA, sent.message_id)
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(HOA, sent.message_id)


async def test_answers_to_a_press() -> None:
    now = 1000.0
    service = make_service(timer=lambda: now)
    async with BotApiServer(service) as server, make_bot(server) as bot:
        press = service.forge_press(HOA, 1, "x")
        with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
            await bot.answer_callback_query(press.id, "đ" * 201)
        await bot.answer_callback_query(press.id, "đ" * 200)
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query(press.id)
        late = service.forge_press(HOA, 1, "x")
        now += 31
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query(late.id)
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query("none")


async def test_a_second_poll_ends_the_first(bot: Bot, service: ChatService) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=8))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(bot.get_updates(timeout=8))
    with pytest.raises(Conflict, match="terminated by other getUpdates request"):
        await first
    service.type(HOA, "ai nghe?")
    assert len(await second) == 1


async def test_a_group_that_became_a_supergroup(bot: Bot, service: ChatService) -> None:
    Groups(service).add(-5, "Cụm An Tiến")
    await bot.send_message(-5, "Chào cụm")
    Groups(service).migrate(-5, -1005)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(-5, "Chào cụm")
    await bot.send_message(moved.value.new_chat_id, "Chào cụm")
    assert service.last(-1005).text == "Chào cụm"


async def test_thirty_messages_a_second_for_the_bot() -> None:
    now = 0.0
    service = make_service(Limits(bot_per_second=30, chat_per_second=None), timer=lambda: now)
    async with BotApiServer(service) as server, make_bot(server) as bot:
        for _ in range(30):
            await bot.send_message(HOA, "Chào")
        for chat in (HOA, LAN):
            with pytest.raises(RetryAfter) as wait:
                await bot.send_message(chat, "Chào")
            assert wait.value.retry_after == timedelta(seconds=1)
        now += 1.01
        await bot.send_message(LAN, "Chào")


async def test_one_message_a_second_for_a_private_chat_after_a_burst() -> None:
    now = 0.0
    service = make_service(Limits(chat_burst=3), timer=lambda: now)
    async with BotApiServer(service) as server, make_bot(server) as bot:
        for _ in range(3):
            await bot.send_message(HOA, "Chào")
        with pytest.raises(RetryAfter):
            await bot.send_message(HOA, "Chào")
        await bot.send_message(LAN, "người khác không phải chờ")
        now += 1.01
        await bot.send_message(HOA, "Chào")
        with pytest.raises(RetryAfter):
            await bot.send_message(HOA, "Chào")


async def test_twenty_messages_a_minute_for_a_group() -> None:
    now = 0.0
    service = make_service(Limits(), timer=lambda: now)
    Groups(service).add(-5, "Cụm")
    async with BotApiServer(service) as server, make_bot(server) as bot:
        for _ in range(20):
            await bot.send_message(-5, "Chào")
            now += 0.1
        with pytest.raises(RetryAfter) as wait:
            await bot.send_message(-5, "Chào")
        assert wait.value.retry_after == timedelta(seconds=58)
        now += 58.1
        await bot.send_message(-5, "Chào")


async def test_the_rest(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Bot_command_invalid"):
        await bot.set_my_commands([("Lịch", "sai")])
    with pytest.raises(BadRequest, match=r"(?i)bot_about_invalid"):
        await bot.set_my_short_description("đ" * 121)
    with pytest.raises(BadRequest, match="Invalid file_id"):
        await bot.get_file("none")
    with pytest.raises(BadRequest, match="Message to be replied not found"):
        await bot.send_message(HOA, "Chào", reply_to_message_id=77)
    with pytest.raises(BadRequest, match="an https url must be provided"):
        await bot.set_webhook("http://example.com/hook")
    await bot.set_webhook("https://example.com/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    await bot.delete_webhook()
