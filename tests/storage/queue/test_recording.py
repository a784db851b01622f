"""What became of a row is recorded once, with all that follows from it, on both engines (invariant 3)."""

from datetime import datetime

from sqlalchemy import Connection, select

from bot.outbox.port import Address, Outcome, State
from bot.storage import tables as t
from bot.storage.engine import reading
from tests.outbox.stage import HOUR, NOW, Stage
from tests.storage.queue.rows import CHAT, LEASE, sent


def test_a_retry_waits_and_counts_its_tries(stage: Stage) -> None:
    stage.put(stage.notices(people=stage.of_cluster[1][:1]))
    queue = stage.queue()
    (row,) = queue.claim(NOW, 10, LEASE)
    queue.record([Outcome(row, State.PENDING, retry_at=NOW + HOUR, address=CHAT, error="502")], NOW)
    assert queue.claim(NOW, 10, LEASE) == []
    (row,) = queue.claim(NOW + HOUR, 10, LEASE)
    assert (row.attempt, row.tries) == (2, 1)
    queue.record([Outcome(row, State.PENDING, retry_at=row.due)], NOW)
    (row,) = queue.claim(NOW + HOUR, 10, LEASE)
    assert (row.attempt, row.tries) == (3, 1), "a row that was not handed over was not tried"


def test_a_sent_invitation_leaves_a_card_and_a_line_of_history(stage: Stage) -> None:
    stage.put(stage.notices(people=stage.of_cluster[1][:1]))
    queue = stage.queue()
    for number, at in ((1, NOW), (2, NOW + HOUR)):
        (row,) = queue.claim(at, 10, LEASE)
        queue.record([sent(row, str(number))], at)
        stage.put(stage.notices(people=stage.of_cluster[1][:1], occurrence="2", due=NOW + HOUR))
    with reading(stage.engine) as db:
        (card,) = db.execute(select(t.card)).all()
        history = db.execute(select(t.delivery).order_by(t.delivery.c.id)).all()
    assert (card.person_id, card.chat_id, card.message_id) == (row.recipient_id, "1000", "2")
    assert [(one.message_id, one.state, one.at) for one in history] == [
        ("1", "sent", NOW),
        ("2", "sent", NOW + HOUR),
    ]


def test_recording_twice_changes_nothing(stage: Stage) -> None:
    stage.put(stage.notices())
    queue = stage.queue()
    rows = queue.claim(NOW, 10, LEASE)
    for _ in range(2):
        queue.record([sent(row) for row in rows], NOW)
    with reading(stage.engine) as db:
        assert len(db.execute(select(t.delivery)).all()) == 3


def test_what_failed_for_good_is_told_in_the_same_transaction(stage: Stage) -> None:
    told: list[object] = []

    def gone(db: Connection, address: Address, now: datetime) -> None:
        told.append(address.chat_id)

    def undelivered(db: Connection, rows: object, now: datetime) -> None:
        told.append([row.id for row in rows])  # type: ignore[attr-defined]
        raise RuntimeError("a fault in what is told")

    stage.add_cluster(0, without_chat=1)
    stage.put(stage.notices(people=stage.of_cluster[1][:1]))
    stage.put(stage.notices(cluster=stage.clusters[1]))
    stage.put(stage.notices(people=stage.of_cluster[1][2:]))
    queue = stage.queue(gone=gone, undelivered=undelivered)
    one, two, three = queue.claim(NOW, 10, LEASE)
    queue.record(
        [
            Outcome(one, State.UNREACHABLE, address=CHAT, error="blocked"),
            Outcome(two, State.UNREACHABLE, error="no chat"),
            Outcome(three, State.FAILED, address=CHAT, error="bad request"),
        ],
        NOW,
    )
    assert told == ["1000", [one.id, two.id, three.id]]
    assert stage.states() == [State.UNREACHABLE, State.UNREACHABLE, State.FAILED]


def test_who_registered_meanwhile_is_sent_it_after_all(stage: Stage) -> None:
    told: list[object] = []
    stage.put(stage.notices(people=stage.of_cluster[1][:1]))
    queue = stage.queue(undelivered=lambda db, rows, now: told.append(rows))
    for _ in range(4):
        (row,) = queue.claim(NOW, 10, LEASE)
        queue.record([Outcome(row, State.UNREACHABLE, error="no chat")], NOW)
        assert stage.states() == [State.PENDING]
    assert told == []
    (row,) = queue.claim(NOW, 10, LEASE)
    queue.record([Outcome(row, State.UNREACHABLE, error="no chat")], NOW)
    assert stage.states() == [State.UNREACHABLE], "but it is not tried for ever"
