"""What is true now about one cluster: its schools and people, and who answers for what in it."""

import datetime as dt
from functools import cached_property

from bot.cluster.addressing import address
from bot.cluster.groups import GroupChat, seat_of
from bot.cluster.people import Cluster, Person, Unit, UnitKind
from bot.cluster.rights import heads_of, is_lead, managers
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.notices.quiet import is_open
from bot.sessions.session import Session
from bot.sessions.store import FixedDate


class ClusterScene:
    """One cluster: its units and people by id."""

    def __init__(self, work: Work, cluster: Cluster) -> None:
        self._work = work
        self.cluster = cluster
        self.workdays = work.workdays(cluster.id)
        self.units: dict[int, Unit] = {u.id: u for u in work.people.units(cluster.id)}
        self.people: dict[int, Person] = {p.id: p for p in work.people.people(cluster.id)}
        self._open: dict[tuple[Kind, dt.date | None], bool] = {}

    @cached_property
    def managers(self) -> tuple[Person, ...]:
        return tuple(managers(self.cluster.id, self.people.values()))

    @cached_property
    def lead(self) -> str:
        """As in "đ/c Lê Thị Minh Hồng, HT MN Sao Sáng"; "" where the cluster has none."""
        lead = next((p for p in self.managers if is_lead(p, self.cluster.id)), None)
        return address(lead, self.units[lead.unit_id], full=False) if lead else ""

    @cached_property
    def schools(self) -> tuple[Unit, ...]:
        return tuple(u for u in self.units.values() if u.kind is UnitKind.SCHOOL)

    @cached_property
    def authority(self) -> str:
        """The body that decides: as the roster writes it, or else the plan."""
        bodies = (u.label for u in self.units.values() if u.kind is UnitKind.AUTHORITY)
        return next(bodies, self.cluster.authority or "cơ quan quản lý")

    @cached_property
    def fixed_dates(self) -> tuple[FixedDate, ...]:
        return tuple(self._work.sessions.fixed_dates(self.cluster.id))

    @cached_property
    def groups(self) -> tuple[GroupChat, ...]:
        return tuple(self._work.groups.linked(self.cluster.id))

    @cached_property
    def seats(self) -> dict[int, Person]:
        """To whom notices for the groups are addressed; none of `people`."""
        return {seat.id: seat for seat in map(seat_of, self.groups)}

    @cached_property
    def not_covering(self) -> frozenset[int]:
        """The schools that settle by themselves who covers for those who go."""
        return self._work.sessions.not_covering(self.cluster.id)

    def is_open(self, kind: Kind, session_day: dt.date | None) -> bool:
        """Whether a notice of this kind, about this day, may be sent now (`bot.notices.quiet`)."""
        about = (kind, session_day)
        if about not in self._open:
            work, office = self._work, self._work.office
            self._open[about] = is_open(
                work.now, kind, office.policy, self.workdays, office.tz, session_day=session_day
            )
        return self._open[about]

    def heads(self, unit_id: int) -> tuple[Person, ...]:
        return tuple(heads_of(unit_id, self.people.values()))

    def host_heads(self, session: Session) -> tuple[Person, ...]:
        return tuple(p for unit in session.host_ids for p in self.heads(unit))
