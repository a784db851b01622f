"""Everybody's phone: the chats of the demo as people see them, on whichever channel they are."""

from bot.demo.phones.model import Bubble, Key, Side
from bot.demo.phones.phones import Phones
from bot.demo.phones.telegram import TelegramPhones
from bot.demo.phones.zalo import ZaloPhones

__all__ = ["Bubble", "Key", "Phones", "Side", "TelegramPhones", "ZaloPhones"]
