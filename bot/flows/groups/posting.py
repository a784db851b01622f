"""Claimed rows for a cluster's group -> messages: neutral words, merged as they are for people."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from bot.cluster.groups import GroupChat, seat_of
from bot.cluster.store import ChatLink
from bot.flows.groups.facing import EVERYBODY, link_rows, subject
from bot.flows.groups.listing import year_text
from bot.flows.groups.pinned import redrawn
from bot.flows.merging import RULE, is_covered, weight_of
from bot.flows.scene import Scene
from bot.flows.timely import in_quiet_time, is_of_an_old_day, too_late
from bot.flows.work import Work
from bot.message import Message
from bot.notices.kinds import section
from bot.notices.notice import Kind
from bot.notices.saying.subject import Section
from bot.outbox.port import Address, Claimed, Composed, Dropped, Parcel, State

_GREETING = f"Kính gửi {EVERYBODY},\n"


def posted(
    work: Work, scene: Scene, rows: Sequence[Claimed], links: Mapping[int, ChatLink]
) -> list[Composed]:
    """Every row is in exactly one result.  All of `rows` are addressed to seats of linked groups."""
    by_seat: dict[int, list[Claimed]] = defaultdict(list)
    for row in rows:
        by_seat[row.recipient_id].append(row)
    composed: list[Composed] = []
    for seat_id, of_seat in by_seat.items():
        groups = scene.cluster(of_seat[0].cluster_id).groups
        group = next(one for one in groups if one.seat_id == seat_id)
        link = links.get(seat_id)
        if link is None:
            composed.append(Dropped(tuple(of_seat), State.CANCELLED, "the group is gone"))
        else:
            composed += _in_group(work, scene, group, of_seat, Address(link.channel, link.chat_id))
    return composed


def _in_group(
    work: Work, scene: Scene, group: GroupChat, rows: Sequence[Claimed], address: Address
) -> list[Composed]:
    """What is said comes before what is pinned."""
    composed: list[Composed] = []
    said: list[tuple[Claimed, Section]] = []
    for row in rows:
        if row.kind is Kind.PIN:
            continue
        what = _said(work, scene, group, row)
        if isinstance(what, Section):
            said.append((row, what))
        else:
            composed.append(what)
    if said:
        composed.append(_merged(work, said, address))
    pins = [row for row in rows if row.kind is Kind.PIN]
    return [*composed, redrawn(work, scene, group, pins, address)] if pins else composed


def _said(work: Work, scene: Scene, group: GroupChat, row: Claimed) -> Section | Composed:
    if (late := too_late(work, row)) is not None:
        return late
    if row.kind is Kind.PLAN:
        around = scene.cluster(row.cluster_id)
        waits = in_quiet_time(work, row, around, None)
        changed = bool(row.payload.get("changed"))
        return waits or Section(year_text(work, scene, around.cluster, changed=changed))
    of = scene.session(row.session_id) if row.session_id is not None else None
    if of is None or is_of_an_old_day(row, of):
        return Dropped((row,), State.CANCELLED, "about an earlier day")
    if (waits := in_quiet_time(work, row, of.around, of.session.date)) is not None:
        return waits
    what = section(row.kind, subject(of, seat_of(group), row.payload))
    return what.addressed(EVERYBODY) if what else Dropped((row,), State.CANCELLED, "not needed any more")


def _merged(work: Work, said: Sequence[tuple[Claimed, Section]], address: Address) -> Parcel:
    rows = tuple(row for row, _ in said)
    shown = sorted((one for one in said if not is_covered(one[0], rows)), key=lambda one: weight_of(one[0]))
    plans = [one for one in shown if one[0].kind is Kind.PLAN]
    texts: list[str] = []
    for row, what in shown:
        if row.kind is Kind.PLAN and row is not plans[-1][0]:
            continue  # two plans in one night: the list is said once
        again = any(_GREETING in text for text in texts)
        texts.append(what.text.replace(_GREETING, "", 1) if again else what.text)
    return Parcel(rows, address, Message(RULE.join(texts), link_rows(work)))
