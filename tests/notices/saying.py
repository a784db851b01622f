"""What the bot says in one case: the real facts of the sample cluster on 01/11/2023, one thing changed."""

import datetime as dt
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot.clock import TurnableClock
from bot.cluster.people import Person, Post
from bot.flows.groups.facing import EVERYBODY
from bot.flows.groups.facing import subject as group_subject
from bot.flows.manners import greeted
from bot.flows.scene import Scene
from bot.flows.subjects import subject
from bot.flows.work import Work
from bot.message import Message, plain
from bot.notices.cards import card
from bot.notices.kinds import section
from bot.notices.notice import Kind
from bot.outbox.port import Claimed
from bot.sessions.acknowledgement import Acknowledgement
from bot.sessions.answers import Answer, Reply
from bot.sessions.cover import Cover, CoverState
from bot.sessions.request import Cause, Request, RequestKind, RequestState, Swap
from bot.sessions.session import Session
from bot.settings import Settings
from bot.storage.opening import open_desk
from tests.talks.stage import INVITED, template

KITCHEN_HAND = "Nguyễn Thị Hạnh"
HOST = "Hiệu trưởng An Tiến"
GROUP = "Nhóm cụm An Tiến"
OLD, NEW = dt.date(2023, 11, 8), dt.date(2023, 11, 10)


@dataclass(frozen=True)
class Said:
    """The head of MN Bát Trang has said who covers for whom."""

    absent: str
    who: str = ""  #: by name; "*": the receiver; "": the head's words
    state: CoverState = CoverState.ASKED
    words: str | None = None


@dataclass(frozen=True)
class Case:
    """`to`: receivers by manner; `about`: what is different in session B2; `request`: one is there."""

    name: str
    kind: Kind | None  #: None: the card
    to: Mapping[str, str]
    about: Mapping[str, Any] = field(default_factory=dict)
    payload: Mapping[str, Any] = field(default_factory=dict)
    request: Mapping[str, Any] | None = None
    answers: Reply | None = None
    swap: bool = False  #: the request is half of a swap with session B3; a request of its host answers
    facts: Mapping[str, Any] = field(default_factory=dict)  #: what else is different in the facts
    late: tuple[str, ...] = ()  #: who has not acknowledged a late change; "*": the receiver
    cover: Said | None = None  #: what was said about who covers; the notice is about it
    at: dt.datetime = INVITED
    invited_to: str = "B2"


class _UndoError(Exception):
    pass


@contextmanager
def sample(folder: Path, at: dt.datetime) -> Iterator[Work]:
    """A unit of work on a copy of the sample's database; nothing of it is kept."""
    copy = folder / "sample.db"
    if not copy.exists():
        shutil.copyfile(template(INVITED).database, copy)
    desk = open_desk(Settings.model_validate({"database_url": f"sqlite:///{copy}"}), TurnableClock(at))
    try:
        with desk.work() as work:
            yield work
            raise _UndoError
    except _UndoError:
        pass
    finally:
        desk.close()


def _add_kitchen_hand(work: Work, cluster_id: int) -> None:
    """The sample has no second cook in any school."""
    cook = next(p for p in work.people.people(cluster_id) if p.name == "Bếp trưởng Bát Trang")
    post = Post("NV_NUOI_DUONG")
    work.people.put_person(Person(0, cluster_id, cook.unit_id, KITCHEN_HAND, (post,), phone="0912345678"))


def say(work: Work, case: Case, name: str) -> Message:
    """The message to this person."""
    cluster = work.people.clusters()[0]
    stored = work.sessions.by_code(cluster.id, case.invited_to)
    assert stored is not None
    session = replace(stored, **case.about)
    if name == GROUP:
        return _say_in_the_group(work, case, session)
    _add_kitchen_hand(work, cluster.id)
    person = next(p for p in work.people.people(cluster.id) if p.name == name)
    payload = dict(case.payload)
    if case.request is not None and case.request.get("attached_to"):
        work.sessions.add_request(_request(work, session, {}))
    if case.request is not None and case.swap:
        payload["request_id"] = _swapped(work, session, _request(work, session, case.request))
    elif case.request is not None:
        payload["request_id"] = work.sessions.add_request(_request(work, session, case.request)).id
    if case.answers is not None:
        given = Answer(session.id, session.date_revision, person.id, case.answers, None, None, case.at)
        work.sessions.put_answer(given)
    silent = [p for p in work.people.people(cluster.id) if p.name in case.late]
    work.sessions.ask_known(
        [
            Acknowledgement(session.id, cluster.id, one.id, session.version, case.at.date(), case.at)
            for one in (*silent, *([person] if "*" in case.late else ()))
        ]
    )
    if case.cover is not None:
        payload |= {"cover": _cover(work, session, case.cover, person), "asked": 1}
    of = Scene(work).of(session)
    if case.kind is None:
        return card(replace(of.facts, **case.facts), of.receiver(person))
    about = subject(work, of, row(case, session, person.id, payload), person, of.receiver(person))
    said = section(case.kind, replace(about, f=replace(about.f, **case.facts)))
    assert said is not None, f"{case.name}: nothing to say to {name}"
    return Message(said.addressed(greeted(person, of.around.units[person.unit_id])).text, said.rows)


