"""A row that cannot be composed, or that the composer forgets, holds up no other."""

from datetime import datetime

from sqlalchemy import Connection

from bot.message import Message
from bot.outbox.port import Composed, Dropped, Parcel, State
from tests.outbox.stage import NOW, Stage
from tests.storage.queue.rows import CHAT, LEASE


def test_one_row_that_cannot_be_composed_does_not_hold_up_the_others(stage: Stage) -> None:
    broken = stage.of_cluster[1][1]

    def compose(db: Connection, rows: object, now: datetime) -> list[Composed]:
        if any(row.recipient_id == broken for row in rows):  # type: ignore[attr-defined]
            raise KeyError("room")
        return [Parcel((row,), CHAT, Message("x")) for row in rows]  # type: ignore[attr-defined]

    stage.put(stage.notices())
    queue = stage.queue(compose)
    composed = queue.compose(queue.claim(NOW, 10, LEASE), NOW)
    assert len(composed) == 2
    assert broken not in {row.recipient_id for result in composed for row in result.rows}


def test_a_composer_that_forgets_a_row_is_not_believed(stage: Stage) -> None:
    stage.put(stage.notices())
    queue = stage.queue(lambda db, rows, now: [Dropped(tuple(rows[:1]), State.CANCELLED, "no need")])
    rows = queue.claim(NOW, 10, LEASE)
    assert len(queue.compose(rows, NOW)) == 3, "asked one by one it forgets nothing"
