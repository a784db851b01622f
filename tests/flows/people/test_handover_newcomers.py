"""Whoever takes over a post without being on the roster: new, back again, or there under that name."""

from bot.cluster.people import Person, Post
from bot.flows.people.handing_over import Newcomer
from bot.flows.people.registration import redeem_code
from bot.storage.work import Desk
from tests.flows.people.office import CLERK_NAME, COOK, HEAD, LEAD, TEACHER, VICE, give, named


def test_a_code_is_for_who_is_new_or_whom_the_one_who_acts_may_let_in(desk: Desk) -> None:
    with desk.work() as work:
        new = give(work, COOK, COOK, Newcomer("Phạm Thị Nhài", "0912345678"))
        assert new.code is not None
        assert new.new.phone == "0912345678"
        found = redeem_code(work.people, "telegram", "77", new.code, work.now)
        assert isinstance(found, Person)
        assert found.id == new.new.id


def test_a_teacher_does_not_get_the_code_of_a_vice_head(desk: Desk) -> None:
    with desk.work() as work:
        vice = named(work, VICE)
        work.people.unlink(vice.id)
        assert give(work, TEACHER, TEACHER, VICE).code is None
    with desk.work() as work:
        assert give(work, HEAD, HEAD, VICE).code is not None


def test_who_comes_back_has_what_she_takes_over_and_nothing_of_before(desk: Desk) -> None:
    with desk.work() as work:
        give(work, LEAD, CLERK_NAME, Newcomer("Đỗ Thị Văn"))
        back = give(work, LEAD, "Tổ phó mẫu giáo Sao Sáng", Newcomer(CLERK_NAME)).new
        assert back.id == named(work, CLERK_NAME).id
        assert (back.clerk, back.posts, back.active) == (False, (Post("TPCM", "mẫu giáo"),), True)


def test_a_new_name_that_is_in_the_school_already_is_that_person(desk: Desk) -> None:
    with desk.work() as work:
        assert give(work, HEAD, COOK, Newcomer(TEACHER)).new.id == named(work, TEACHER).id
