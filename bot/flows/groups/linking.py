"""A cluster and its group are joined by the lead or the clerk, and parted by them or by the group."""

import secrets

from bot.cluster.addressing import address as address_of
from bot.cluster.groups import GroupChat
from bot.cluster.people import Person
from bot.cluster.rights import managers, manages_cluster
from bot.errors import NotAllowedError, OutdatedError
from bot.flows.groups.pinning import refresh
from bot.flows.planning import replan_cluster, say_to_people
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.notices.saying.subject import Section
from bot.notices.wording import text
from bot.outbox.port import Claimed

NOT_YOURS = "Việc nối nhóm dành cho cụm trưởng và người quản trị."
OVER = "Câu hỏi về nhóm này đã xong. Gõ /nhom để xem nhóm hiện nay."


def connect(work: Work, actor: Person, group_id: int) -> GroupChat:
    """The group is her cluster's from now on; the one before it on this channel gets nothing more.

    Raises NotAllowedError, OutdatedError (answered already, or the bot is no longer in it).
    """
    _require_manager(actor)
    group = work.groups.get(group_id)
    for before in work.groups.linked(actor.cluster_id):
        if group is not None and before.channel == group.channel and before.id != group.id:
            work.groups.end(before.id, work.now)
    linked = work.groups.link(group_id, actor.cluster_id, actor, work.now)
    if linked is None:
        raise OutdatedError(OVER)
    tell_plan(work, actor.cluster_id, changed=False)
    replan_cluster(work, actor.cluster_id)
    return linked


def stop(work: Work, actor: Person, group_id: int) -> GroupChat:
    """Nothing goes into the group any more.  Raises NotAllowedError, OutdatedError."""
    _require_manager(actor)
    group = work.groups.get(group_id)
    if group is None or group.cluster_id != actor.cluster_id or not work.groups.end(group_id, work.now):
        raise OutdatedError("Nhóm này không còn nhận lịch. Gõ /nhom để xem nhóm hiện nay.")
    replan_cluster(work, actor.cluster_id)
    return group


def lost(work: Work, channel: str, chat_id: str) -> None:
    """The bot cannot write there any more: lead and clerk are told, once.  What waits for the group ends
    when its time comes."""
    group = work.groups.of_chat(channel, chat_id)
    if group is None or not work.groups.end(group.id, work.now) or group.cluster_id is None:
        return
    told = [p.id for p in managers(group.cluster_id, work.people.people(group.cluster_id))]
    payload = {"title": group.title}
    say_to_people(work, Kind.GROUP_LOST, group.cluster_id, told, f"g{group.id}", payload)


def moved(work: Work, channel: str, old: str, new: str) -> None:
    """A group became a supergroup: another id, and nothing pinned in it."""
    group = work.groups.move(channel, old, new)
    if group is not None and group.cluster_id is not None:
        refresh(work, group.cluster_id)


def tell_plan(work: Work, cluster_id: int, *, changed: bool) -> None:
    """The list of the year, as it stands when it goes out."""
    seats = [group.seat_id for group in work.groups.linked(cluster_id) if group.seat_id is not None]
    event = secrets.token_hex(6)
    say_to_people(work, Kind.PLAN, cluster_id, seats, event, {"changed": changed})


def lost_message(work: Work, scene: Scene, row: Claimed, person: Person) -> Section:
    """To lead and clerk."""
    around = scene.cluster(row.cluster_id)
    address = address_of(person, around.units[person.unit_id])
    title = row.payload["title"]
    return Section(text("notices/group_lost", title=title, cluster=around.cluster, address=address))


def _require_manager(actor: Person) -> None:
    if not manages_cluster(actor, actor.cluster_id):
        raise NotAllowedError(NOT_YOURS)
