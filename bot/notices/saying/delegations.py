"""Who goes: a school's head is asked, for the whole cluster its lead; whom it concerns hears the answer."""

from bot.notices.cards import naming_rows, school_rows, whole_rows
from bot.notices.saying.subject import Section, Subject


def who_goes(s: Subject) -> Section | None:
    """Nothing once it was answered, or the roster settles it."""
    own = s.to.own.to_name if s.to.own is not None else ()
    if s.f.over or not s.f.session.fixed or not (own or s.to.whole_to_name):
        return None
    rows = (*naming_rows(s.f, s.to), *whole_rows(s.f, s.to), *school_rows(s.f, s.to))
    return Section(s.say("who_goes"), rows)


def stand_down(s: Subject) -> Section | None:
    """Nothing to who is invited again in the meantime."""
    if s.f.over or s.f.cancelled or (s.to.invited and not s.declined):
        return None
    return Section(s.say("stand_down", by_cluster="cluster" in s.payload))


def stand_in(s: Subject) -> Section | None:
    if s.f.over or s.f.cancelled:
        return None
    words = s.say("stand_in", absent=s.payload["absent"], goes=s.payload["goes"])
    return Section(words, school_rows(s.f, s.to))
