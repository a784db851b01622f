"""What is read for every message, of a cluster or of a session."""

from sqlalchemy import select

from bot.cluster.groups import GroupState
from bot.cluster.store import ERASED_NAME
from bot.sessions.cover import CoverState
from bot.sessions.request import RequestState
from bot.storage import tables as t
from bot.storage.ahead import About, Frequent
from bot.storage.seats import is_a_person

CLUSTER = Frequent(About.CLUSTER, t.cluster.c.id, select(t.cluster))
UNITS = Frequent(About.CLUSTER, t.unit.c.cluster_id, select(t.unit).order_by(t.unit.c.position, t.unit.c.id))
#: Who has not left.
PEOPLE = Frequent(
    About.CLUSTER,
    t.person.c.cluster_id,
    select(t.person)
    .where(t.person.c.name != ERASED_NAME, t.person.c.active, is_a_person(t.person.c.id))
    .order_by(t.person.c.id),
)
RELAYED = Frequent(
    About.CLUSTER,
    t.person.c.cluster_id,
    select(t.person.c.cluster_id, t.relay.c.person_id)
    .join(t.person, t.person.c.id == t.relay.c.person_id)
    .where(t.person.c.active),
)
NOT_COVERING = Frequent(
    About.CLUSTER,
    t.unit.c.cluster_id,
    select(t.unit.c.cluster_id, t.cover_off.c.unit_id).join(t.unit, t.unit.c.id == t.cover_off.c.unit_id),
)
FIXED_DATES = Frequent(
    About.CLUSTER, t.fixed_date.c.cluster_id, select(t.fixed_date).order_by(t.fixed_date.c.date)
)
LINKED_GROUPS = Frequent(
    About.CLUSTER,
    t.group_chat.c.cluster_id,
    select(t.group_chat)
    .where(t.group_chat.c.state == GroupState.LINKED.value)
    .order_by(t.group_chat.c.id.desc()),
)
SESSIONS = Frequent(About.CLUSTER, t.session.c.cluster_id, select(t.session))

SESSION = Frequent(About.SESSION, t.session.c.id, select(t.session))
COVERS = Frequent(
    About.SESSION,
    t.cover.c.session_id,
    select(t.cover).where(t.cover.c.state != CoverState.CLOSED.value).order_by(t.cover.c.id),
)
#: To all its days.
ANSWERS = Frequent(About.SESSION, t.answer.c.session_id, select(t.answer))
ACKNOWLEDGEMENTS = Frequent(About.SESSION, t.acknowledgement.c.session_id, select(t.acknowledgement))
NOMINATIONS = Frequent(
    About.SESSION, t.nomination.c.session_id, select(t.nomination).order_by(t.nomination.c.id)
)
MUTED = Frequent(About.SESSION, t.mute.c.session_id, select(t.mute.c.session_id, t.mute.c.person_id))
OPEN_REQUESTS = Frequent(
    About.SESSION,
    t.request.c.session_id,
    select(t.request)
    .where(t.request.c.state.in_([s.value for s in RequestState if s.open]))
    .order_by(t.request.c.id),
)
