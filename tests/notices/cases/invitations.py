"""Up to the day: the host prepares, people are invited and reminded."""

from typing import Any

from bot.notices.notice import Kind
from bot.sessions.answers import Reply
from tests.notices.cases.given import (
    COOK,
    DAY,
    EVE,
    EVERYBODY,
    READY,
    RELEASED,
    STAFF,
    TO_HOST,
    TO_LEAD,
    TO_OFFICER,
    at,
)
from tests.notices.saying import Case
from tests.talks.stage import INVITED, LEAD

BY_ITSELF: dict[str, Any] = {"released_at": INVITED, "released_by": None}

CASES = (
    Case("prepare", Kind.PREPARE, TO_HOST),
    Case("prepare-ready", Kind.PREPARE, TO_HOST, READY),
    Case("prepare-sent", Kind.PREPARE, TO_HOST, RELEASED),
    Case("prepare-asked-to-move", Kind.PREPARE, TO_HOST, request={}),
    Case("invitation", Kind.INVITATION, {m: EVERYBODY[m] for m in ("head", "staff", "cook")}),
    Case("invitation-ready", Kind.INVITATION, {m: EVERYBODY[m] for m in ("head", "staff", "cook")}, READY),
    Case(
        "invitation-answered",
        Kind.INVITATION,
        {m: EVERYBODY[m] for m in ("head", "staff", "cook")},
        answers=Reply.GOING,
    ),
    Case("invitation-asked-to-move", Kind.INVITATION, {"staff": STAFF, "cook": COOK}, request={}),
    Case("invitation-lead", Kind.INVITATION, TO_LEAD),
    Case("authority-invitation", Kind.AUTHORITY_INVITATION, TO_OFFICER, READY | RELEASED),
    Case("authority-invitation-by-itself", Kind.AUTHORITY_INVITATION, TO_OFFICER, BY_ITSELF),
    Case("released-by-itself", Kind.RELEASED_BY_ITSELF, TO_HOST | {"lead": LEAD}, BY_ITSELF),
    Case("deadline-watch", Kind.DEADLINE_WATCH, TO_HOST, at=at(2, 8)),
    Case("deadline-watch-today", Kind.DEADLINE_WATCH, TO_HOST, at=at(3, 8)),
    Case("deadline-watch-on-paper", Kind.DEADLINE_WATCH, TO_HOST, facts={"paper_only": True}, at=at(2, 8)),
    Case("prepare-on-paper", Kind.PREPARE, TO_HOST, facts={"paper_only": True}),
    Case("nudge", Kind.NUDGE, TO_HOST),
    Case("nudge-letter", Kind.NUDGE, TO_HOST, READY, at=at(3, 8)),
    Case("nudge-sent", Kind.NUDGE, TO_HOST, RELEASED, at=at(6, 8)),
    Case("reminder", Kind.REMINDER, EVERYBODY, RELEASED, at=EVE),
    Case("reminder-ready-and-going", Kind.REMINDER, EVERYBODY, READY | RELEASED, answers=Reply.GOING, at=EVE),
    Case("reminder-host", Kind.REMINDER, TO_HOST, READY | RELEASED, at=EVE),
    Case("reminder-asked-to-move", Kind.REMINDER, EVERYBODY, RELEASED, request={}, at=EVE),
    Case(
        "same-day",
        Kind.SAME_DAY,
        {m: EVERYBODY[m] for m in ("authority", "head", "staff")},
        RELEASED,
        at=DAY,
    ),
    Case("same-day-ready", Kind.SAME_DAY, TO_OFFICER | {"staff": STAFF}, READY | RELEASED, at=DAY),
)
