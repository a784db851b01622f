"""A local stand-in for the Zalo Bot Platform: checks what the real one checks, for tests and the demo."""

from bot.demo.zaloapi.model import Plan, ZaloBot, ZaloMessage
from bot.demo.zaloapi.server import ZaloServer
from bot.demo.zaloapi.service import ZaloService

__all__ = ["Plan", "ZaloBot", "ZaloMessage", "ZaloServer", "ZaloService"]
