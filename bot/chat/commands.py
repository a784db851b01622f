"""Typed commands, and plain words that mean one."""

import re
from collections.abc import Callable

from bot.chat import asked
from bot.chat.dialogs.people import channels, registering, relaying
from bot.chat.dialogs.people.handover_whose import handover_rows
from bot.chat.menu import Part, offered, parts_of
from bot.chat.plain_words import Meaning, meaning_of
from bot.chat.reaction import Reaction, say
from bot.chat.talk import Talk, words
from bot.chat.views import covering_setting, groups
from bot.chat.views.journal import handovers, journal
from bot.chat.views.movable import movable
from bot.chat.views.overview import approvals, members
from bot.chat.views.schedule import schedule
from bot.chat.views.schedule_place import Place, Tab
from bot.chat.views.status import status
from bot.cluster.addressing import posts_text
from bot.cluster.rights import is_authority_decider, manages_cluster
from bot.errors import BadInputError
from bot.flows.groups.facing import OWN_SCHEDULE
from bot.message import Message
from bot.notices.actions import Verb, button
from bot.notices.cards import Rows
from bot.sessions.month import Month
from bot.sessions.session import Session
from bot.vocabulary import strip_marks

_NEAR_MONTHS = {"nay": 0, "sau": 1, "truoc": -1}


def start(talk: Talk, rest: str) -> Reaction:
    if rest == OWN_SCHEDULE and talk.people:  # from a group
        return show_schedule(talk, "")
    if rest and rest != OWN_SCHEDULE:
        return registering.redeem(talk, rest)
    return say(_welcome(talk)) if talk.people else registering.begin(talk)


def register(talk: Talk, rest: str) -> Reaction:
    return registering.redeem(talk, rest) if rest else registering.begin(talk)


def show_schedule(talk: Talk, rest: str) -> Reaction:
    """/lich; with a month ("11", "tháng sau") or a tab only that."""
    if rest in tuple(Tab):
        return say(schedule(talk, Place(Tab(rest))))
    return say(schedule(talk, Place(month=_month(talk, rest))))


def _month(talk: Talk, rest: str) -> int | None:
    if rest in _NEAR_MONTHS:
        return Month.of(talk.work.today).later(_NEAR_MONTHS[rest]).month
    found = re.search(r"\d{1,2}", rest)
    number = int(found.group()) if found else None
    return number if number in range(1, 13) else None


def show_session(talk: Talk, rest: str) -> Reaction:
    found = _sessions_typed(talk, rest, "/buoi")
    return _which(talk, found, Verb.CARD) if len(found) > 1 else talk.show_card(found[0].id, anew=True)


def show_journal(talk: Talk, rest: str) -> Reaction:
    """/nhatky B2; without a code the lead and the clerk see what concerns no session: handovers."""
    if not rest and any(manages_cluster(person, person.cluster_id) for person in talk.people):
        return handovers(talk)
    found = _sessions_typed(talk, rest, "/nhatky")
    return _which(talk, found, Verb.JOURNAL) if len(found) > 1 else journal(talk, found[0].id)


def _which(talk: Talk, found: list[Session], verb: Verb) -> Reaction:
    """Several clusters have a session of this code."""
    names = {session.id: talk.scene.cluster(session.cluster_id).cluster.name for session in found}
    by_name = sorted(names.items(), key=lambda pair: pair[1])
    rows = tuple((button(f"Cụm {name}", verb, session_id),) for session_id, name in by_name)
    return say(Message(f"Buổi {found[0].code} của cụm nào?", rows))


def _sessions_typed(talk: Talk, rest: str, command: str) -> list[Session]:
    """One in each of my clusters that has one.  Raises BadInputError: no code, or none of mine."""
    code = rest.strip().upper().lstrip("/")
    code = f"B{code}" if code.isdigit() else code
    if not re.fullmatch(r"B\d{1,5}", code):
        talk.require_known()
        raise BadInputError(f"Gõ mã buổi, ví dụ: {command} B2. Gõ /lich để xem mã từng buổi.")
    clusters = dict.fromkeys(person.cluster_id for person in talk.people or [talk.me])
    every = (talk.work.sessions.by_code(cluster_id, code) for cluster_id in clusters)
    if found := [session for session in every if session is not None]:
        return found
    raise BadInputError(f"Không có buổi {code}. Gõ /lich để xem các buổi.")


def move(talk: Talk, rest: str) -> Reaction:
    """/doilich."""
    return movable(talk)


