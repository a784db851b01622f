"""The commands menu.  A server that does not know these methods does no harm."""

import logging

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

log = logging.getLogger(__name__)

PRIVATE = (
    BotCommand("lich", "Lịch sinh hoạt cụm"),
    BotCommand("buoi", "Xem một buổi, ví dụ /buoi B2"),
    BotCommand("doilich", "Xin đổi lịch hoặc xin vắng (ban giám hiệu)"),
    BotCommand("toi", "Thông tin của tôi"),
    BotCommand("dangky", "Đăng ký nhận lịch"),
    BotCommand("trogiup", "Làm được những gì"),
    BotCommand("huy", "Thôi việc đang làm dở"),
)
GROUPS = (BotCommand("lich", "Lịch sinh hoạt cụm"),)


async def set_up_menu(bot: Bot) -> None:
    try:
        await bot.set_my_commands(PRIVATE, scope=BotCommandScopeAllPrivateChats())
        await bot.set_my_commands(GROUPS, scope=BotCommandScopeAllGroupChats())
    except TelegramError as error:
        log.info("the commands menu was not set: %s", type(error).__name__)
