"""How the seats of groups are told from people (`bot.cluster.groups`)."""

from sqlalchemy import ColumnElement, exists

from bot.storage.tables import group_chat


def is_a_person(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Not the seat of a group, of today or of earlier."""
    return ~exists().where(group_chat.c.seat_id == person_id)
