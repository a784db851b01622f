"""Dialogs, cards and facts, on both engines."""

import datetime as dt

import pytest
from sqlalchemy import Connection

from bot.flows.work import Card, Dialog
from bot.outbox.port import Address
from bot.storage.talks import SqlTalks
from tests.storage.world import NOW, make_world

SOON = NOW + dt.timedelta(hours=1)


@pytest.fixture
def talks(db: Connection) -> SqlTalks:
    return SqlTalks(db)


def test_a_chat_is_in_one_dialog_until_it_expires(talks: SqlTalks) -> None:
    first = Dialog("asking", "day", "m1", {"session": 3, "reason": "<b>&🌱"})
    talks.put_dialog("telegram", "7", first, SOON)
    found = talks.dialog("telegram", "7", NOW)
    assert found == first
    assert found is not None
    assert found.until == SOON
    assert talks.dialog("telegram", "8", NOW) is None
    assert talks.dialog("zalo", "7", NOW) is None
    assert talks.dialog("telegram", "7", SOON) is None
    second = Dialog("absent", "why", "m2")
    talks.put_dialog("telegram", "7", second, SOON)
    assert talks.dialog("telegram", "7", NOW) == second
    talks.drop_dialog("telegram", "7")
    talks.drop_dialog("telegram", "7")
    assert talks.dialog("telegram", "7", NOW) is None


def test_a_card_is_the_newest_message_of_a_person_on_a_channel(db: Connection, talks: SqlTalks) -> None:
    world = make_world(db)
    me, other = world.people[0].id, world.people[1].id
    session = world.session.id
    talks.put_card(Card(session, me, Address("telegram", "7"), "10"))
    talks.put_card(Card(session, me, Address("telegram", "7"), "11"))
    talks.put_card(Card(session, me, Address("zalo", "z"), "12"))
    talks.put_card(Card(session, other, Address("telegram", "8"), "13"))
    assert talks.card(session, me, "telegram") == Card(session, me, Address("telegram", "7"), "11")
    assert talks.card(session, other, "zalo") is None
    assert {c.message_id for c in talks.cards(session)} == {"11", "12", "13"}
    assert talks.cards(999) == []


def test_a_fact_is_replaced(talks: SqlTalks) -> None:
    assert talks.fact("heartbeat") is None
    talks.put_fact("heartbeat", "một", NOW)
    talks.put_fact("heartbeat", {"n": [1, None]}, SOON)
    assert talks.fact("heartbeat") == ({"n": [1, None]}, SOON)
