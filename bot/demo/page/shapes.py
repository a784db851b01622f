"""What the page is given, as JSON."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot.demo.botapi import ChatService, StoredMessage
from bot.demo.stage import View

Json = dict[str, Any]


def encode(value: object) -> str:
    """For json.dumps: instants and days in ISO form.  Raises TypeError for anything else."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be shown")


def message(stored: StoredMessage) -> Json:
    """A message.  Text and entities, never HTML: the page builds its nodes from these."""
    file = stored.file
    return {
        "id": stored.id,
        "chat": stored.chat_id,
        "bot": stored.from_bot,
        "date": stored.date,
        "edited": stored.edited is not None,
        "text": stored.text,
        "entities": stored.entities,
        "rows": [[{"label": one.label, "url": one.url} for one in row] for row in stored.keyboard],
        "file": {"id": file.id, "name": file.name, "size": len(file.content)} if file else None,
    }


def stage(view: View) -> Json:
    """The part of the view that changes while the clock runs."""
    shown = asdict(view)
    del shown["people"], shown["days_off"]
    return shown


def state(view: View, service: ChatService) -> Json:
    """Everything the page needs at its start."""
    chats = {}
    for person in view.people:
        if person.chat_id is None or person.chat_id not in service.chats:
            continue
        seen = service.messages(person.chat_id)
        unread = sum(one.from_bot and one.id > service.read_up_to for one in seen)
        chats[person.chat_id] = {"last": message(seen[-1]) if seen else None, "unread": unread}
    return {
        "stage": stage(view),
        "people": [asdict(one) for one in view.people],
        "days_off": [asdict(one) for one in view.days_off],
        "chats": chats,
    }
