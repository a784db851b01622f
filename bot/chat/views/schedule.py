"""/lich: what is coming first, then the year; each line with weekday, date, host, content in short."""

import datetime as dt
from dataclasses import dataclass

from bot.chat.talk import Talk, words
from bot.flows.scene import SessionScene
from bot.message import Message
from bot.notices.actions import Verb, button
from bot.notices.cards import Rows
from bot.notices.dates import days_between, short_day
from bot.sessions.session import Session, SessionState

SHORT = 64  #: letters of the content in a line
MOST_BUTTONS = 12


@dataclass(frozen=True, slots=True)
class Line:
    session: Session
    when: str
    hosts: str
    content: str
    state: str  #: "", "đã hủy", "đang xin đổi", "đã đổi", "chưa chốt ngày"
    mine: str  #: "", "được mời", "tham dự", "vắng mặt"
    over: bool


def schedule(talk: Talk, month: int | None = None) -> Message:
    """Raises NotAllowedError for a stranger."""
    clusters = [talk.scene.cluster(p.cluster_id).cluster for p in talk.people] or [talk.me]  # type: ignore[list-item]
    blocks = []
    buttons: Rows = ()
    for person, cluster in zip(talk.people, clusters, strict=True):
        sessions = [
            s for s in talk.work.sessions.of_cluster(cluster.id) if month is None or _month(s) == month
        ]
        lines = [line(talk.scene.of(s), person.id) for s in sessions]
        coming = [one for one in lines if not one.over and one.session.state is SessionState.PLANNED]
        done = [one for one in lines if one not in coming]
        blocks.append((cluster, coming, done))
        buttons += tuple((button(_label(one), Verb.CARD, one.session.id),) for one in coming)
    if any(one.mine for _, coming, _ in blocks for one in coming):
        buttons = (
            *buttons[: MOST_BUTTONS - 1],
            (button("Thêm các buổi của tôi vào lịch", Verb.CALENDAR, 0),),
        )
    return words("lich", buttons[:MOST_BUTTONS], blocks=blocks, month=month, today=talk.work.today)


def line(of: SessionScene, person_id: int) -> Line:
    session = of.session
    hosts = " và ".join(u.label for u in of.facts.hosts)
    return Line(
        session=session,
        when=_when(session),
        hosts=hosts,
        content=shortened(session.content),
        state=_state(of),
        mine=_mine(of, person_id),
        over=of.over,
    )


def shortened(content: str, limit: int = SHORT) -> str:
    """The first words, cut between words, what stands in brackets left out where it is long."""
    content = " ".join(content.split())
    if len(content) > limit and "(" in content[: limit + 20]:
        content = content.partition("(")[0].strip() or content
    if len(content) <= limit:
        return content
    return content[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _when(session: Session) -> str:
    if session.date is None:
        return session.date_text
    day = days_between(session.date, session.date_end)
    return f"{day}, {session.start.hour}h{session.start.minute:02}" if session.start else day


def _state(of: SessionScene) -> str:
    session = of.session
    if session.state is SessionState.CANCELLED:
        return "đã hủy"
    if session.date is None:
        return "chưa chốt ngày"
    if of.over:
        return "đã diễn ra"
    if of.facts.request is not None:
        return "đang xin đổi lịch"
    return "đã đổi ngày" if session.date_revision > 1 else ""


def _mine(of: SessionScene, person_id: int) -> str:
    if of.facts.cancelled or person_id not in of.invited_ids | of.authority_ids:
        return ""
    answer = of.answers.get(person_id)
    if answer is None:
        return "có mời" if not of.over else ""
    return "tham dự" if answer.reply == "going" else "vắng mặt"


def _label(one: Line) -> str:
    when = short_day(one.session.date) if one.session.date else one.session.date_text
    return f"{one.session.code} · {when} · {one.hosts}"


def _month(session: Session) -> int | None:
    day: dt.date | None = session.date or (session.window[0] if session.window else None)
    return day.month if day else None
