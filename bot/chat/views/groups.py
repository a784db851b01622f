"""/nhom: which group gets the cluster's schedule; and the buttons that join and part them."""

from collections.abc import Iterable, Sequence

from bot.chat.reaction import Reaction, Redraw, say
from bot.chat.talk import Talk, words
from bot.cluster.groups import GroupChat
from bot.cluster.people import Cluster, Person
from bot.cluster.rights import manages_cluster
from bot.errors import NotAllowedError, OutdatedError
from bot.flows.groups.linking import NOT_YOURS, OVER, connect, stop
from bot.flows.people.bots import telegram_name
from bot.flows.work import Work
from bot.message import Button, Message
from bot.notices.actions import Action, Verb, button
from bot.notices.cards import Rows

CONNECT, REPLACE, NOT, ASK_STOP, STOP, KEEP = "noi", "thay", "thoi", "ngung", "dung", "giu"
#: Opens Telegram's list of groups and asks for the right to pin.
_ADD = "https://t.me/{}?startgroup=nhom&admin=pin_messages"


def show(talk: Talk, rest: str) -> Reaction:
    """Raises NotAllowedError for anybody but lead and clerk."""
    talk.require_known()
    mine = [person for person in talk.people if manages_cluster(person, person.cluster_id)]
    if not mine:
        raise NotAllowedError("Lệnh này dành cho cụm trưởng và người quản trị.")
    return say(overview(talk.work, mine, talk.incoming.channel))


def overview(work: Work, mine: Iterable[Person], channel: str) -> Message:
    clusters = _clusters(work, mine)
    linked = [(cluster, work.groups.linked(cluster.id)) for cluster in clusters]
    name = telegram_name(work)
    rows: list[tuple[Button, ...]] = [
        (button("Ngừng gửi vào nhóm", Verb.GROUP, group.id, ASK_STOP),)
        if len(linked) == 1
        else (button(f"Ngừng gửi: cụm {cluster.name}", Verb.GROUP, group.id, ASK_STOP),)
        for cluster, groups in linked
        for group in groups
    ]
    if name and any(not groups for _, groups in linked):
        rows.append((Button("Thêm bot vào nhóm", url=_ADD.format(name)),))
    return words("nhom", tuple(rows), linked=linked, telegram=bool(name), here=channel)


def question(work: Work, group: GroupChat, mine: Sequence[Person]) -> Message:
    """Whether this is the group of her cluster; of several clusters, which."""
    clusters = _clusters(work, mine)
    if len(clusters) == 1:
        label = "Xác nhận" if _before(work, group, clusters[0].id) is None else "Thay nhóm"
        what = CONNECT if label == "Xác nhận" else REPLACE
        rows: Rows = ((button(label, Verb.GROUP, group.id, what, clusters[0].id), _no(group)),)
    else:
        named = (button(f"Cụm {one.name}", Verb.GROUP, group.id, CONNECT, one.id) for one in clusters)
        rows = (*((one,) for one in named), (_no(group),))
    before = _before(work, group, clusters[0].id) if len(clusters) == 1 else None
    return words("nhom_hoi", rows, group=group, clusters=clusters, before=before)


def press(talk: Talk, a: Action) -> Reaction:
    """Only who was asked answers a question; only lead and clerk stop.

    Raises NotAllowedError, OutdatedError.
    """
    group_id, what = a.number(0), a.word(1)
    talk.require_known()
    group = talk.work.groups.get(group_id)
    if what in (CONNECT, REPLACE, NOT):
        return _answer(talk, a, group)
    if group is None or group.cluster_id is None or not group.linked:
        raise OutdatedError(OVER)
    me = talk.me_in(group.cluster_id)
    if not manages_cluster(me, me.cluster_id):
        raise NotAllowedError(NOT_YOURS)
    if what == STOP:
        stopped = stop(talk.work, me, group_id)
        return Reaction(redraw=Redraw(words("nhom_xong", group=stopped, cluster=None)))
    if what == ASK_STOP:
        sure = (button("Xác nhận", Verb.GROUP, group_id, STOP), button("Thôi", Verb.GROUP, group_id, KEEP))
        return say(words("nhom_ngung", (sure,), group=group))
    if what == KEEP:
        return Reaction(redraw=Redraw(words("nhom_giu", group=group)))
    raise ValueError("no such word")


def _answer(talk: Talk, a: Action, group: GroupChat | None) -> Reaction:
    if group is None or group.asked != talk.incoming.chat_id or group.channel != talk.incoming.channel:
        raise OutdatedError(OVER)
    if a.word(1) == NOT:
        if group.linked or not talk.work.groups.end(group.id, talk.work.now):
            raise OutdatedError(OVER)
        return Reaction(redraw=Redraw(words("nhom_thoi", group=group)))
    me = talk.me_in(a.number(2))
    before = _before(talk.work, group, me.cluster_id)
    if before is not None and a.word(1) != REPLACE and not group.linked:
        cluster = talk.work.people.cluster(me.cluster_id)
        rows = ((button("Thay nhóm", Verb.GROUP, group.id, REPLACE, me.cluster_id), _no(group)),)
        asked = words("nhom_hoi", rows, group=group, clusters=[cluster], before=before)
        return Reaction(redraw=Redraw(asked))
    linked = connect(talk.work, me, group.id)
    cluster = talk.work.people.cluster(me.cluster_id)
    return Reaction(redraw=Redraw(words("nhom_xong", group=linked, cluster=cluster)))


def _clusters(work: Work, mine: Iterable[Person]) -> list[Cluster]:
    """In one order whenever they are shown."""
    ids = sorted({person.cluster_id for person in mine})
    return [cluster for i in ids if (cluster := work.people.cluster(i)) is not None]


def _before(work: Work, group: GroupChat, cluster_id: int) -> GroupChat | None:
    """Another group that would give way."""
    linked = work.groups.linked(cluster_id)
    return next((one for one in linked if one.channel == group.channel and one.id != group.id), None)


def _no(group: GroupChat) -> Button:
    return button("Thôi", Verb.GROUP, group.id, NOT)
