"""The day before, and the morning itself."""

from bot.notices.cards import answer_rows, covers_rows, host_rows, mute_rows
from bot.notices.facts import Manner
from bot.notices.saying.subject import Section, Subject
from bot.sessions.rights import Right


def reminder(s: Subject) -> Section | None:
    if s.to.manner is Manner.GROUP:
        return Section(s.say("reminder")) if s.f.session.fixed and not s.f.over else None
    if s.f.over or s.declined or s.to.muted or not (s.to.invited or s.to.may(Right.DETAILS)):
        return None
    rows = answer_rows(s.f, s.to)
    if s.to.may(Right.DETAILS):
        rows = (*rows, *host_rows(s.f, s.to))
    if s.to.covers is not None and s.to.covers.open:
        rows = (*rows, *covers_rows(s.f, s.to))
    rows = (*rows, *mute_rows(s.f, s.to))
    return Section(s.say("reminder"), rows, card=True)


def same_day(s: Subject) -> Section | None:
    if s.f.over or s.declined or s.to.muted or not s.to.invited:
        return None
    return Section(s.say("same_day"))
