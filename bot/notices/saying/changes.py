"""Another day, another hour or room, no session at all."""

import datetime as dt

from bot.notices.cards import card_rows
from bot.notices.saying.subject import Section, Subject


def change(s: Subject) -> Section | None:
    old = dt.date.fromisoformat(s.payload["old_date"])
    if s.f.session.date == old or s.f.cancelled:
        return None
    words = s.say("change", old_date=old, agreed_by=s.decider)
    return Section(words, card_rows(s.f, s.to), card=True)


def details(s: Subject) -> Section | None:
    if s.f.over or s.f.cancelled:
        return None
    fields = s.payload.get("fields", [])
    changed = bool(s.payload.get("changed"))
    words = s.say("details", hour="hour" in fields, room="room" in fields, changed=changed)
    return Section(words, card_rows(s.f, s.to), card=True)


def cancellation(s: Subject) -> Section | None:
    return Section(s.say("cancellation", reason=s.payload.get("reason")))
