"""What the page is given, as JSON."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from bot.demo.botapi.model import File
from bot.demo.page import preview as previewing
from bot.demo.phones import Bubble, Phones
from bot.demo.stage import View

Json = dict[str, Any]


def encode(value: object) -> str:
    """For json.dumps: instants and days in ISO form.  Raises TypeError for anything else."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be shown")


def message(bubble: Bubble) -> Json:
    """A message.  Text and entities, never HTML: the page builds its nodes from these."""
    file = bubble.file
    return {
        "id": bubble.id,
        "chat": bubble.chat,
        "bot": bubble.bot,
        "date": bubble.date,
        "edited": bubble.edited,
        "text": bubble.text,
        "entities": bubble.entities,
        "rows": [[{"label": one.label, "url": one.url} for one in row] for row in bubble.rows],
        "choices": bubble.choices,
        "file": _file(file) if file else None,
    }


def _file(file: File) -> Json:
    """`preview`, `picture`: whether the page can show what is in it, or itself."""
    picture = previewing.picture_type(file.content) is not None
    preview = not picture and previewing.can_show(file.name)
    size = len(file.content)
    return {"id": file.id, "name": file.name, "size": size, "preview": preview, "picture": picture}


def stage(view: View) -> Json:
    """The part of the view that changes while the clock runs."""
    shown = asdict(view)
    del shown["people"], shown["days_off"]
    return shown


def state(view: View, phones: Phones, run: str) -> Json:
    """Everything the page needs at its start.  `run`: a page forgets what it remembers of another one."""
    chats = {}
    for person in view.people:
        if person.chat_id is None or not phones.has(person.chat_id):
            continue
        seen = phones.bubbles(person.chat_id)
        last = message(seen[-1]) if seen else None
        chats[person.chat_id] = {"last": last, "unread": phones.unread(person.chat_id)}
    return {
        "run": run,
        "stage": stage(view),
        "people": [asdict(one) for one in view.people],
        "days_off": [asdict(one) for one in view.days_off],
        "chats": chats,
    }
