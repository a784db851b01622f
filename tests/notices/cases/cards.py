"""The card of a session, as it stands for each manner of receiver."""

from bot.sessions.answers import Reply
from tests.notices.cases.given import (
    CANCELLED,
    CLASHES,
    COUNTERED,
    EVERYBODY,
    MOVED,
    NOBODY,
    OFFERED,
    READY,
    RELEASED,
    SCHOOLS,
    STAFF,
    TO_HOST,
    TO_LEAD,
    at,
)
from tests.notices.saying import HOST, OLD, Case
from tests.talks.stage import LEAD

CASES = (
    Case("card", None, EVERYBODY),
    Case("card-ready", None, EVERYBODY, READY | RELEASED),
    Case("card-going", None, EVERYBODY, READY | RELEASED, answers=Reply.GOING),
    Case("card-declined", None, EVERYBODY, READY | RELEASED, answers=Reply.DECLINED),
    Case("card-asked-to-move", None, EVERYBODY, RELEASED, request={}),
    Case("card-countered", None, EVERYBODY, RELEASED, request=COUNTERED),
    Case("card-clash", None, EVERYBODY, RELEASED, facts=CLASHES),
    Case("card-swap", None, EVERYBODY, RELEASED, request={}, swap=True),
    Case("card-offered", None, TO_HOST | {"staff": STAFF}, request=OFFERED, swap=True),
    Case("card-host", None, TO_HOST),
    Case("card-lead", None, TO_LEAD, request={}),
    Case("card-over", None, EVERYBODY | {"host": HOST}, READY | RELEASED, at=at(9, 9)),
    Case("card-cancelled", None, EVERYBODY | {"lead": LEAD}, CANCELLED),
    Case("card-moved-lead", None, TO_LEAD, MOVED, facts={"former": OLD}),
    Case("card-late", None, SCHOOLS, MOVED | READY, late=("*",)),
    Case("card-late-going", None, {"staff": STAFF}, READY, answers=Reply.GOING, late=("*",)),
    Case("card-not-invited", None, {"staff": NOBODY}),
)
