"""Who covers: the school's head is asked, then who is named, and each hears what changes about it."""

from bot.notices.cards import cover_rows, covers_rows, you
from bot.notices.saying.subject import Section, Subject
from bot.sessions.cover import CoverState
from bot.sessions.rights import Right


def who_covers(s: Subject) -> Section | None:
    """Nothing where nobody leaves a class or the kitchen, or all is settled."""
    if s.f.over or not s.f.session.fixed or s.to.covers is None or not s.to.covers.open:
        return None
    return Section(s.say("who_covers"), covers_rows(s.f, s.to))


def not_covered(s: Subject) -> Section | None:
    if s.f.over or not s.f.session.fixed or s.to.muted or s.to.covers is None or not s.to.covers.open:
        return None
    return Section(s.say("not_covered"), covers_rows(s.f, s.to))


def cover_asked(s: Subject) -> Section | None:
    """Nothing where somebody else was named since, or this was asked anew."""
    c = s.to.covering
    same = c is not None and s.cover is not None and (c.id, c.asked) == (s.cover.id, s.payload["asked"])
    if s.f.over or not s.f.session.fixed or c is None or not same or c.state is not CoverState.ASKED:
        return None
    again = {"why": s.payload.get("why"), "was": s.payload.get("was")}
    words = s.say("cover_asked", c=c, you=you(s.to.manner), **again)
    return Section(words, cover_rows(s.f, c), card=True)


def cover_eve(s: Subject) -> Section | None:
    """Nothing where she covers no more.  Nothing is asked."""
    c = s.to.covering
    if s.f.over or not s.f.session.fixed or s.to.muted or c is None or c.state is not CoverState.ACCEPTED:
        return None
    return Section(s.say("cover_eve", c=c, you=you(s.to.manner)))


def cover_off(s: Subject) -> Section | None:
    """Nothing where she is named again since, for the same one."""
    c, now = s.cover, s.to.covering
    if s.f.over or c is None or (now is not None and now.absent == c.absent):
        return None
    return Section(s.say("cover_off", c=c, you=you(s.to.manner), why=s.payload["why"]))


def cover_open(s: Subject) -> Section | None:
    """Nothing where it is settled since, or she is no head any more."""
    c, why = s.cover, s.payload["why"]
    if s.f.over or c is None or not s.to.may(Right.COVER) or (s.f.cancelled and why != "off_unreached"):
        return None
    if why == "unreached" and c.state is not CoverState.ASKED:
        return None
    line = next((one for one in (s.to.covers.lines if s.to.covers else ()) if one.absent == c.absent), None)
    if why in ("declined", "invited", "left") and (line is None or line.settled or line.waiting):
        return None
    return Section(s.say("cover_open", c=c, why=why), covers_rows(s.f, s.to))