def myself(talk: Talk, rest: str) -> Reaction:
    """/toi: what is known of me, what it is kept for and how long, and the way out."""
    blocks = [
        (p, talk.scene.cluster(p.cluster_id), posts_text(p, full=True)) for p in talk.people or [talk.me]
    ]
    told = [row for person, around, _ in blocks for row in relaying.rows(talk, person, around)]
    told += [row for person, around, _ in blocks for row in covering_setting.rows(person, around)]
    rows = (*told, *_handover_rows(talk), (button("Rời khỏi và xóa thông tin", Verb.LEAVE),))
    return say(words("toi", rows, blocks=blocks, you=talk.you))


def hand_over(talk: Talk, rest: str) -> Reaction:
    """ "bàn giao": hers or somebody else's, as on /toi."""
    talk.require_known()
    rows = _handover_rows(talk)
    return say(words("ban_giao", rows))


def _handover_rows(talk: Talk) -> Rows:
    several = len(talk.people) > 1
    found = (handover_rows(p, talk.scene.cluster(p.cluster_id), several=several) for p in talk.people)
    return tuple(row for rows in found for row in rows)


def channel(talk: Talk, rest: str) -> Reaction:
    return channels.begin(talk)


def help_text(talk: Talk, rest: str) -> Reaction:
    return say(_help(talk))


def cancel(talk: Talk, rest: str) -> Reaction:
    """/huy: out of whatever is open."""
    had_one = talk.dialog is not None
    talk.end()
    return say(words("huy", had_one=had_one))


def approvals_list(talk: Talk, rest: str) -> Reaction:
    return approvals(talk)


def member_list(talk: Talk, rest: str) -> Reaction:
    return members(talk)


def overview(talk: Talk, rest: str) -> Reaction:
    return status(talk)


COMMANDS: dict[str, Callable[[Talk, str], Reaction]] = {
    "start": start,
    "lich": show_schedule,
    "buoi": show_session,
    "doilich": move,
    "dangky": register,
    "toi": myself,
    "kenh": channel,
    "trogiup": help_text,
    "help": help_text,
    "huy": cancel,
    "duyet": approvals_list,
    "thanhvien": member_list,
    "tinhtrang": overview,
    "nhatky": show_journal,
    "nhom": groups.show,
}

#: What is only said in words.
_SAID: dict[str, Callable[[Talk, str], Reaction]] = {
    Meaning.HAND_OVER: hand_over,
    Meaning.NEXT: asked.next_session,
    Meaning.DAYS: asked.days,
    Meaning.ANSWER: asked.my_answer,
    Meaning.WHO: asked.who_comes,
    Meaning.COVERS: asked.who_covers,
    Meaning.GREETING: asked.greeting,
    Meaning.NOTED: asked.noted,
    Meaning.THANKS: asked.thanks,
}
#: Words that are never an answer to a dialog's question.  Without marks.
_NEVER_AN_ANSWER = frozenset({"lich", "xem lich", "tro giup", "huong dan", "huy", "thoi"})


def command_of(text: str) -> tuple[str, str] | None:
    """(name, rest) of a typed command, known or not; None where the text is none."""
    found = re.match(r"/([a-zA-Z]+)(?:@\w+)?(?:\s+(.*))?$", text.strip(), re.DOTALL)
    return (found.group(1).lower(), (found.group(2) or "").strip()) if found else None


def said(talk: Talk, text: str, *, in_a_dialog: bool = False) -> Reaction | None:
    """The answer to everyday words; None where they mean nothing that is known here.

    `in_a_dialog`: only what can be no answer to its question, like a question.
    """
    words_alone = strip_marks(text[:40]).casefold().strip(" .!")
    may_be_an_answer = in_a_dialog and not text.endswith("?") and words_alone not in _NEVER_AN_ANSWER
    meant = None if may_be_an_answer else meaning_of(text)
    if meant is None:
        return None
    name, rest = meant
    return {**COMMANDS, **_SAID}[name](talk, rest)


def _welcome(talk: Talk) -> Message:
    me = talk.me
    return words(
        "welcome", person=me, around=talk.scene.cluster(me.cluster_id), posts=posts_text(me, full=True)
    )


def _help(talk: Talk) -> Message:
    """Only what this person may do."""
    units = [u for p in talk.people for u in talk.scene.cluster(p.cluster_id).units.values()]
    parts = parts_of(talk.people, units)
    return words(
        "trogiup",
        commands=offered(parts),
        known=Part.KNOWN in parts,
        head=Part.HEAD in parts,
        manages=Part.MANAGER in parts,
        decides=any(is_authority_decider(p, units) for p in talk.people),
    )
