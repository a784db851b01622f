"""A notice: one thing to say to one person at one time, before it is worded or sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    PREPARE = "prepare"
    INVITATION = "invitation"
    AUTHORITY_INVITATION = "authority_invitation"
    RELEASED_BY_ITSELF = "released_by_itself"
    DEADLINE_WATCH = "deadline_watch"
    REMINDER = "reminder"
    SAME_DAY = "same_day"
    REQUEST = "request"  #: to the authority: a request to decide
    REQUEST_NEWS = "request_news"  #: to lead and heads: asked, countered, withdrawn, refused
    REQUEST_EXPIRED = "request_expired"  #: on the session's morning, before it begins: the day stands
    CLASH = "clash"  #: to host and lead: the authority's new fixed date, or a day off, falls on a session
    PROPOSAL = "proposal"  #: to the lead: a host proposes the day of a session that has none yet
    NUDGE = "nudge"  #: to the host's heads: the lead asks for what is missing
    CHANGE = "change"  #: the day changed
    DETAILS = "details"  #: hour or room of a session near at hand changed
    CANCELLATION = "cancellation"
    RESTORED = "restored"  #: a cancelled session takes place after all
    KNOWN_AGAIN = "known_again"  #: a late change, once more, to who has not acknowledged it
    STILL_SILENT = "still_silent"  #: to heads and lead: who has not, to be phoned before the start
    CARD = "card"  #: redraw a card in place, no new message
    PLAN = "plan"  #: to the cluster's group: the sessions of the year
    PIN = "pin"  #: to the cluster's group: the next session, in the message that is pinned there
    GROUP_LOST = "group_lost"  #: to lead and clerk: nothing can be said in the cluster's group any more
    SCARCE = "scarce"  #: to lead and clerk: a Zalo bot has little left of its month's messages
    WHO_GOES = "who_goes"  #: to a school's head, to the lead: whom does she send
    STAND_DOWN = "stand_down"  #: to who was invited: somebody else goes, she need not
    STAND_IN = "stand_in"  #: to a school's head: one of her people has named who goes instead
    WHO_COVERS = "who_covers"  #: to a head who is told nothing else: her people who go need a cover
    NOT_COVERED = "not_covered"  #: the day before, to a head who is not reminded: who still needs one
    COVER_ASKED = "cover_asked"  #: to who is named to cover
    COVER_EVE = "cover_eve"  #: the day before, to who has accepted to cover
    COVER_OFF = "cover_off"  #: to who was asked to cover: she need not any more
    COVER_OPEN = "cover_open"  #: to the head who named her: she does not cover, or could not be told
    NEWCOMER = "newcomer"  #: to lead and clerk: a head added somebody to her school
    HANDOVER = "handover"  #: to who takes over, to who gave up, and to who must know it
    UNREACHED = "unreached"  #: to host and lead: whom to phone
    APPROVAL = "approval"  #: somebody asks to be registered
    JOIN_DECISION = "join_decision"  #: to the chat that asked; the row is in the name of who decided


@dataclass(frozen=True, slots=True)
class Notice:
    """`dedup_key` is what makes it unique for ever (invariant 3); `due` may still move while it is unsent."""

    kind: Kind
    cluster_id: int
    session_id: int | None
    date_revision: int
    recipient_id: int  #: Person id; of a group its seat
    occurrence: str
    due: datetime
    useful_until: datetime
    payload: Mapping[str, Any] = field(default_factory=dict)

    @property
    def dedup_key(self) -> str:
        subject = f"s{self.session_id}" if self.session_id is not None else f"c{self.cluster_id}"
        return f"{subject}:{self.date_revision}:{self.kind.value}:{self.recipient_id}:{self.occurrence}"
