"""Claimed rows about the pinned message -> that message, as it is to look now."""

import datetime as dt
from collections.abc import Sequence

from bot.cluster.groups import GroupChat, seat_of
from bot.flows.groups.facing import link_rows, subject
from bot.flows.groups.pinning import next_session
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.message import Message, Pin
from bot.notices.wording import text
from bot.outbox.port import Address, Claimed, Composed, Dropped, Parcel, Postponed, State

SOON = dt.timedelta(seconds=5)


def redrawn(
    work: Work, scene: Scene, group: GroupChat, rows: Sequence[Claimed], address: Address
) -> Composed:
    """One message for all of these rows."""
    if group.seat_id is not None and work.groups.is_being_pinned(
        group.seat_id, frozenset(row.id for row in rows)
    ):
        return Postponed(tuple(rows), work.now + SOON)  # it is sent this moment: its id is not known yet
    cluster_id = rows[0].cluster_id
    coming = next_session(work, cluster_id)
    if coming is None and group.pinned_id is None:
        return Dropped(tuple(rows), State.CANCELLED, "nothing to pin")
    if coming is not None:
        words = subject(scene.of(coming), seat_of(group), {}).say("pin")
    else:
        words = text("notices/pin_nothing", cluster=scene.cluster(cluster_id).cluster)
    pin = Pin.NEW if group.may_pin else Pin.ALWAYS
    return Parcel(tuple(rows), address, Message(words, link_rows(work), pin=pin), edit=group.pinned_id)
