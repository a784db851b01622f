"""The tables, by what they are about."""

from bot.storage.tables.base import metadata
from bot.storage.tables.chats import (
    choice,
    dialog,
    fact,
    inbox,
)
from bot.storage.tables.outbox import (
    card,
    delivery,
    notice,
    notice_archive,
    quota,
)
from bot.storage.tables.people import (
    channel_wish,
    chat_link,
    cluster,
    code_attempt,
    handover,
    join_request,
    person,
    registration_code,
    relay,
    unit,
    web_link,
)
from bot.storage.tables.sessions import (
    acknowledgement,
    answer,
    fixed_date,
    mute,
    nomination,
    request,
    session,
    session_event,
    swap,
)

__all__ = [
    "acknowledgement",
    "answer",
    "card",
    "channel_wish",
    "chat_link",
    "choice",
    "cluster",
    "code_attempt",
    "delivery",
    "dialog",
    "fact",
    "fixed_date",
    "handover",
    "inbox",
    "join_request",
    "metadata",
    "mute",
    "nomination",
    "notice",
    "notice_archive",
    "person",
    "quota",
    "registration_code",
    "relay",
    "request",
    "session",
    "session_event",
    "swap",
    "unit",
    "web_link",
]
