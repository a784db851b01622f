"""Units of work, on both engines: everything in one or nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import URL, Engine

from bot.clock import TurnableClock
from bot.errors import BadInputError, NhacLichError, OutdatedError
from bot.flows.work import Office, Work
from bot.notices.policy import Policy
from bot.outbox.port import Address
from bot.storage.migrate import newest, upgrade
from bot.storage.opening import open_store
from bot.storage.work import Desk
from bot.workdays import Workdays
from tests.storage.world import NOW, World, make_world


@pytest.fixture
def desk(engine: Engine) -> Desk:
    office = Office(Policy.load(), Workdays.load(), ZoneInfo("Asia/Ho_Chi_Minh"))
    return Desk(engine, office, TurnableClock(NOW))


@pytest.fixture
def world(desk: Desk) -> World:
    with desk.engine.begin() as db:
        return make_world(db)


def test_a_unit_of_work_has_one_now(desk: Desk) -> None:
    with desk.work() as work:
        assert work.now == NOW
        assert f"{work.today}" == "2023-10-03"


def test_what_fails_leaves_nothing(desk: Desk) -> None:
    def fail(work: Work) -> None:
        work.talks.put_fact("a", 1, work.now)
        raise OutdatedError("too late")

    with pytest.raises(OutdatedError):
        desk.run(fail)
    assert desk.see(lambda work: work.talks.fact("a")) is None
    desk.run(lambda work: work.talks.put_fact("a", 2, work.now))
    assert desk.see(lambda work: work.talks.fact("a")) == (2, NOW)


def test_of_many_who_change_a_session_at_once_each_counts_once(desk: Desk, world: World) -> None:
    """Compare-and-set: nobody's change is lost, whoever was late tries again (invariant 7)."""

    def change(number: int) -> None:
        while True:
            try:
                desk.run(lambda work: _lengthen(work, world.session.id, number))
            except OutdatedError:
                continue
            return

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(change, range(24)))
    after = desk.see(lambda work: work.sessions.get(world.session.id))
    assert after is not None
    assert after.version == 25
    assert sorted((after.programme or "").split()) == sorted(str(n) for n in range(24))


def _lengthen(work: Work, session_id: int, number: int) -> None:
    session = work.sessions.get(session_id)
    assert session is not None
    words = f"{session.programme or ''} {number}"
    work.sessions.save(replace(session, programme=words, version=session.version + 1))


def test_a_chat_that_moved_is_followed(desk: Desk, world: World) -> None:
    person = world.people[0]
    desk.run(lambda work: work.people.link(person, "telegram", "-7", work.now))
    desk.chat_moved(Address("telegram", "-7"), Address("telegram", "-1007"))
    link = desk.see(lambda work: work.people.addresses([person.id]))[person.id]
    assert (link.channel, link.chat_id) == ("telegram", "-1007")


def test_a_store_is_brought_up_to_date(database_url: URL) -> None:
    url = database_url.render_as_string(hide_password=False)
    engine = open_store(url)
    with engine.connect() as db:
        assert db.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == newest()
    engine.dispose()
    upgrade(url)


def test_a_store_of_a_newer_version_is_refused(database_url: URL) -> None:
    url = database_url.render_as_string(hide_password=False)
    engine = open_store(url)
    with engine.begin() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(BadInputError, match="phiên bản mới hơn"):
        open_store(url)


@pytest.mark.parametrize(
    "url",
    [
        "nothing",
        "oracle://u:sekret@host/x",
        "sqlite:////no/such/folder/a.db",
        "postgresql://u:sekret@127.0.0.1:1/x",
    ],
)
def test_an_address_that_cannot_be_used_is_said_without_its_password(url: str) -> None:
    with pytest.raises(NhacLichError) as error:
        open_store(url)
    assert "DATABASE_URL" in str(error.value)
    assert "sekret" not in str(error.value) + error.value.detail
    assert error.value.__cause__ is None


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"no database" * 500)
    with pytest.raises(BadInputError, match="Không mở được"):
        open_store(f"sqlite:///{tmp_path / 'a.db'}")
