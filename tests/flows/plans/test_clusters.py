"""A plan makes its cluster, or brings it up to date."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.cluster.people import UnitKind
from bot.cluster.roster import find_unit
from bot.errors import BadInputError
from bot.flows.plans.clusters import authority_names, cluster_from_plan
from bot.plan.reading import Rules
from bot.storage.people import SqlPeople
from tests.cluster.sample import SCHOOLS
from tests.flows.people.people_store import NOW, READING, people_store


@pytest.fixture
def store() -> Iterator[SqlPeople]:
    with people_store() as store:
        yield store


def test_the_sample_plan_makes_its_cluster(store: SqlPeople) -> None:
    cluster = cluster_from_plan(store, READING, NOW)
    assert (cluster.name, cluster.school_year, cluster.lead_name) == (
        "An Tiến",
        "2023-2024",
        "Lê Thị Minh Hồng",
    )
    assert (cluster.invite_days, cluster.invite_counts_working_days) == (3, True)
    assert len(cluster.join_code) == 6
    assert cluster.join_code not in repr(cluster)
    units = store.units(cluster.id)
    assert [unit.name for unit in units] == [*SCHOOLS, "Phòng GD&ĐT"]
    assert [unit.label for unit in units][:2] == ["MN Sao Sáng", "MN Bát Trang"]
    assert units[3].label == "MN Trường Thọ"
    assert units[-1].kind is UnitKind.AUTHORITY


def test_the_plan_again_changes_rules_and_adds_schools_and_nothing_else(store: SqlPeople) -> None:
    first = cluster_from_plan(store, READING, NOW)
    units = store.units(first.id)
    later = replace(
        READING,
        cluster="Cụm trường An Tiến",
        school_year="2024-2025",
        head=None,
        authority="PGD",
        schools=("Trường MN Sao Sáng", "Tân Lập"),
        rules=Rules(invite_calendar_days=5),
    )
    again = cluster_from_plan(store, later, NOW)
    assert (again.id, again.join_code, again.lead_name) == (first.id, first.join_code, first.lead_name)
    assert (again.school_year, again.invite_days, again.invite_counts_working_days) == ("2024-2025", 5, False)
    assert store.units(first.id)[: len(units)] == units
    assert [unit.label for unit in store.units(first.id)[len(units) :]] == ["MN Tân Lập"]


def test_where_the_plan_is_silent_three_working_days_are_the_rule(store: SqlPeople) -> None:
    silent = replace(READING, rules=Rules(), school_year=None, authority=None, level=None)
    cluster = cluster_from_plan(store, silent, datetime(2024, 5, 2, tzinfo=UTC))
    assert (cluster.invite_days, cluster.invite_counts_working_days) == (3, True)
    assert cluster.school_year == "2023-2024"
    assert [unit.label for unit in store.units(cluster.id)] == list(SCHOOLS)


def test_a_name_that_says_its_level_itself_is_not_given_it_twice(store: SqlPeople) -> None:
    cluster = cluster_from_plan(store, replace(READING, schools=("TH&THCS Tân Lập", "Tân An")), NOW)
    labels = [unit.label for unit in store.units(cluster.id)]
    assert labels[:2] == ["TH&THCS Tân Lập", "MN Tân An"]


def test_a_plan_without_a_cluster_or_schools_is_refused(store: SqlPeople) -> None:
    for bad in (
        replace(READING, cluster=None),
        replace(READING, cluster="x" * 300),
        replace(READING, schools=()),
    ):
        with pytest.raises(BadInputError, match="Đề nghị"):
            cluster_from_plan(store, bad, NOW)
    assert store.clusters() == []


@pytest.mark.parametrize(
    ("written", "bodies"),
    [
        ("Phòng GD&ĐT", ["Phòng GD&ĐT"]),
        ("PGD", ["Phòng GD&ĐT"]),
        ("phòng (Phòng GD&ĐT)", ["Phòng GD&ĐT"]),
        ("Phòng GD&ĐT huyện Phú Sơn", ["Phòng GD&ĐT huyện Phú Sơn"]),
        (
            "Sở Giáo dục và Đào tạo (chuyên môn); UBND xã An Phú, xã Bình Khê, phường Đông Triều "
            "(địa bàn, qua Phòng Văn hóa - Xã hội)",
            ["Sở Giáo dục và Đào tạo", "UBND xã An Phú", "UBND xã Bình Khê", "UBND phường Đông Triều"],
        ),
        ("Cơ quan chưa ai biết", ["Cơ quan chưa ai biết"]),
        ("", []),
    ],
)
def test_the_authorities_of_a_plan(written: str, bodies: list[str]) -> None:
    assert authority_names(written) == bodies


def test_people_of_a_commune_are_found_under_its_office(store: SqlPeople) -> None:
    two_tier = "Sở Giáo dục và Đào tạo; UBND xã An Phú, xã Bình Khê"
    cluster = cluster_from_plan(store, replace(READING, authority=two_tier), NOW)
    units = store.units(cluster.id)
    for written, expected in {
        "Sở GD&ĐT": "Sở Giáo dục và Đào tạo",
        "Phòng VH-XH xã Bình Khê": "UBND xã Bình Khê",
        "UBND xã An Phú": "UBND xã An Phú",
    }.items():
        found = find_unit(written, units)
        assert found is not None
        assert found.label == expected
