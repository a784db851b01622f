"""What a group is to the texts: everybody of the cluster together, and nobody in particular."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.cluster.codes import start_link
from bot.cluster.people import Person, Unit, UnitKind
from bot.flows.people.bots import telegram_name
from bot.flows.session_scene import SessionScene
from bot.flows.work import Work
from bot.message import Button
from bot.notices.cards import Rows
from bot.notices.facts import Manner, Receiver, SessionFacts
from bot.notices.saying.subject import Subject

EVERYBODY = "các đồng chí, thầy cô trong cụm"
OWN_SCHEDULE = "lich"  #: what the link into the private chat carries


def public(of: SessionScene) -> SessionFacts:
    """What is settled about a session.  An open request concerns its heads, a clash its host."""
    return replace(
        of.facts, request=None, request_unit=None, offer=None, swap=None, clashes=(), headcount=None
    )


def subject(of: SessionScene, seat: Person, payload: Mapping[str, Any]) -> Subject:
    """No person is in it: what is worded from it names nobody."""
    nowhere = Unit(0, seat.cluster_id, UnitKind.SCHOOL, seat.name, seat.name)
    receiver = Receiver(nowhere, Manner.GROUP)
    return Subject(f=public(of), to=receiver, payload=payload)


def link_rows(work: Work) -> Rows:
    """The way into one's own chat: in a group there is nothing to press that acts for somebody."""
    name = telegram_name(work)
    return ((Button("Mở lịch của tôi", url=start_link(name, OWN_SCHEDULE)),),) if name else ()
