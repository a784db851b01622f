"""A session in the words of a list: when, what in short, how it stands."""

from bot.flows.session_scene import SessionScene
from bot.notices.dates import days_between
from bot.sessions.session import Session, SessionState

SHORT = 64  #: letters of the content in a line
#: How a session stands, and its sign before the line; nothing where it simply takes place as planned.
SIGNS = {
    "đã hủy": "✕",
    "chưa chốt ngày": "○",
    "đã diễn ra": "✓",
    "đang xin đổi lịch": "⇄",
    "đã đổi ngày": "↻",
    "": "",
}


def shortened(content: str, limit: int = SHORT) -> str:
    """The first words, cut between words, what stands in brackets left out where it is long."""
    content = " ".join(content.split())
    if len(content) > limit and "(" in content[: limit + 20]:
        content = content.partition("(")[0].strip() or content
    if len(content) <= limit:
        return content
    return content[:limit].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def when(session: Session) -> str:
    if session.date is None:
        return session.date_text
    day = days_between(session.date, session.date_end)
    return f"{day}, {session.start.hour}h{session.start.minute:02}" if session.start else day


def state(of: SessionScene, *, public: bool = False) -> str:
    """`public`: to everybody, also those whom an open request does not concern."""
    session = of.session
    if session.state is SessionState.CANCELLED:
        return "đã hủy"
    if session.date is None:
        return "chưa chốt ngày"
    if of.over:
        return "đã diễn ra"
    if of.facts.request is not None and not public:
        return "đang xin đổi lịch"
    return "đã đổi ngày" if session.date_revision > 1 else ""
