"""The host is asked to prepare, people are invited, and whoever must see to it hears what is not done yet."""

from bot.notices.cards import (
    answer_rows,
    card_rows,
    host_rows,
    naming_rows,
    request_rows,
    school_rows,
    whole_rows,
)
from bot.notices.saying.subject import Section, Subject
from bot.sessions.rights import Right


def prepare(s: Subject) -> Section | None:
    if s.f.over or not s.f.session.fixed:
        return None
    rows = (*answer_rows(s.f, s.to), *naming_rows(s.f, s.to), *whole_rows(s.f, s.to))
    rows += (*school_rows(s.f, s.to), *host_rows(s.f, s.to), *request_rows(s.f, s.to))
    return Section(s.say("prepare", questions=s.questions), rows, card=True)


def invitation(s: Subject) -> Section | None:
    if not s.to.invited or s.f.over or s.declined:
        return None
    return Section(s.say("invitation"), card_rows(s.f, s.to), card=True)


def authority_invitation(s: Subject) -> Section | None:
    if not s.to.invited or s.f.over or s.declined or s.f.session.released_at is None:
        return None
    by_itself = s.f.session.released_by is None
    words = s.say("authority_invitation", released_by_itself=by_itself)
    return Section(words, card_rows(s.f, s.to), card=True)


def released_by_itself(s: Subject) -> Section | None:
    if s.f.session.released_at is None or s.f.session.released_by is not None:
        return None
    return Section(s.say("released_by_itself"), host_rows(s.f, s.to), card=False)


def deadline_watch(s: Subject) -> Section | None:
    unreached = s.f.headcount.unreached if s.f.headcount else ()
    if s.f.session.released_at is not None and not unreached:
        return None
    return Section(s.say("deadline_watch"), host_rows(s.f, s.to))


def nudge(s: Subject) -> Section | None:
    """What is missing when it goes out: what was done since the lead's press is not asked."""
    if s.f.over or s.f.cancelled or not (s.missing and s.to.may(Right.DETAILS)):
        return None
    return Section(s.say("nudge", missing=s.missing, lead=s.lead), host_rows(s.f, s.to), card=True)


def unreached(s: Subject) -> Section | None:
    names, about = s.payload["names"], s.payload["about"]
    return Section(s.say("unreached", names=names, about=about), host_rows(s.f, s.to))
