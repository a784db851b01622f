"""What ends for who gives up a post: open questions, notices that her rights had brought, being told through
her school."""

from bot.cluster.people import Person, Unit
from bot.cluster.rights import is_any_head, is_authority_decider, manages_cluster
from bot.flows.manners import manner
from bot.flows.work import Dialog, Work
from bot.notices.facts import Manner
from bot.notices.notice import Kind
from bot.notices.policy import Audience, Policy

_OF_HEADS = {Audience.HOST_HEADS, Audience.SCHOOL_HEADS, Audience.NAMING, Audience.APPROVERS}
_OF_HEADS |= {Audience.COVERING, Audience.NOT_COVERED}
_OF_MANAGERS = {Audience.LEADS, Audience.APPROVERS}
_BY_RIGHT = _OF_HEADS | _OF_MANAGERS | {Audience.DECIDERS}


def end_for(work: Work, old: Person, left: Person) -> None:
    """`old` as she was, `left` as she is now.  What the plan still has for her is planned afterwards."""
    unit = work.people.unit(left.unit_id)
    if unit is None:
        return
    work.notices.withdraw(old.id, lost_kinds(work.office.policy, left, unit), work.now)
    if not left.active or manner(left, unit) is not Manner.COOK:
        work.people.set_relay(old.id, work.now, on=False)
    for link in work.people.links([old.id]):
        dialog = work.talks.dialog(link.channel, link.chat_id, work.now)
        if dialog is not None and _cluster_of(work, dialog) in (None, old.cluster_id):
            work.talks.drop_dialog(link.channel, link.chat_id)


def lost_kinds(policy: Policy, person: Person, unit: Unit) -> list[Kind]:
    """What is said to those who have a right that she does not have; everything to who has left."""
    if not person.active:
        return [kind for kind in Kind if kind is not Kind.JOIN_DECISION]  # that one is for somebody else
    still: set[Audience] = set()
    if is_any_head(person, [unit]):
        still |= _OF_HEADS
    if manages_cluster(person, person.cluster_id):
        still |= _OF_MANAGERS
    if is_authority_decider(person, [unit]):
        still.add(Audience.DECIDERS)
    return [kind for kind in Kind if _is_lost(set(policy.rule(kind).to), still, kind)]


def _is_lost(to: set[Audience], still: set[Audience], kind: Kind) -> bool:
    return to <= _BY_RIGHT and not to & still and kind is not Kind.JOIN_DECISION


def _cluster_of(work: Work, dialog: Dialog) -> int | None:
    """Of a chat that stands for somebody in several clusters; None: it does not say."""
    session = work.sessions.get(dialog.data["session"]) if "session" in dialog.data else None
    named = dialog.data.get("cluster")
    return session.cluster_id if session is not None else named if isinstance(named, int) else None
