"""A bot and a person talk through the server: everything that is accepted."""

import asyncio

from telegram import Bot, BotCommand, BotCommandScopeChat, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatAction, ParseMode
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.demo.botapi import BotApiServer, ChatService
from tests.demo.conftest import HOA, LAN, STRANGER

YES_NO = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Tham dự", callback_data="y:1"),
            InlineKeyboardButton("Vắng mặt", callback_data="n:1"),
        ]
    ]
)


async def test_a_message_arrives_with_its_entities_and_buttons(bot: Bot, service: ChatService) -> None:
    sent = await bot.send_message(
        HOA, "  <b>Kính mời</b> cô &lt;Hoa&gt; 😀 <i>dự</i>", parse_mode=ParseMode.HTML, reply_markup=YES_NO
    )

    assert sent.text == "Kính mời cô <Hoa> 😀 dự"
    assert sent.text_html == "<b>Kính mời</b> cô &lt;Hoa&gt; 😀 <i>dự</i>"
    received = service.sent(HOA)
    assert [one.buttons for one in received] == [(("Tham dự", "Vắng mặt"),)]
    assert received[0].source.startswith("  <b>")


async def test_a_press_reaches_the_bot_and_its_answer_the_person(bot: Bot, service: ChatService) -> None:
    sent = await bot.send_message(HOA, "Thầy cô có dự không?", reply_markup=YES_NO)
    press = service.press(HOA, sent.message_id, "Tham dự")

    [update] = await bot.get_updates(timeout=5)
    assert update.callback_query is not None
    assert update.callback_query.data == "y:1"
    await bot.answer_callback_query(update.callback_query.id, "Đã ghi nhận", show_alert=True)
    edited = await bot.edit_message_text("Cảm ơn cô.", HOA, sent.message_id)

    assert (press.answer, press.alert) == ("Đã ghi nhận", True)
    assert isinstance(edited, object)
    assert service.last(HOA).text == "Cảm ơn cô."
    assert service.last(HOA).keyboard == ()
    assert [one.method for one in service.received] == ["sendMessage", "editMessageText"]


async def test_a_forged_press_on_a_message_that_is_gone(bot: Bot, service: ChatService) -> None:
    sent = await bot.send_message(HOA, "Thẻ cũ", reply_markup=YES_NO)
    await bot.delete_message(HOA, sent.message_id)
    service.forge_press(HOA, sent.message_id, "x" * 300)

    [update] = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "x" * 300
    assert update.callback_query.message is not None
    assert not update.callback_query.message.is_accessible


async def test_long_polls_wait_and_confirm(bot: Bot, service: ChatService) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.05)
    service.type(STRANGER, "/start abc")
    [first] = await waiting

    assert first.message is not None
    assert [entity.type for entity in first.message.entities] == ["bot_command"]
    assert len(await bot.get_updates(timeout=0)) == 1, "not confirmed yet"
    assert await bot.get_updates(offset=first.update_id + 1, timeout=0) == ()


async def test_start_opens_the_chat(bot: Bot, service: ChatService) -> None:
    service.type(STRANGER, "/start")
    await bot.send_message(STRANGER, "Chào bạn")
    assert service.last(STRANGER).text == "Chào bạn"


async def test_allowed_updates_are_remembered(bot: Bot, service: ChatService) -> None:
    await bot.get_updates(timeout=0, allowed_updates=["callback_query"])
    service.type(HOA, "không ai nghe")
    assert await bot.get_updates(timeout=0) == ()
    await bot.get_updates(timeout=0, allowed_updates=[])
    service.block(HOA)
    [update] = await bot.get_updates(timeout=0)
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"


async def test_files_go_both_ways(bot: Bot, service: ChatService) -> None:
    service.send_file(HOA, "Kế hoạch; bản 2.docx", b"\r\n--PK\x00\xff\r\n", caption="Kế hoạch năm")
    [update] = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"\r\n--PK\x00\xff\r\n"

    sent = await bot.send_document(
        LAN, b"\r\n\r\nletter\r\n", filename="Giấy mời.docx", caption="<b>Giấy mời</b>", parse_mode="HTML"
    )
    assert sent.document is not None
    assert sent.document.file_name == "Giấy mời.docx"
    again = await bot.send_document(LAN, sent.document.file_id)
    assert again.document is not None
    photo = await bot.send_photo(LAN, b"\x89PNG", caption="Ảnh")
    assert photo.photo
    stored = service.messages(LAN)[0]
    assert stored.file is not None
    assert stored.file.content == b"\r\n\r\nletter\r\n"
    assert stored.text == "Giấy mời"


async def test_the_profile(bot: Bot, service: ChatService) -> None:
    await bot.set_my_commands([BotCommand("lich", "Xem lịch")])
    await bot.set_my_commands([BotCommand("duyet", "Duyệt")], scope=BotCommandScopeChat(LAN))
    await bot.set_my_description("Trợ lý của cụm trường", language_code="vi")
    await bot.set_my_short_description("Lịch của cụm")
    await bot.set_my_name("Nhắc Lịch")
    await bot.set_chat_menu_button(HOA)
    await bot.send_chat_action(HOA, ChatAction.TYPING)

    assert [command["command"] for command in service.commands(HOA)] == ["lich"]
    assert [command["command"] for command in service.commands(LAN)] == ["duyet"]
    assert [command.command for command in await bot.get_my_commands()] == ["lich"]
    await bot.delete_my_commands(scope=BotCommandScopeChat(LAN))
    assert [command["command"] for command in service.commands(LAN)] == ["lich"]
    assert (await bot.get_my_description("vi")).description == "Trợ lý của cụm trường"
    assert (await bot.get_chat(HOA)).first_name == "Nguyễn Thị Hoa"
    me = await bot.get_me()
    assert me.username == service.bot.username


async def test_pin_markup_and_caption(bot: Bot, service: ChatService) -> None:
    sent = await bot.send_message(HOA, "Lịch năm", reply_markup=YES_NO)
    await bot.pin_chat_message(HOA, sent.message_id)
    assert service.chats[HOA].pinned == [sent.message_id]
    await bot.unpin_chat_message(HOA)
    await bot.edit_message_reply_markup(HOA, sent.message_id, reply_markup=None)
    assert service.last(HOA).labels == ()
    document = await bot.send_document(HOA, b"x", filename="a.ics", caption="cũ")
    await bot.edit_message_caption(HOA, document.message_id, caption="mới")
    assert service.last(HOA).text == "mới"


async def test_a_whole_ptb_application_runs_against_it(server: BotApiServer, service: ChatService) -> None:
    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_chat is not None
        await context.bot.send_message(update.effective_chat.id, "Chào", reply_markup=YES_NO)

    async def pressed(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("Vâng")
        await update.callback_query.edit_message_text("Đã trả lời")

    builder = Application.builder().token(service.token).base_url(server.base_url)
    application = builder.base_file_url(server.file_url).build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(CallbackQueryHandler(pressed))
    async with application:
        assert application.updater is not None
        await application.updater.start_polling()
        await application.start()
        service.type(STRANGER, "/start")
        await service.until(lambda: len(service.messages(STRANGER)) == 2)
        press = service.press(STRANGER, service.last(STRANGER).id, "Tham dự")
        await service.until(lambda: service.last(STRANGER).text == "Đã trả lời")
        await application.updater.stop()
        await application.stop()
    assert press.answer == "Vâng"
