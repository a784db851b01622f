"""How a cluster stands: for `nhaclich status`."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.cluster.addressing import with_post
from bot.cluster.people import Cluster, Person, Unit
from bot.flows.cluster_scene import ClusterScene
from bot.flows.people.relaying import reached
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.work import Work
from bot.notices.dates import days_between


@dataclass(frozen=True, slots=True)
class SessionLine:
    code: str
    date: dt.date | None
    when: str
    hosts: str
    state: str


@dataclass(frozen=True, slots=True)
class Missing:
    """The people of one school, or of the authority, whom no chat reaches."""

    unit: str
    people: tuple[str, ...]  #: with their posts
    all: int  #: how many the unit has


@dataclass(frozen=True, slots=True)
class Overview:
    cluster: Cluster
    sessions: tuple[SessionLine, ...]
    queue: Mapping[str, int]  #: rows of the outbox by state
    next_due: dt.datetime | None
    people: int
    registered: int
    unreachable: tuple[str, ...]  #: registered nowhere, or blocked
    missing: tuple[Missing, ...]  #: the same by unit, in the units' order


def overview(work: Work, cluster: Cluster) -> Overview:
    scene = Scene(work)
    around = scene.cluster(cluster.id)
    told = reached(work, around)
    lost = [p for p in around.people.values() if p.id not in told]
    return Overview(
        cluster=cluster,
        sessions=tuple(_line(scene.of(s)) for s in work.sessions.of_cluster(cluster.id)),
        queue={state.value: number for state, number in work.reports.counts(cluster.id).items()},
        next_due=work.reports.next_due(cluster.id),
        people=len(around.people),
        registered=len(work.people.addresses(list(around.people))),
        unreachable=tuple(with_post(p, around.units[p.unit_id], full=False) for p in lost),
        missing=tuple(_missing(around, lost)),
    )


def _missing(around: ClusterScene, lost: Sequence[Person]) -> Iterator[Missing]:
    everybody = Counter(p.unit_id for p in around.people.values())
    for unit in around.units.values():
        people = tuple(_in_its_unit(p, unit) for p in lost if p.unit_id == unit.id)
        if people:
            yield Missing(unit.label, people, everybody[unit.id])


def _in_its_unit(person: Person, unit: Unit) -> str:
    """Name and post, under the unit's own heading."""
    return with_post(person, unit, full=False).removesuffix(unit.label).rstrip(" ,") or person.name


def _line(of: SessionScene) -> SessionLine:
    session = of.session
    when = days_between(session.date, session.date_end) if session.date else session.date_text
    if of.facts.cancelled:
        state = "đã hủy"
    elif of.over:
        state = "đã diễn ra"
    elif of.facts.request is not None:
        state = "đang xin đổi lịch"
    elif session.released_at is not None:
        state = "đã gửi giấy mời"
    else:
        state = "chưa gửi giấy mời" if session.fixed else "chưa chốt ngày"
    return SessionLine(session.code, session.date, when, " và ".join(u.label for u in of.facts.hosts), state)
