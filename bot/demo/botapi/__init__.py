"""A Bot API server of our own: the demo's chat service, and the one that the tests talk to."""

from bot.demo.botapi.faults import Fault, Faults
from bot.demo.botapi.limits import Limits
from bot.demo.botapi.model import Accepted, ChatEvent, Press, Refused, StoredMessage
from bot.demo.botapi.server import BotApiServer
from bot.demo.botapi.service import DEFAULT_TOKEN, ChatService

__all__ = [
    "DEFAULT_TOKEN",
    "Accepted",
    "BotApiServer",
    "ChatEvent",
    "ChatService",
    "Fault",
    "Faults",
    "Limits",
    "Press",
    "Refused",
    "StoredMessage",
]
