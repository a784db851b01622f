"""A calendar sent to the chat: the authority's fixed dates, or days off.  Shown before it counts."""

import base64

from bot.chat.dialogs.people.managing import manager_for
from bot.chat.dialogs.step import Step
from bot.chat.incoming import Upload
from bot.chat.reaction import Reaction, say
from bot.chat.talk import Talk, choice, way_out, words
from bot.cluster.people import Person
from bot.cluster.rights import is_authority_decider, manages_cluster
from bot.errors import BadInputError
from bot.flows.manners import manner
from bot.flows.plans.calendars import clashes, import_calendar, is_calendar, read_calendar
from bot.flows.work import Dialog
from bot.message import Message
from bot.notices.facts import Manner
from bot.sessions.store import FixedDate

NAME = "calendars"
LIMIT = 256 * 1024  #: a calendar that waits stands in the dialog's row


def senders(talk: Talk) -> list[Person]:
    """Who of this chat may give a calendar: lead and clerk for their cluster, those who decide at the
    authority for every cluster in which they do."""
    return [p for p in talk.people if manages_cluster(p, p.cluster_id) or _decides(talk, p)]


def takes(talk: Talk, upload: Upload) -> bool:
    """Whether this file is a calendar, from somebody who may give one."""
    content = upload.content
    return content is not None and bool(senders(talk)) and is_calendar(upload.name, content)


def begin(talk: Talk, upload: Upload) -> Reaction:
    """Raises BadInputError naming the line that is wrong."""
    content = upload.content or b""
    if len(content) > LIMIT:
        raise BadInputError("Tệp lịch gửi qua chat tối đa 256 KB. Đề nghị chia nhỏ rồi gửi lại.")
    read_calendar(upload.name, content)
    kept = base64.b64encode(content).decode()
    return say(_ask(talk, talk.begin(NAME, "review", name=upload.name[:200], content=kept)))


def _read(dialog: Dialog) -> list[FixedDate]:
    return read_calendar(dialog.data["name"], base64.b64decode(dialog.data["content"]))


def _ask(talk: Talk, dialog: Dialog) -> Message:
    dates, people = _read(dialog), _givers(talk)
    hit = []
    for person in people:
        known = set(talk.work.sessions.fixed_dates(person.cluster_id))
        fresh = [entry for entry in dict.fromkeys(dates) if entry not in known]
        hit += [
            (session, hits, _hosts(talk, session.id))
            for session, hits in clashes(talk.work, person.cluster_id, fresh)
        ]
    rows = ((choice(dialog, "Xác nhận", "yes"), *way_out(dialog)),)
    days = sorted({entry.date for entry in dates})
    return words(
        "calendar_review",
        rows,
        days=days,
        off=len({entry.date for entry in dates if entry.kind == "day_off"}),
        hit=hit,
        formal=_formal(talk, people[0]),
    )


def _take(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said != "yes":
        raise BadInputError("Đề nghị bấm Xác nhận để ghi lịch, hoặc Quay lại để thôi.")
    people, dates = _givers(talk), _read(dialog)
    new = max(
        import_calendar(talk.work, talk.scene.cluster(person.cluster_id).cluster, dates) for person in people
    )
    talk.end()
    return talk.respond(words("calendar_done", new=new, formal=_formal(talk, people[0])))


def _givers(talk: Talk) -> list[Person]:
    """By today's roster; raises NotAllowedError where nobody of this chat may give a calendar any more."""
    return senders(talk) or [manager_for(talk)]


def _hosts(talk: Talk, session_id: int) -> str:
    of = talk.scene.session(session_id)
    return " và ".join(unit.label for unit in of.facts.hosts) if of is not None else ""


def _formal(talk: Talk, person: Person) -> bool:
    unit = talk.scene.cluster(person.cluster_id).units[person.unit_id]
    return manner(person, unit) is Manner.AUTHORITY


def _decides(talk: Talk, person: Person) -> bool:
    return is_authority_decider(person, talk.scene.cluster(person.cluster_id).units.values())


STEPS = {"review": Step(_ask, _take)}
