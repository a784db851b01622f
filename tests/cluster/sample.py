"""The sample cluster as data: its schools, its people, its plan's audience phrases."""

import csv
from pathlib import Path

from bot.cluster.people import Cluster, Person, Post, Unit, UnitKind
from bot.plan.reading import AudienceItem, Scope
from bot.resources import data_path
from bot.vocabulary import find_role

ROSTER = Path(data_path("roster", "an-tien.csv"))
SCHOOLS = ("Sao Sáng", "Bát Trang", "Trường Thành", "Trường Thọ", "An Tiến")

CLUSTER = Cluster(
    id=1,
    name="An Tiến",
    school_year="2023-2024",
    lead_name="Lê Thị Minh Hồng",
    authority="Phòng GD&ĐT",
    invite_days=3,
    invite_counts_working_days=True,
    conflict_rule=None,
    join_code="BCDFGH",
)
UNITS = [
    *(Unit(i, 1, UnitKind.SCHOOL, name, f"MN {name}") for i, name in enumerate(SCHOOLS, start=1)),
    Unit(6, 1, UnitKind.AUTHORITY, "Phòng GD&ĐT", "Phòng GD&ĐT"),
]
SAO_SANG, BAT_TRANG, TRUONG_THANH, TRUONG_THO, AN_TIEN, PHONG = UNITS


def sample_people() -> list[Person]:
    """The 66 people, ids in roster order; read without the roster reader, which has tests of its own."""
    by_label = {unit.label: unit.id for unit in UNITS}
    people: list[Person] = []
    with ROSTER.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            found = [find_role(post) for post in row["Chức vụ"].split(";")]
            posts = tuple(Post(*role) for role in found if role)
            clerk = row["Ghi chú"] == "quản trị"
            people.append(Person(number, 1, by_label[row["Đơn vị"]], row["Họ và tên"], posts, clerk=clerk))
    return people


def each(role: str, count: int | None = None, qualifier: str | None = None) -> AudienceItem:
    return AudienceItem(role, count, Scope.EACH_SCHOOL, qualifier)


#: (host, phrase, people by the phrase, people with the authority and its core team)
SESSIONS: list[tuple[Unit, list[AudienceItem], int, int]] = [
    (SAO_SANG, [each("HT"), each("PHT_CM"), each("TTCM", qualifier="mẫu giáo")], 15, 20),
    (AN_TIEN, [each("HT"), each("PHT_CSND"), each("GV_COT_CAN", 4), each("BEP_TRUONG")], 35, 40),
    (TRUONG_THANH, [each("BGH"), each("TTCM")], 25, 30),
    (TRUONG_THO, [each("BGH"), each("TTCM", qualifier="các tổ"), each("TPCM", qualifier="các tổ")], 35, 40),
]


def person(number: int, unit: Unit, *posts: str, name: str = "", clerk: bool = False) -> Person:
    """Made up: "TTCM/mẫu giáo" is a post with its team."""
    held = tuple(Post(role, team or None) for role, _, team in (post.partition("/") for post in posts))
    return Person(number, unit.cluster_id, unit.id, name or f"Người {number}", held, clerk=clerk)
