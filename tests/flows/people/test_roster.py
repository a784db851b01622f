"""Importing a roster into the store, and codes for those not yet registered."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.cluster import codes
from bot.cluster.audience import everybody
from bot.cluster.roster import RosterError
from bot.flows.people.registration import redeem_code
from bot.flows.people.roster import make_codes, preview_roster, store_roster, unregistered
from tests.cluster.sample import ROSTER, SESSIONS
from tests.flows.people.people_store import NOW, Town, people_store

GOOD = ROSTER.read_bytes()


@pytest.fixture
def town() -> Iterator[Town]:
    with people_store() as store:
        yield Town(store)


def test_the_imported_sample_invites_as_many_as_the_plan_says(town: Town) -> None:
    people, units = town.store.people(town.cluster.id), town.store.units(town.cluster.id)
    assert len(people) == 66
    for host, phrase, _, with_authority in SESSIONS:
        [host_id] = [unit.id for unit in units if unit.label == host.label]
        assert len(everybody(phrase, [host_id], people, units).people) == with_authority


def test_a_bad_roster_changes_nothing(town: Town) -> None:
    before = town.store.people(town.cluster.id)
    bad = GOOD.replace("HT; Cụm trưởng".encode(), b"HTX").replace("Lê Thị".encode(), "Lý Thị".encode())
    with pytest.raises(RosterError, match="Dòng 2: không có chức vụ “HTX”"):
        store_roster(town.store, town.cluster, bad)
    assert town.store.people(town.cluster.id) == before


def test_who_stays_keeps_id_and_chat(town: Town) -> None:
    lead = town.person("Lê Thị Minh Hồng")
    town.store.link(lead, "telegram", "11", NOW)
    lines = GOOD.decode("utf-8-sig").splitlines()
    shorter = "\n".join([lines[0], *lines[1:14], lines[14].replace("PHTCM", "CTCĐ"), *lines[20:]]).encode()
    assert preview_roster(town.store, town.cluster, shorter) == store_roster(
        town.store, town.cluster, shorter
    )
    assert town.store.person_by_chat("telegram", "11") == lead
    assert town.person("Phó hiệu trưởng chuyên môn Bát Trang").holds("CTCD")
    assert len(town.store.people(town.cluster.id)) == 66 - 5
    store_roster(town.store, town.cluster, GOOD)
    assert len(town.store.people(town.cluster.id, left_too=True)) == 66


def test_codes_are_for_those_not_yet_registered(town: Town) -> None:
    lead = town.person("Lê Thị Minh Hồng")
    town.store.link(lead, "zalo", "11", NOW)
    issued = make_codes(town.store, town.cluster, NOW, "nhaclich_bot")
    assert len(issued) == 65
    assert len({code["code"] for code in issued}) == 65
    assert lead.name not in {code["name"] for code in issued}
    first = issued[0]
    assert (first["role"], first["unit"]) == ("PHTCM", "MN Sao Sáng")
    assert first["link"] == f"https://t.me/nhaclich_bot?start={first['code']}"
    assert lead not in unregistered(town.store, town.cluster)
    assert make_codes(town.store, town.cluster, NOW)[0]["link"] == ""


def test_fresh_codes_end_the_earlier_ones(town: Town) -> None:
    early = make_codes(town.store, town.cluster, NOW)[0]
    late = make_codes(town.store, town.cluster, NOW)[0]
    assert town.store.code(codes.hashed(early["code"])) is None
    stored = town.store.code(codes.hashed(late["code"]))
    assert stored is not None
    assert stored.expires_at == NOW + timedelta(days=30)


def test_everybody_registers_with_a_code(town: Town) -> None:
    for number, issued in enumerate(make_codes(town.store, town.cluster, NOW)):
        redeem_code(town.store, "telegram", str(number), issued["code"], NOW)
    assert unregistered(town.store, town.cluster) == []
    assert make_codes(town.store, town.cluster, NOW) == []
