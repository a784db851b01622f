"""/lich: what is coming first, then the year; in tabs, and in pages where it is long.

Each line has the weekday, date, host, content in short, how it stands and whether the reader is invited.
A tap opens a session in the place of the list, and `Quay lại` brings the list back.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.chat.talk import Talk
from bot.chat.views.schedule_lines import Line, line
from bot.chat.views.schedule_place import LABELS, Place, Tab
from bot.cluster.people import Cluster, UnitKind
from bot.flows.manners import manner
from bot.message import Button, Message, plain, utf16_length
from bot.notices.actions import Verb, button
from bot.notices.cards import Rows, you
from bot.notices.wording import text
from bot.sessions.session import Session
from bot.sessions.years import stands_in

PAGE = 1500  #: UTF-16 units of the lines and of their buttons: Zalo writes both into one text of 2000
MOST_ON_A_PAGE = 10
MOST_CLUSTERS = 2  #: whose pictures are offered


@dataclass(frozen=True, slots=True)
class _Item:
    """One session as it is written here, in its cluster."""

    cluster: Cluster
    line: Line
    words: str
    opens: bool  #: it has a button

    @property
    def size(self) -> int:
        return utf16_length(plain(self.words)) + (utf16_length(self.line.label) + 6 if self.opens else 0) + 2


def schedule(talk: Talk, place: Place | None = None) -> Message:
    """Raises NotAllowedError for a stranger."""
    talk.require_known()
    place = place or Place()
    items = list(_items(talk, place))
    if _together(talk):
        items.sort(key=_by_day)
    shown = _pages(items)
    place = replace(place, page=max(1, min(place.page, len(shown))))
    here = shown[place.page - 1] if shown else []
    rows = (
        *(
            (button(one.line.label, Verb.CARD, one.line.session.id, *place.words),)
            for one in here
            if one.opens
        ),
        *_turning(place, len(shown)),
        *_tabs(talk, place),
        *_pictures(talk, place),
        *_files(items),
    )
    return Message("\n\n".join(_written(talk, place, here, len(shown))), rows)


def _items(talk: Talk, place: Place) -> Iterator[_Item]:
    """What is coming, then the rest where that is the order and there is room, else by date."""
    for person in talk.people:
        cluster = talk.scene.cluster(person.cluster_id).cluster
        lines = [
            line(talk.scene.of(session), person, private=talk.incoming.private)
            for session in _of_years(talk, cluster, before=place.tab is Tab.BEFORE)
            if place.month is None or _month(session) == place.month
        ]
        if place.month is not None or place.tab is Tab.COMING:
            yield from _coming_first(cluster, lines, short=place.month is None, named=_together(talk))
        else:
            belonging = (one for one in lines if _belongs(one, place.tab))
            yield from (_item(cluster, one, place.tab, named=_together(talk)) for one in belonging)


def _of_years(talk: Talk, cluster: Cluster, *, before: bool) -> list[Session]:
    """Of the present school year; or of the earlier ones."""
    year = cluster.school_year
    return [s for s in talk.work.sessions.of_cluster(cluster.id) if stands_in(s, year, year) is not before]


def _together(talk: Talk) -> bool:
    """Somebody of the authority has the sessions of all her clusters in one list, by their days."""
    if len(talk.people) < 2:
        return False
    units = (talk.scene.cluster(p.cluster_id).units[p.unit_id] for p in talk.people)
    return all(unit.kind is UnitKind.AUTHORITY for unit in units)


def _by_day(one: "_Item") -> tuple[bool, dt.date, str]:
    session = one.line.session
    day = session.date or (session.window[0] if session.window else dt.date.max)
    return not one.line.coming, day, one.cluster.name


def _coming_first(cluster: Cluster, lines: Sequence[Line], *, short: bool, named: bool) -> Iterator[_Item]:
    """With `short`, what is over only where everything fits into one page."""
    coming = [_item(cluster, one, Tab.COMING, named=named) for one in lines if one.coming]
    rest = [_item(cluster, one, Tab.COMING, named=named) for one in lines if not one.coming]
    yield from coming
    if not short or len(_pages([*coming, *rest])) <= 1:
        yield from rest


def _belongs(one: Line, tab: Tab) -> bool:
    if tab is Tab.SCHOOL:
        return bool(one.school)
    return one.invited if tab is Tab.MINE else True


def _item(cluster: Cluster, one: Line, tab: Tab, *, named: bool) -> _Item:
    """`named`: with the name of its cluster, among the sessions of others."""
    opens = one.coming or tab is not Tab.COMING
    where = f"cụm {cluster.name}" if named else ""
    remarks = [where, one.mine, one.school if tab is Tab.SCHOOL else "", one.state, one.clash]
    name = "lich_session" if one.coming else "lich_past"
    return _Item(cluster, one, text(f"chat/{name}", one=one, remarks=[r for r in remarks if r]), opens)


def _pages(items: Iterable[_Item]) -> list[list[_Item]]:
    made: list[list[_Item]] = []
    for item in items:
        here = made[-1] if made else []
        full = sum(one.size for one in here) + item.size > PAGE or len(here) == MOST_ON_A_PAGE
        if not made or full:
            made.append([])
        made[-1].append(item)
    return made


def _written(talk: Talk, place: Place, here: Sequence[_Item], pages: int) -> Iterator[str]:
    """The heading of each cluster, then its lines; past ones close together under a word of their own."""
    if _together(talk):
        yield from _written_together(talk, place, here, pages)
        return
    for person in talk.people:
        around = talk.scene.cluster(person.cluster_id)
        cluster, reader = around.cluster, you(manner(person, around.units[person.unit_id]))
        mine = [one for one in here if one.cluster.id == cluster.id]
        if not mine and (pages > 1 or (len(talk.people) > 1 and here)):
            continue
        coming_first = place.month is not None or place.tab is Tab.COMING
        yield text("chat/lich", cluster=cluster, place=place, tab=place.tab.value, pages=pages, you=reader)
        if coming_first and not any(one.line.coming for one in mine) and place.page == 1:
            yield text("chat/lich_none", month=place.month)
        elif not mine:
            yield text("chat/lich_none_here", tab=place.tab.value, you=reader)
        coming = [one.words for one in mine if one.line.coming or not coming_first]
        past = [one for one in mine if not one.line.coming and coming_first]
        yield from coming
        if past:
            heading = text("chat/lich_past_heading", over=[one.line.over for one in past])
            yield "\n".join([heading, *(one.words for one in past)])


def _written_together(talk: Talk, place: Place, here: Sequence[_Item], pages: int) -> Iterator[str]:
    names = sorted(talk.scene.cluster(p.cluster_id).cluster.name for p in talk.people)
    yield text("chat/lich_together", names=names, place=place, tab=place.tab.value, pages=pages)
    if not here:
        yield text("chat/lich_none", month=place.month)
    yield from (one.words for one in here)


def _turning(place: Place, pages: int) -> Rows:
    found = []
    if place.page > 1:
        found.append(_to("‹ Trang trước", replace(place, page=place.page - 1)))
    if place.page < pages:
        found.append(_to("Trang sau ›", replace(place, page=place.page + 1)))
    return (tuple(found),) if found else ()


def _tabs(talk: Talk, place: Place) -> Rows:
    """The present one marked; a school's only for those who work at one."""
    kinds = {talk.scene.cluster(p.cluster_id).units[p.unit_id].kind for p in talk.people}
    clusters = [talk.scene.cluster(p.cluster_id).cluster for p in talk.people]
    hidden = set() if UnitKind.SCHOOL in kinds else {Tab.SCHOOL}
    if not any(_of_years(talk, cluster, before=True) for cluster in clusters):
        hidden.add(Tab.BEFORE)
    offered = [tab for tab in Tab if tab not in hidden]
    here = place.tab if place.month is None else None
    found = [_to(f"• {LABELS[tab]}" if tab is here else LABELS[tab], Place(tab)) for tab in offered]
    return tuple(tuple(found[i : i + 2]) for i in range(0, len(found), 2))


def _to(label: str, place: Place) -> Button:
    return button(label, Verb.SCHEDULE, *place.words)


def _files(items: Sequence[_Item]) -> Rows:
    if not any(one.line.mine and one.line.coming for one in items):
        return ()
    return ((button("Thêm các buổi của tôi vào lịch", Verb.CALENDAR, 0),),)


def _pictures(talk: Talk, place: Place) -> Rows:
    """Under the whole year: it and the coming month to look at, to hand on and to print."""
    if place.month is not None or place.tab is not Tab.YEAR or not talk.incoming.private:
        return ()
    return tuple(
        (
            button("Ảnh lịch cả năm", Verb.PAPER, person.cluster_id, "nam"),
            button("Ảnh tháng tới", Verb.PAPER, person.cluster_id, "thang"),
        )
        for person in talk.people[:MOST_CLUSTERS]
    )


def _month(session: Session) -> int | None:
    day = session.date or (session.window[0] if session.window else None)
    return day.month if day else None
