"""A cluster with people and chats in a real database, notices to put into it, and a plain composer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, Table, func, insert, select

from bot.message import Message
from bot.notices.notice import Kind, Notice
from bot.outbox.port import Address, Claimed, Composed, Dropped, Parcel, State
from bot.storage import tables as t
from bot.storage.engine import reading, writing
from bot.storage.notices import SqlNotices
from bot.storage.queue import SqlQueue

NOW = datetime(2023, 10, 3, 2, 0, tzinfo=UTC)  #: 09:00 at An Tiến
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONG = 30 * DAY
REPEATING = frozenset({Kind.PREPARE, Kind.INVITATION, Kind.CHANGE, Kind.CARD})


def repeats(kind: Kind) -> bool:
    return kind in REPEATING


def plain_compose(db: Connection, rows: Sequence[Claimed], now: datetime) -> list[Composed]:
    """One message for each person, naming the rows; a person without a chat is unreachable."""
    people: dict[int, list[Claimed]] = {}
    for row in rows:
        people.setdefault(row.recipient_id, []).append(row)
    found = db.execute(
        select(t.chat_link.c.person_id, t.chat_link.c.channel, t.chat_link.c.chat_id).where(
            t.chat_link.c.person_id.in_(people), t.chat_link.c.blocked_at.is_(None)
        )
    )
    chats = {link.person_id: Address(link.channel, link.chat_id) for link in found}
    results: list[Composed] = []
    for person, of_person in people.items():
        if person not in chats:
            results.append(Dropped(tuple(of_person), State.UNREACHABLE, "no chat"))
            continue
        words = Message(" ".join(f"#{row.id}" for row in of_person))
        card = of_person[0].session_id if of_person[0].kind is Kind.INVITATION else None
        results.append(Parcel(tuple(of_person), chats[person], words, card_session_id=card))
    return results


@dataclass
class Stage:
    """`people` maps a person's id to a chat id; person 0 of each cluster has no chat.

    `prefix`: what stands before a chat's id in an address of this channel.
    """

    engine: Engine
    channel: str = "telegram"
    prefix: str = ""
    clusters: list[int] = field(default_factory=list)
    sessions: list[int] = field(default_factory=list)
    people: dict[int, str | None] = field(default_factory=dict)
    of_cluster: dict[int, list[int]] = field(default_factory=dict)

    def add_cluster(self, people: int, *, first_chat: int = 1000, without_chat: int = 0) -> int:
        """A cluster with one session and so many people with chats."""
        number = len(self.clusters) + 1
        with writing(self.engine) as db:
            cluster = _new(
                db,
                t.cluster,
                name=f"Cụm {number}",
                school_year="2023-2024",
                invite_days=3,
                invite_counts_working_days=True,
                join_code=f"J{number}",
            )
            unit = _new(
                db, t.unit, cluster_id=cluster, kind="school", name="A", label="MN A", aliases=[], position=0
            )
            session = _new(
                db,
                t.session,
                cluster_id=cluster,
                code="B1",
                host_ids=[unit],
                content="Chuyên đề",
                audience_text="",
                audience=[],
                precision="day",
                date_text="",
                state="planned",
                date_revision=1,
                version=1,
            )
            ids = []
            for _ in range(people + without_chat):
                ids.append(_new(db, t.person, cluster_id=cluster, unit_id=unit, name="Cô Mai", posts=[]))
            chats = {person: str(first_chat + place) for place, person in enumerate(ids[:people])}
            if chats:
                db.execute(
                    insert(t.chat_link),
                    [
                        {
                            "cluster_id": cluster,
                            "person_id": person,
                            "channel": self.channel,
                            "chat_id": f"{self.prefix}{chat}",
                            "linked_at": NOW,
                        }
                        for person, chat in chats.items()
                    ],
                )
        self.clusters.append(cluster)
        self.sessions.append(session)
        self.of_cluster[cluster] = ids
        self.people.update({person: chats.get(person) for person in ids})
        return cluster

    def notices(
        self,
        *,
        cluster: int | None = None,
        kind: Kind = Kind.INVITATION,
        due: datetime = NOW,
        useful_until: datetime | None = None,
        people: Iterable[int] | None = None,
        occurrence: str = "1",
    ) -> list[Notice]:
        """One notice for each of the people (all of the cluster)."""
        cluster = cluster or self.clusters[0]
        session = self.sessions[self.clusters.index(cluster)]
        return [
            Notice(kind, cluster, session, 1, person, occurrence, due, useful_until or due + LONG, {"n": 1})
            for person in (people if people is not None else self.of_cluster[cluster])
        ]

    def put(self, notices: Sequence[Notice]) -> None:
        with writing(self.engine) as db:
            SqlNotices(db).put(notices)

    def replan(self, kinds: Sequence[Kind], notices: Sequence[Notice], now: datetime = NOW) -> None:
        with writing(self.engine) as db:
            SqlNotices(db).replan(self.sessions[0], kinds, notices, now)

    def queue(
        self,
        compose: Callable[[Connection, Sequence[Claimed], datetime], Sequence[Composed]] = plain_compose,
        **hooks: object,
    ) -> SqlQueue:
        return SqlQueue(self.engine, compose, repeats=repeats, **hooks)  # type: ignore[arg-type]

    def states(self) -> list[State]:
        """By the order in which the rows were stored."""
        with reading(self.engine) as db:
            stored = db.execute(select(t.notice.c.state).order_by(t.notice.c.id)).scalars()
            return [State(one) for one in stored]

    def count(self, state: State) -> int:
        return self.states().count(state)

    def leased_until_after(self, instant: datetime) -> int:
        """Rows in `sending` whose lease ends at `instant` or later."""
        held = (t.notice.c.state == State.SENDING.value, t.notice.c.lease_until >= instant)
        with reading(self.engine) as db:
            return db.execute(select(func.count()).select_from(t.notice).where(*held)).scalar_one()


def _new(db: Connection, table: Table, **values: object) -> int:
    row = db.execute(insert(table).values(values).returning(table.c.id))
    return int(row.scalar_one())
