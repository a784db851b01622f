"""The sessions of the year as everybody may read them: when, where, what; nothing of anybody."""

import datetime as dt
from dataclasses import dataclass

from bot.cluster.people import Cluster
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.lines import SIGNS, shortened, state, when
from bot.flows.work import Work
from bot.notices.dates import capital
from bot.notices.wording import text
from bot.sessions.session import Session, SessionState
from bot.sessions.years import stands_in


@dataclass(frozen=True, slots=True)
class Listed:
    code: str
    when: str
    hosts: str
    content: str
    state: str  #: a key of SIGNS
    coming: bool

    @property
    def sign(self) -> str:
        return SIGNS[self.state]


def year_text(work: Work, scene: Scene, cluster: Cluster, *, changed: bool = False) -> str:
    """What is coming, then what is over or cancelled.  `changed`: by a plan that was put right."""
    year = cluster.school_year
    stored = [s for s in work.sessions.of_cluster(cluster.id) if stands_in(s, year, year)]
    lines = [_listed(scene.of(session)) for session in sorted(stored, key=_first_day)]
    coming, past = ([one for one in lines if one.coming is side] for side in (True, False))
    kinds = ("đã qua" if one.state == "đã diễn ra" else "đã hủy" for one in past)
    return text(
        "notices/plan.group",
        cluster=cluster,
        coming=coming,
        past=past,
        past_is=capital(", ".join(dict.fromkeys(sorted(kinds, reverse=True)))),
        changed=changed,
    )


def _listed(of: SessionScene) -> Listed:
    session = of.session
    return Listed(
        code=session.code,
        when=when(session),
        hosts=" và ".join(unit.label for unit in of.facts.hosts),
        content=shortened(session.content),
        state=state(of, public=True),
        coming=not of.over and session.state is SessionState.PLANNED,
    )


def _first_day(session: Session) -> dt.date:
    return session.date or (session.window[0] if session.window else dt.date.max)
