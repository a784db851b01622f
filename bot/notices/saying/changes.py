"""Another day, another hour or room, no session at all."""

import datetime as dt

from bot.notices.cards import card_rows, known_rows
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


def restored(s: Subject) -> Section | None:
    if s.f.over or s.f.cancelled:
        return None
    return Section(s.say("restored"), card_rows(s.f, s.to), card=True)


def cancellation(s: Subject) -> Section | None:
    if not s.f.cancelled:
        return None
    words = s.say("cancellation", reason=s.payload.get("reason"))
    return Section(words, known_rows(s.f, s.to), card=s.to.unknown is not None)


def known_again(s: Subject) -> Section | None:
    """Only to who is silent still; the rest have been told."""
    if s.to.unknown is None or s.f.over:
        return None
    return Section(s.say("known_again"), card_rows(s.f, s.to), card=True)


def still_silent(s: Subject) -> Section | None:
    """The head hears of her school, the lead of everybody, and whom of the authority it did not reach."""
    if s.f.over or not (s.silent or s.unreached):
        return None
    return Section(s.say("still_silent", names=s.silent, unreached=s.unreached))
