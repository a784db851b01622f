"""Who of a school goes: its head is asked, and those whom her answer concerns hear of it."""

from bot.notices.cards import naming_rows, school_rows
from bot.notices.saying.subject import Section, Subject


def who_goes(s: Subject) -> Section | None:
    """Nothing once the head has answered, or the roster has."""
    if s.f.over or not s.f.session.fixed or s.to.own is None or not s.to.own.to_name:
        return None
    rows = (*naming_rows(s.f, s.to), *school_rows(s.f, s.to))
    return Section(s.say("who_goes"), rows)


def stand_down(s: Subject) -> Section | None:
    """Nothing to who is invited again in the meantime."""
    if s.f.over or s.f.cancelled or (s.to.invited and not s.declined):
        return None
    return Section(s.say("stand_down"))


def stand_in(s: Subject) -> Section | None:
    if s.f.over or s.f.cancelled:
        return None
    words = s.say("stand_in", absent=s.payload["absent"], goes=s.payload["goes"])
    return Section(words, school_rows(s.f, s.to))
