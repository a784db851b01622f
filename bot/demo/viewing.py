"""What the page shows beside the chats, read from the product's own database."""

import datetime as dt
from collections.abc import Mapping

from bot.cluster.addressing import posts_text, with_post
from bot.cluster.people import Person
from bot.cluster.rights import deciders
from bot.demo.stage import (
    DayOff,
    Happened,
    SessionState,
    StagePerson,
    StageSession,
    Story,
    UpcomingNotice,
    View,
)
from bot.flows.cluster_scene import ClusterScene
from bot.flows.people.bot_use import use_of_bots
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.work import Work
from bot.notices.kinds import NAMES
from bot.notices.notice import Kind
from bot.outbox.port import State
from bot.outbox.reports import Sent
from bot.workdays import Workdays

LOG_LENGTH = 150
STORY_DAYS = 14  #: a session at least so far ahead leaves room for the whole story

#: What is drawn anew in its place.
_SILENT = (Kind.CARD, Kind.PIN)
_STATES = {
    State.SENT: "sent",
    State.UNCERTAIN: "sent",
    State.FAILED: "failed",
    State.UNREACHABLE: "unreachable",
    State.MISSED: "missed",
}


def look_at(
    work: Work,
    chats: Mapping[int, int],
    channels: Mapping[int, str],
    *,
    own: bool,
    story: Story | None = None,
    group: StagePerson | None = None,
) -> View:
    """The demo's only cluster.  `chats`: the chat of each registered person; `channels`: of each chat;
    `group`: the phone that stands in the cluster's group.

    `story` is kept once it is chosen, so that a tour does not change its people on the way.
    """
    cluster = work.people.clusters()[0]
    scene = Scene(work)
    around = scene.cluster(cluster.id)
    scenes = [scene.of(session) for session in work.sessions.of_cluster(cluster.id)]
    first, last = _span(cluster.school_year)
    return View(
        now=work.now,
        cluster=f"Cụm {cluster.name}",
        school_year=cluster.school_year,
        first_day=first,
        last_day=last,
        people=(
            *(_person(p, around, chats, channels) for p in _in_order(around)),
            *((group,) if group is not None else ()),
        ),
        sessions=tuple(_session(work, of) for of in scenes),
        days_off=_days_off(work.workdays(cluster.id), first, last),
        notices=_upcoming(work, cluster.id),
        log=tuple(_happened(work, scene, one, chats) for one in _log(work, cluster.id)),
        story=story or _story(work, around, scenes, _with_buttons(chats, channels)),
        own=own,
        quotas=tuple(use_of_bots(work)),
    )


def _span(school_year: str) -> tuple[dt.date, dt.date]:
    start = int(school_year[:4])
    return dt.date(start, 9, 1), dt.date(start + 1, 5, 31)


def _in_order(around: ClusterScene) -> list[Person]:
    place = {unit_id: number for number, unit_id in enumerate(around.units)}
    return sorted(around.people.values(), key=lambda p: (place[p.unit_id], p.id))


def _with_buttons(chats: Mapping[int, int], channels: Mapping[int, str]) -> dict[int, int]:
    """Those whom the tour can show what to press."""
    return {person: chat for person, chat in chats.items() if channels[chat] == "telegram"}


def _person(
    person: Person, around: ClusterScene, chats: Mapping[int, int], channels: Mapping[int, str]
) -> StagePerson:
    unit = around.units[person.unit_id]
    chat = chats.get(person.id)
    post = posts_text(person, full=True)
    return StagePerson(person.id, person.name, post, unit.label, chat, channels[chat] if chat else "")


def _session(work: Work, of: SessionScene) -> StageSession:
    session = of.session
    moves = [e.detail for e in work.sessions.history(session.id) if e.what == "moved" and "from" in e.detail]
    return StageSession(
        code=session.code,
        content=session.content,
        host=" và ".join(unit.label for unit in of.facts.hosts),
        date=session.date,
        date_text=session.date_text,
        state=_state(of),
        deadline=of.deadline,
        planned_date=dt.date.fromisoformat(moves[0]["from"]) if moves else None,
    )


def _state(of: SessionScene) -> SessionState:
    if of.facts.cancelled:
        return "cancelled"
    if of.over:
        return "over"
    if of.facts.request is not None:
        return "asked"
    return "moved" if of.session.date_revision > 1 else "planned"


def _days_off(workdays: Workdays, first: dt.date, last: dt.date) -> tuple[DayOff, ...]:
    """Holidays, the weekends beside them left out."""
    found: list[DayOff] = []
    day = first
    while day <= last:
        reason = workdays.off_reason(day)
        if reason and day.weekday() < 5:
            if found and found[-1].name == reason and (day - found[-1].last).days <= 3:
                found[-1] = DayOff(found[-1].first, day, reason)
            else:
                found.append(DayOff(day, day, reason))
        day += dt.timedelta(days=1)
    return tuple(found)


def _upcoming(work: Work, cluster_id: int) -> tuple[UpcomingNotice, ...]:
    codes = {s.id: s.code for s in work.sessions.of_cluster(cluster_id)}
    return tuple(
        UpcomingNotice(one.due, NAMES[one.kind], codes.get(one.session_id or 0), one.recipients)
        for one in work.reports.upcoming(cluster_id)
        if one.kind not in _SILENT
    )


def _log(work: Work, cluster_id: int) -> list[Sent]:
    return [one for one in work.reports.finished(cluster_id, LOG_LENGTH) if one.state in _STATES]


def _happened(work: Work, scene: Scene, one: Sent, chats: Mapping[int, int]) -> Happened:
    of = scene.session(one.session_id) if one.session_id is not None else None
    person = work.people.person(one.recipient_id)
    around = scene.cluster(one.cluster_id)
    groups = {one.seat_id: one for one in around.groups}
    here = groups.get(one.recipient_id)
    name = here.title if here is not None else ""
    if person is not None and person.unit_id in around.units:
        name = with_post(person, around.units[person.unit_id], full=False)
    rule = work.office.policy.rule(one.kind)
    why = work.office.policy.why(one.kind, one.occurrence)
    state = "edited" if one.kind in _SILENT and one.state is State.SENT else _STATES[one.state]
    return Happened(
        number=one.id,
        at=one.finished_at or one.due,
        chat_id=int(here.chat_id) if here is not None else chats.get(one.recipient_id),
        name=name,
        label=NAMES[one.kind],
        session=of.session.code if of else None,
        why=why[:1].upper() + why[1:],
        offset=why if rule.when else "",
        state=state,  # type: ignore[arg-type]
        group=here is not None,
    )


def _story(
    work: Work, around: ClusterScene, scenes: list[SessionScene], chats: Mapping[int, int]
) -> Story | None:
    """A session far enough ahead whose host, a guest of another school and an officer are reachable."""
    officers = [p for p in deciders(around.people.values(), around.units.values()) if p.id in chats]
    for of in scenes:
        session = of.session
        if not session.fixed or session.date is None or (session.date - work.today).days < STORY_DAYS:
            continue
        hosts = [p for p in around.host_heads(session) if p.id in chats]
        guests = [
            invitee.person
            for invitee in of.invitees.people
            if not invitee.by_authority
            and invitee.person.unit_id not in session.host_ids
            and invitee.person.id in chats
            and not invitee.person.holds("HT", "PHT_CM", "PHT_CSND", "PHT")
        ]
        if hosts and guests and officers:
            officer = officers[-1]
            return Story(session.code, chats[guests[0].id], chats[hosts[0].id], chats[officer.id])
    return None
