"""Groups and their seats, on both engines: a seat is nobody, wherever people are read."""

import datetime as dt

import pytest
from sqlalchemy import URL, Connection, Engine, insert, select, text
from sqlalchemy.exc import IntegrityError

from bot.cluster.groups import GroupChat, GroupState
from bot.notices.notice import Kind, Notice
from bot.outbox.port import State
from bot.storage import migrate
from bot.storage.groups import SqlGroups
from bot.storage.notices import SqlNotices
from bot.storage.people import SqlPeople
from bot.storage.reports import SqlReports
from bot.storage.tables import group_chat, notice, notice_archive
from tests.storage.world import NOW, World, make_world

CHAT, SUPERGROUP = "-2001", "-1002001"


def linked(db: Connection, world: World, chat: str = CHAT) -> GroupChat:
    groups = SqlGroups(db)
    asked = groups.ask("telegram", chat, "Cụm An Tiến", "1001")
    group = groups.link(asked.id, world.cluster.id, world.people[0], NOW)
    assert group is not None
    return group


def seat(group: GroupChat) -> int:
    assert group.seat_id is not None
    return group.seat_id


def test_a_seat_is_in_no_list_of_people_and_no_chat_stands_for_it(engine: Engine) -> None:
    with engine.begin() as db:
        world, people = make_world(db), SqlPeople(db)
        for group in (linked(db, world), None):  # also after it has ended
            assert people.people(world.cluster.id, left_too=True) == list(world.people)
            assert people.people_by_chat("telegram", CHAT) == []
            assert people.person_by_chat("telegram", CHAT) is None
            if group is not None:
                assert people.person(seat(group)) is None
                assert people.addresses([seat(group)])[seat(group)].chat_id == CHAT
                SqlGroups(db).end(group.id, NOW)
                assert people.person(seat(group)) is None
                assert people.addresses([seat(group)]) == {}


def test_a_seat_is_neither_told_nor_missed_by_the_reports(engine: Engine) -> None:
    with engine.begin() as db:
        world = make_world(db)
        group = linked(db, world)
        both = (world.people[1].id, seat(group))
        for kind, state in ((Kind.CHANGE, State.SENT), (Kind.DETAILS, State.FAILED)):
            SqlNotices(db).put([_notice(world, kind, one) for one in both])
            db.execute(notice.update().where(notice.c.kind == kind.value).values(state=state.value))
        SqlNotices(db).put([_notice(world, Kind.RESTORED, one) for one in both])
        reports, about = SqlReports(db), (world.session.id, 1)
        person = world.people[1].id
        assert set(reports.told(*about)) == {person}
        assert set(reports.times(*about, Kind.CHANGE)) == {person}
        assert reports.queued(*about, Kind.RESTORED) == {person}
        assert reports.unreached(*about, [Kind.DETAILS]) == {person}
        columns = [c.name for c in notice_archive.c if c.name != "id"]
        done = notice.c.state == State.SENT.value
        kept = select(*(notice.c[name] for name in columns)).where(done)
        db.execute(notice.update().where(done).values(finished_at=NOW))
        db.execute(insert(notice_archive).from_select(columns, kept))
        db.execute(notice.delete().where(done))
        assert set(reports.told(*about)) == {person}


def test_a_question_is_answered_once_and_a_later_one_ends_it(engine: Engine) -> None:
    with engine.begin() as db:
        world, groups = make_world(db), SqlGroups(db)
        first = groups.ask("telegram", CHAT, "Cụm An Tiến", "1001")
        second = groups.ask("telegram", CHAT, "Cụm An Tiến", "1002")
        assert groups.get(first.id) != first
        assert groups.link(first.id, world.cluster.id, world.people[0], NOW) is None
        assert groups.of_chat("telegram", CHAT) == second
        assert groups.linked(world.cluster.id) == []
        group = groups.link(second.id, world.cluster.id, world.people[0], NOW)
        assert group is not None
        assert group.state is GroupState.LINKED
        assert groups.link(second.id, world.cluster.id, world.people[0], NOW) is None
        assert groups.linked(world.cluster.id) == [group]
        assert groups.end(group.id, NOW)
        assert not groups.end(group.id, NOW)
        assert groups.of_chat("telegram", CHAT) is None
        assert groups.titles(world.cluster.id) == {seat(group): "Cụm An Tiến"}


def test_one_group_of_a_cluster_on_a_channel_and_one_cluster_of_a_group(engine: Engine) -> None:
    with engine.begin() as db:
        world, other = make_world(db), make_world(db, "Hoa Ban", "GHJKLM")
        linked(db, world)
    for cluster, chat in ((world, "-2002"), (other, CHAT)):
        with pytest.raises(IntegrityError), engine.begin() as db:
            linked(db, cluster, chat)
    with engine.begin() as db:
        linked(db, other, "-2002")


def test_a_group_that_moved_has_nothing_pinned(engine: Engine) -> None:
    with engine.begin() as db:
        world, groups = make_world(db), SqlGroups(db)
        group = linked(db, world)
        groups.note_pin("telegram", CHAT, may_pin=True)
        assert groups.show(group.id, "s1.v1") == 1
        assert groups.show(group.id, "s1.v2") == 2
        moved = groups.move("telegram", CHAT, SUPERGROUP)
        assert moved is not None
        assert (moved.chat_id, moved.may_pin, moved.shown, moved.turn) == (SUPERGROUP, None, None, 2)
        assert SqlPeople(db).addresses([seat(group)])[seat(group)].chat_id == SUPERGROUP
        assert groups.move("telegram", CHAT, SUPERGROUP) is None


def test_while_one_pinning_is_on_its_way_it_is_known(engine: Engine) -> None:
    with engine.begin() as db:
        world, groups = make_world(db), SqlGroups(db)
        group = linked(db, world)
        SqlNotices(db).put([_notice(world, Kind.PIN, seat(group))])
        (row,) = db.execute(select(notice.c.id)).scalars()
        assert not groups.is_being_pinned(seat(group), frozenset())
        db.execute(notice.update().values(state=State.SENDING.value))
        assert groups.is_being_pinned(seat(group), frozenset())
        assert not groups.is_being_pinned(seat(group), frozenset({row}))


def test_who_is_erased_leaves_no_chat_behind_at_a_question(engine: Engine) -> None:
    with engine.begin() as db:
        world, people = make_world(db), SqlPeople(db)
        people.link(world.people[0], "telegram", "1001", NOW)
        linked(db, world)
        people.erase(world.people[0].id)
        assert db.execute(select(group_chat.c.asked)).scalars().all() == [""]


def test_an_older_database_gets_groups_and_keeps_its_people(engine: Engine, database_url: URL) -> None:
    with engine.begin() as db:
        make_world(db)
        for later in ("cover", "cover_off", "group_chat"):
            db.execute(text(f"DROP TABLE {later}"))
        db.execute(text("DROP INDEX uq_nomination_of_cluster"))
        db.execute(text("UPDATE alembic_version SET version_num = '0008'"))
    migrate.upgrade(database_url)
    with engine.begin() as db:
        assert db.execute(text("SELECT count(*) FROM person")).scalar() == 3
        assert db.execute(select(group_chat)).all() == []


def _notice(world: World, kind: Kind, recipient: int) -> Notice:
    until = NOW + dt.timedelta(days=1)
    return Notice(kind, world.cluster.id, world.session.id, 1, recipient, "1", NOW, until)
