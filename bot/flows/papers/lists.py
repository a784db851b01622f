"""Lists asked for: the year's schedule, who comes to a session, what was sent."""

from bot.cluster.addressing import full_post, main_post, name_of
from bot.cluster.people import Cluster
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.overview import overview
from bot.flows.work import Work
from bot.message import Document
from bot.papers import lists
from bot.sessions.answers import Answer, Reply
from bot.sessions.years import stands_in

MOST_DELIVERIES = 5000
_GONE = "(không còn trong danh sách)"


def schedule(work: Work, cluster: Cluster) -> Document:
    """All sessions of the year, also moved and cancelled ones."""
    scene = Scene(work)
    states = {line.code: line.state for line in overview(work, cluster).sessions}
    year = cluster.school_year
    sessions = [s for s in work.sessions.of_cluster(cluster.id) if stands_in(s, year, year)]
    return lists.schedule(cluster, [lists.Scheduled(scene.of(s).facts, states[s.code]) for s in sessions])


def sign_in(of: SessionScene) -> Document:
    """Everybody invited, in the order of custom, with the answer; why somebody declines stays out."""
    people = []
    for invitee in of.invitees.people:
        person = invitee.person
        unit = of.around.units[person.unit_id]
        post = main_post(person)
        words = full_post(post) if post else ""
        answer = _answer(of.answers.get(person.id))
        people.append(lists.Participant(name_of(person, unit), words, unit.label, answer))
    return lists.sign_in(of.facts, people)


def deliveries(work: Work, cluster: Cluster) -> Document:
    """The last MOST_DELIVERIES notices that ended: to whom, when, and what became of them."""
    around = Scene(work).cluster(cluster.id)
    groups = work.groups.titles(cluster.id)
    codes = {session.id: session.code for session in work.sessions.of_cluster(cluster.id)}
    rows = []
    for sent in work.reports.finished(cluster.id, MOST_DELIVERIES):
        person = around.people.get(sent.recipient_id)
        unit = around.units.get(person.unit_id) if person else None
        rows.append(
            lists.Delivery(
                at=(sent.finished_at or sent.due).astimezone(work.office.tz),
                session=codes.get(sent.session_id, "") if sent.session_id else "",
                kind=sent.kind,
                name=name_of(person, unit) if person and unit else groups.get(sent.recipient_id, _GONE),
                unit=unit.label if unit else "",
                state=lists.STATES.get(sent.state.value, sent.state.value),
            )
        )
    return lists.deliveries(cluster, work.now.astimezone(work.office.tz), rows)


def _answer(given: Answer | None) -> str:
    if given is None:
        return ""
    if given.reply is Reply.GOING:
        return "Tham dự"
    return f"Vắng mặt; đi thay: {given.substitute}" if given.substitute else "Vắng mặt"
