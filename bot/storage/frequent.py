"""What is read again and again, for every message: the statements stand ready, since building one, and
the key by which its SQL is found again, takes longer than running it.

Each is given the `id` of what its name ends with; `ANSWERS_OF_SESSION` the day's `revision` too.
"""

from sqlalchemy import BindParameter, bindparam, select

from bot.cluster.store import ERASED_NAME
from bot.sessions.cover import CoverState
from bot.sessions.request import RequestState
from bot.storage import tables as t
from bot.storage.groups import is_a_person

_ID: BindParameter[int] = bindparam("id")

CLUSTER = select(t.cluster).where(t.cluster.c.id == _ID)
UNITS_OF_CLUSTER = select(t.unit).where(t.unit.c.cluster_id == _ID).order_by(t.unit.c.position, t.unit.c.id)
#: Who has not left.
PEOPLE_OF_CLUSTER = (
    select(t.person)
    .where(
        t.person.c.cluster_id == _ID,
        t.person.c.name != ERASED_NAME,
        t.person.c.active,
        is_a_person(t.person.c.id),
    )
    .order_by(t.person.c.id)
)
RELAYED_OF_CLUSTER = (
    select(t.relay.c.person_id)
    .join(t.person, t.person.c.id == t.relay.c.person_id)
    .where(t.person.c.cluster_id == _ID, t.person.c.active)
)
NOT_COVERING_OF_CLUSTER = (
    select(t.cover_off.c.unit_id)
    .join(t.unit, t.unit.c.id == t.cover_off.c.unit_id)
    .where(t.unit.c.cluster_id == _ID)
)
FIXED_DATES_OF_CLUSTER = (
    select(t.fixed_date).where(t.fixed_date.c.cluster_id == _ID).order_by(t.fixed_date.c.date)
)
SESSION = select(t.session).where(t.session.c.id == _ID)
SESSIONS_OF_CLUSTER = select(t.session).where(t.session.c.cluster_id == _ID)
COVERS_OF_SESSION = (
    select(t.cover)
    .where(t.cover.c.session_id == _ID, t.cover.c.state != CoverState.CLOSED.value)
    .order_by(t.cover.c.id)
)
ANSWERS_OF_SESSION = select(t.answer).where(
    t.answer.c.session_id == _ID, t.answer.c.date_revision == bindparam("revision")
)
ACKNOWLEDGEMENTS_OF_SESSION = select(t.acknowledgement).where(t.acknowledgement.c.session_id == _ID)
NOMINATIONS_OF_SESSION = (
    select(t.nomination).where(t.nomination.c.session_id == _ID).order_by(t.nomination.c.id)
)
MUTED_OF_SESSION = select(t.mute.c.person_id).where(t.mute.c.session_id == _ID)
OPEN_REQUESTS_OF_SESSION = (
    select(t.request)
    .where(t.request.c.session_id == _ID, t.request.c.state.in_([s.value for s in RequestState if s.open]))
    .order_by(t.request.c.id)
)
