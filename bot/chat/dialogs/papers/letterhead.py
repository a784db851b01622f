"""What stands around a school's letters, asked once: a typed line each, `Giữ nguyên` where it stays."""

from bot.chat.dialogs.step import Step
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.chat.views import papers
from bot.cluster.people import Unit
from bot.cluster.rights import manages_cluster
from bot.errors import NhacLichError, NotAllowedError
from bot.flows.papers import letterheads
from bot.flows.work import Dialog
from bot.message import Message
from bot.vocabulary import strip_marks

NAME = "letterhead"
OWN = ("parent", "place", "code", "contact")  #: of the school
SHARED = ("authority", "basis")  #: of the whole cluster: for the lead and the clerk
_KEEP = "keep"
_SAID_KEEP = frozenset({"giu nguyen", "bo qua", "khong"})


def begin(talk: Talk, which: str, about: int) -> Reaction:
    """For the letter that `which` and `about` name, as its button does; it is drawn anew at the end.

    Raises ValueError for no such letter, NotAllowedError, OutdatedError.
    """
    unit = _unit(talk, which, about)
    steps = list(OWN)
    if manages_cluster(talk.me_in(unit.cluster_id), unit.cluster_id):
        one = letterheads.only_authority(talk.work, unit.cluster_id) is not None
        steps += SHARED if one else SHARED[1:]
    return talk.respond(_ask(talk, talk.begin(NAME, steps[0], which=which, about=about, steps=steps)))


def _unit(talk: Talk, which: str, about: int) -> Unit:
    """Whose letterhead it is, for somebody who may fill it in now."""
    asked = papers.asked_letter(talk, which, about)
    if asked.issuer is None or not asked.may_fill:
        raise NotAllowedError("Phần đầu văn bản do ban giám hiệu của trường hoặc cụm trưởng ghi.")
    return asked.issuer


def _ask(talk: Talk, dialog: Dialog) -> Message:
    unit = _unit(talk, dialog.data["which"], dialog.data["about"])
    now = letterheads.given(talk.work, unit).get(dialog.step)
    rows = ((choice(dialog, "Giữ nguyên" if now else "Bỏ qua", _KEEP), *way_out(dialog)),)
    steps = dialog.data["steps"]
    place = steps.index(dialog.step) + 1
    return words("letterhead_ask", rows, field=dialog.step, unit=unit, now=now, place=place, total=len(steps))


def _take(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    which, about, steps = (dialog.data[key] for key in ("which", "about", "steps"))
    unit = _unit(talk, which, about)
    if said != _KEEP and strip_marks(said).casefold() not in _SAID_KEEP:
        letterheads.give(talk.work, unit, dialog.step, said)
    rest = steps[steps.index(dialog.step) + 1 :]
    if rest:
        return talk.respond(_ask(talk, talk.advance(dialog, rest[0])))
    talk.end()
    known = letterheads.given(talk.work, unit)
    missing = [name for name in steps if name not in known]
    done = talk.respond(words("letterhead_done", unit=unit, missing=missing))
    try:
        return done.and_say(papers.letter(talk, which, about))
    except NhacLichError:  # the session was cancelled meanwhile: what was filled in is kept all the same
        return done


STEPS = {field: Step(_ask, _take) for field in (*OWN, *SHARED)}
