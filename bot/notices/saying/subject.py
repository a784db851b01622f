"""What a saying has to go by, and what it gives."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup, escape

from bot.cluster.people import Unit
from bot.notices.cards import Rows
from bot.notices.cover_facts import CoverFacts
from bot.notices.facts import Receiver, SessionFacts, SwapFacts
from bot.notices.wording import text_for
from bot.sessions.answers import Reply
from bot.sessions.request import Request

#: Stands for the name in words that several are told.  Nobody can write it: what comes in is escaped.
SOMEBODY = Markup("<somebody/>")


@dataclass(frozen=True, slots=True)
class Subject:
    """All that a text may say: the session, the receiver, the notice's payload, the request it is about."""

    f: SessionFacts
    to: Receiver
    payload: Mapping[str, Any]
    request: Request | None = None
    request_unit: Unit | None = None
    swap: SwapFacts | None = None  #: the request is half of a swap
    decider: str = ""  #: who decided, in words
    cover: CoverFacts | None = None  #: what the notice is about: who covers for one who goes
    missing: tuple[str, ...] = ()  #: what the host still has to say or to do
    lead: str = ""  #: the cụm trưởng, in words: "đ/c …, Hiệu trưởng MN …"
    questions: tuple[str, ...] = ()  #: what the host's heads are asked at *prepare*

    silent: tuple[str, ...] = ()  #: who has not acknowledged a late change: whom the receiver is to phone
    unreached: tuple[str, ...] = ()  #: whom of the authority a change did not reach; only to the lead

    @property
    def declined(self) -> bool:
        """Whether the receiver has said that she does not come."""
        return self.to.answer is not None and self.to.answer.reply is Reply.DECLINED

    def say(self, name: str, **more: object) -> str:
        facts: dict[str, object] = {"f": self.f, "to": self.to, "address": SOMEBODY}
        return text_for(f"notices/{name}", self.to.manner, **facts, **more)


@dataclass(frozen=True, slots=True)
class Section:
    text: str
    rows: Rows = ()
    card: bool = False  #: it shows the session as it stands: later changes redraw it

    def addressed(self, name: str) -> "Section":
        """To one of those who are told this: "đ/c Nguyễn Thị A, Hiệu trưởng MN Bát Trang"."""
        return replace(self, text=self.text.replace(SOMEBODY, escape(name)))
