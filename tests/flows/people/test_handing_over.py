"""A post changes hands in one transaction, on both engines: who may, to whom, and which rights go along."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot.cluster.handover import CLERK, Office, offices_of
from bot.cluster.people import Person, Post
from bot.cluster.rights import leads, managers
from bot.errors import BadInputError, NotAllowedError, OutdatedError
from bot.flows.people.handing_over import Newcomer, Order, hand_over, mark_of
from bot.storage.work import Desk
from tests.flows.people.office import (
    CLERK_NAME,
    COOK,
    HEAD,
    LEAD,
    TEACHER,
    TEAM,
    VICE,
    cluster_of,
    give,
    named,
)


def test_the_rights_pass_and_who_leaves_has_none(desk: Desk) -> None:
    with desk.work() as work:
        done = give(work, HEAD, HEAD, VICE)
    with desk.look() as work:
        old, new = named(work, HEAD), named(work, VICE)
        assert (old.active, new.posts) == (False, (Post("HT"),))
        assert new.id == done.new.id
        made = work.people.handovers(old.cluster_id, 5)
        assert [(m.from_id, m.to_id, m.actor_id, m.leaves) for m in made] == [(old.id, new.id, old.id, True)]
        assert made[0].offices == (Office("HT"),)
        assert made[0].at == work.now
        assert not work.people.addresses([old.id])
        assert work.people.has_left("telegram", str(1000 + old.id))
        steps = [e for s in work.sessions.of_cluster(old.cluster_id) for e in work.sessions.history(s.id)]
        assert {e.detail["to"] for e in steps if e.what == "handed_over"} == {new.id}


def test_who_stays_keeps_what_she_has_besides(desk: Desk) -> None:
    with desk.work() as work:
        give(work, LEAD, LEAD, "Hiệu trưởng Bát Trang", leaves=False, only="CUM_TRUONG")
        cluster = cluster_of(work)
        assert named(work, LEAD).posts == (Post("HT"),)
        assert [p.name for p in leads(cluster.id, work.people.people(cluster.id))] == [
            "Hiệu trưởng Bát Trang"
        ]
        assert cluster.lead_name == "Hiệu trưởng Bát Trang"


def test_the_clerks_work_passes_with_the_post(desk: Desk) -> None:
    with desk.work() as work:
        give(work, LEAD, CLERK_NAME, Newcomer("Đỗ Thị Văn"))
        new = named(work, "Đỗ Thị Văn")
        assert (new.clerk, new.posts) == (True, (Post("VAN_THU"),))
        left = managers(new.cluster_id, work.people.people(new.cluster_id))
        assert [p.name for p in left] == [LEAD, "Đỗ Thị Văn"]


@pytest.mark.parametrize(
    ("actor", "whose", "to"),
    [
        (TEACHER, HEAD, VICE),
        ("Hiệu trưởng Bát Trang", COOK, TEACHER),
        (COOK, TEAM, TEACHER),
        (HEAD, LEAD, VICE),
    ],
)
def test_nobody_else_does_it(desk: Desk, actor: str, whose: str, to: str) -> None:
    with desk.work() as work, pytest.raises(NotAllowedError):
        give(work, actor, whose, to)


def test_a_vice_head_does_not_hand_over_the_leads_work_nor_make_the_lead_leave(desk: Desk) -> None:
    vice = "Phó hiệu trưởng chuyên môn Sao Sáng"
    with desk.work() as work:
        with pytest.raises(NotAllowedError):
            give(work, vice, LEAD, vice, only="CUM_TRUONG", leaves=False)
        with pytest.raises(BadInputError, match="còn việc khác"):
            give(work, vice, LEAD, vice, only="HT")
        assert named(work, LEAD).active


@pytest.mark.parametrize(
    ("to", "why"),
    [
        (HEAD, "phải là người khác"),
        ("Phó hiệu trưởng chuyên môn Bát Trang", "đang ở MN Bát Trang"),
        (Newcomer("<b>"), "họ và tên"),
        (Newcomer("Nguyễn Thị Lan", "12"), "Số điện thoại"),
    ],
)
def test_who_cannot_take_over_is_refused_with_what_to_do(desk: Desk, to: str | Newcomer, why: str) -> None:
    with desk.work() as work, pytest.raises(BadInputError, match=why):
        give(work, HEAD, HEAD, to)


def test_who_has_the_post_already_takes_nothing_over(desk: Desk) -> None:
    with desk.work() as work, pytest.raises(BadInputError, match="đang giữ chức vụ này rồi"):
        give(work, HEAD, TEACHER, "Giáo viên cốt cán 2 An Tiến")


def test_of_two_at_once_one_hands_over_and_the_other_is_told(desk: Desk) -> None:
    """Compare-and-set: the head to one, her vice head at the same moment to another."""
    with desk.look() as work:
        head, vice, other = named(work, HEAD), named(work, VICE), named(work, TEAM)
    orders = [
        (head, Order(head.id, offices_of(head), vice.id, True, mark_of(head, vice))),
        (vice, Order(head.id, offices_of(head), other.id, True, mark_of(head, other))),
    ] * 2

    def attempt(one: tuple[Person, Order]) -> str:
        try:
            desk.run(lambda work: hand_over(work, *one))
        except (OutdatedError, NotAllowedError) as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(attempt, orders))
    assert results.count("done") == 1
    with desk.look() as work:
        heads = [
            p for p in work.people.people(head.cluster_id) if p.unit_id == head.unit_id and p.holds("HT")
        ]
        assert len(heads) == 1
        assert len(work.people.handovers(head.cluster_id, 5)) == 1


def test_a_confirmation_of_yesterday_is_not_carried_out(desk: Desk) -> None:
    with desk.work() as work:
        head, vice = named(work, HEAD), named(work, VICE)
        order = Order(head.id, offices_of(head), vice.id, True, mark_of(head, vice))
        work.people.put_person(replace(vice, posts=(Post("GV"),)))
        with pytest.raises(OutdatedError):
            hand_over(work, head, order)


def test_clerk_is_an_office_of_the_cluster() -> None:
    assert Office(CLERK).of_cluster
    assert Office(CLERK).words == "Quản trị cụm"
