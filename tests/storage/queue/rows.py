"""What is done with claimed rows, and how long they are held."""

from datetime import timedelta

from bot.outbox.port import Address, Claimed, Outcome, State

LEASE = timedelta(seconds=90)
CHAT = Address("telegram", "1000")


def sent(row: Claimed, message_id: str = "7") -> Outcome:
    return Outcome(row, State.SENT, address=CHAT, message_id=message_id, card_session_id=row.session_id)