def _say_in_the_group(work: Work, case: Case, session: Session) -> Message:
    """As to everybody at once; the reasons and requests behind it are not handed on."""
    assert case.kind is not None
    if case.request is not None:
        work.sessions.add_request(_request(work, session, case.request))
    seat = Person(10**6, session.cluster_id, 0, GROUP, ())
    said = section(case.kind, group_subject(Scene(work).of(session), seat, case.payload))
    assert said is not None
    return Message(said.addressed(EVERYBODY).text, said.rows)


def _cover(work: Work, session: Session, said: Said, receiver: Person) -> int:
    people = {p.name: p for p in work.people.people(session.cluster_id)}
    who = receiver if said.who == "*" else people.get(said.who)
    assert session.date is not None
    cover = Cover(
        id=0,
        cluster_id=session.cluster_id,
        session_id=session.id,
        absent_id=people[said.absent].id,
        person_id=who.id if who else None,
        name=said.words,
        state=said.state,
        date_revision=session.date_revision,
        day=session.date,
        asked=1,
        named_by=people["Hiệu trưởng Bát Trang"].id,
        at=INVITED,
    )
    return work.sessions.add_cover(cover).id


def _swapped(work: Work, session: Session, one: Request) -> int:
    """The request about this session, half of a swap of B2 and B3: the host of B2 has offered."""
    two = work.sessions.by_code(session.cluster_id, "B3" if session.code == "B2" else "B2")
    assert two is not None
    assert two.date is not None
    assert session.date is not None
    one = replace(
        one, session_id=session.id, unit_id=session.host_ids[0], old_date=session.date, proposed=two.date
    )
    other = replace(one, session_id=two.id, unit_id=two.host_ids[0], old_date=two.date, proposed=one.old_date)
    swap = work.sessions.add_swap(Swap(one, other) if session.code == "B2" else Swap(other, one))
    return next(r.id for r in (swap.first, swap.second) if r.session_id == session.id)


def shown(message: Message) -> str:
    """As a golden file has it: the text without markup, then the buttons."""
    rows = [" ".join(f"[{button.label}]" for button in row) for row in message.rows]
    return "\n".join([plain(message.text), *(["", *rows] if rows else [])]) + "\n"


def _request(work: Work, session: Session, given: Mapping[str, Any]) -> Request:
    people = {p.name: p for p in work.people.people(session.cluster_id)}
    asked_by = people[given.get("by", HOST)]
    plain_fields = {key: value for key, value in given.items() if key not in ("by", "decided_by")}
    values: dict[str, Any] = {
        "id": 0,
        "cluster_id": session.cluster_id,
        "session_id": session.id,
        "date_revision": 1,
        "kind": RequestKind.MOVE,
        "state": RequestState.REQUESTED,
        "unit_id": asked_by.unit_id,
        "asked_by": asked_by.id,
        "asked_at": INVITED,
        "cause": Cause.AUTHORITY_CALENDAR,
        "reason": None,
        "old_date": OLD,
        "proposed": NEW,
        "decided_by": people[given["decided_by"]].id if given.get("decided_by") else None,
    }
    return Request(**(values | plain_fields))


def row(case: Case, session: Session, person_id: int, payload: Mapping[str, Any]) -> Claimed:
    assert case.kind is not None
    return Claimed(
        id=1,
        attempt=1,
        cluster_id=session.cluster_id,
        session_id=session.id,
        date_revision=session.date_revision,
        kind=case.kind,
        recipient_id=person_id,
        occurrence="1",
        due=case.at,
        useful_until=case.at + dt.timedelta(days=30),
        payload=payload,
    )
