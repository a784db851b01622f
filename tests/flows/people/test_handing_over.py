"""A post changes hands in one transaction, on both engines: rights, names, what is queued, who is told."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from bot.cluster.handover import CLERK, Office, offices_of
from bot.cluster.people import Person, Post
from bot.cluster.rights import leads, managers
from bot.errors import BadInputError, NotAllowedError, OutdatedError
from bot.flows.people.handing_over import Done, Newcomer, Order, hand_over, mark_of
from bot.flows.people.registration import redeem_code
from bot.flows.scene import Scene
from bot.flows.sessions.rescheduling import ask
from bot.flows.work import Dialog, Work
from bot.notices.notice import Kind
from bot.notices.timeline import VIETNAM
from bot.sessions.answers import Answer, Reply
from bot.sessions.nomination import Nomination
from bot.sessions.request import Cause, RequestKind
from bot.sessions.reschedule import Ask
from bot.storage.work import Desk
from tests.flows.people.office import cluster_of, make_desk, named, send_what_is_due, waiting_for
from tests.long import DEEP

HEAD, VICE, COOK = "Hiệu trưởng An Tiến", "Phó hiệu trưởng chuyên môn An Tiến", "Bếp trưởng An Tiến"
LEAD, CLERK_NAME = "Lê Thị Minh Hồng", "Văn thư Sao Sáng"
TEACHER, TEAM = "Giáo viên cốt cán 1 An Tiến", "Tổ phó mẫu giáo An Tiến"
INVITED = dt.datetime(2023, 11, 1, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def desk(engine: Engine) -> Desk:
    if engine.dialect.name == "postgresql" and not DEEP:
        pytest.skip("each once more on PostgreSQL: NHACLICH_DEEP=1 runs it")
    return make_desk(engine)


def give(
    work: Work, actor: str, whose: str, to: str | Newcomer, *, leaves: bool = True, only: str | None = None
) -> Done:
    person = named(work, whose)
    offices = tuple(o for o in offices_of(person) if only is None or o.role == only)
    receiver = to if isinstance(to, Newcomer) else named(work, to).id
    return hand_over(work, named(work, actor), Order(person.id, offices, receiver, leaves))


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


def test_what_her_rights_had_brought_is_not_said_any_more_and_the_plan_says_it_to_the_other(
    desk: Desk,
) -> None:
    with desk.engine.begin() as db:
        work = desk.on(db, INVITED)
        head, team = named(work, HEAD), named(work, TEAM)
        send_what_is_due(db, INVITED)
        assert {"deadline_watch", "reminder", "same_day"} <= waiting_for(db, head.id)
        give(work, HEAD, HEAD, TEAM)
        assert waiting_for(db, head.id) == set()
        assert {"prepare", "invitation", "deadline_watch", "reminder", "same_day", "handover"} <= waiting_for(
            db, team.id
        )


def test_a_head_who_stays_as_a_teacher_hears_of_no_requests(desk: Desk) -> None:
    with desk.engine.begin() as db:
        work = desk.on(db, INVITED)
        send_what_is_due(db, INVITED)
        give(work, VICE, HEAD, VICE, leaves=False)
        head = named(work, HEAD)
        assert head.posts == (Post("GV"),)
        assert waiting_for(db, head.id) == {"stand_down", "handover"}


def test_what_waits_for_the_morning_is_not_said_to_who_is_no_head_any_more(desk: Desk) -> None:
    night = INVITED.replace(hour=21)
    other, cook = "Hiệu trưởng Bát Trang", "Bếp trưởng Bát Trang"
    with desk.engine.begin() as db:
        work = desk.on(db, night)
        send_what_is_due(db, night)
        session = work.sessions.by_code(cluster_of(work).id, "B2")
        assert session is not None
        head = named(work, HEAD)
        ask(
            work,
            head,
            session.id,
            1,
            Ask(RequestKind.MOVE, head.unit_id, head.id, Cause.OTHER, "lý do", None),
        )
        assert "request_news" in waiting_for(db, named(work, other).id)
        give(work, other, other, cook, leaves=False)
        assert "request_news" not in waiting_for(db, named(work, other).id)
        assert "request_news" in waiting_for(db, named(work, LEAD).id), "the others hear it as before"


def test_who_was_named_for_the_post_is_the_successor_now(desk: Desk) -> None:
    with desk.work() as work:
        session = work.sessions.by_code(cluster_of(work).id, "B2")
        assert session is not None
        teacher, team, other = (named(work, n) for n in (TEACHER, TEAM, "Giáo viên cốt cán 2 An Tiến"))
        work.sessions.put_nomination(
            Nomination(
                session.id,
                session.cluster_id,
                teacher.unit_id,
                "GV_COT_CAN",
                (other.id, teacher.id),
                named(work, HEAD).id,
                work.now,
            )
        )
        done = give(work, HEAD, TEACHER, TEAM)
        assert done.new.posts == (Post("TPCM", "mẫu giáo"), Post("GV_COT_CAN"))
        assert work.sessions.nominations(session.id)[0].person_ids == (other.id, team.id)
        invited = Scene(work).of(session).invited_ids
        assert team.id in invited
        assert teacher.id not in invited


def test_who_was_to_go_for_another_is_the_successor_now_and_is_asked_herself(desk: Desk) -> None:
    with desk.work() as work:
        session = work.sessions.by_code(cluster_of(work).id, "B2")
        assert session is not None
        absent, stand_in, new = named(work, TEACHER), named(work, TEAM), Newcomer("Nguyễn Thị Lan")
        work.sessions.put_answer(
            Answer(session.id, 1, absent.id, Reply.DECLINED, "ốm", "cô Tổ phó", work.now, stand_in.id)
        )
        given = give(work, HEAD, TEAM, new).new
        answers = work.sessions.answers(session)
        assert answers[absent.id].substitute_id == given.id
        assert answers[absent.id].substitute == "Nguyễn Thị Lan, TPCM mẫu giáo MN An Tiến"
        assert given.id not in answers
        assert given.id in Scene(work).of(session).invited_ids


def test_open_questions_end_on_every_channel_and_those_of_another_cluster_stay(desk: Desk) -> None:
    with desk.work() as work:
        head = named(work, HEAD)
        work.people.link(head, "zalo", "bot:1", work.now)
        until = work.now + dt.timedelta(days=1)
        chat = str(1000 + head.id)
        work.talks.put_dialog("telegram", chat, Dialog("asking", "day", "a", {"session": 2}), until)
        work.talks.put_dialog("zalo", "bot:1", Dialog("handing_over", "to", "b", {"cluster": 99}), until)
        give(work, VICE, HEAD, VICE)
        assert work.talks.dialog("telegram", chat, work.now) is None
        assert work.talks.dialog("zalo", "bot:1", work.now) is not None


def test_being_told_through_the_school_is_not_inherited(desk: Desk) -> None:
    with desk.work() as work:
        cook = named(work, COOK)
        work.people.set_relay(cook.id, work.now, on=True)
        give(work, COOK, COOK, Newcomer("Phạm Thị Nhài"))
        assert work.people.relayed(cook.cluster_id) == frozenset()
        give(work, HEAD, "Phạm Thị Nhài", Newcomer(COOK))
        assert work.people.relayed(cook.cluster_id) == frozenset(), "nor does it come back with her"


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


@pytest.mark.parametrize(
    ("actor", "whose", "to", "told"),
    [
        (HEAD, HEAD, VICE, {VICE, LEAD, CLERK_NAME}),
        (VICE, HEAD, VICE, {HEAD, LEAD, CLERK_NAME}),
        (LEAD, HEAD, VICE, {HEAD, VICE, CLERK_NAME}),
        (COOK, COOK, TEACHER, {TEACHER, HEAD}),
        (HEAD, COOK, TEACHER, {COOK, TEACHER}),
        (LEAD, COOK, TEACHER, {COOK, TEACHER, HEAD}),
    ],
)
def test_both_are_told_and_who_must_know(desk: Desk, actor: str, whose: str, to: str, told: set[str]) -> None:
    with desk.engine.begin() as db:
        work = desk.on(db, INVITED)
        give(work, actor, whose, to)
        people = work.people.people(cluster_of(work).id, left_too=True)
        assert {p.name for p in people if Kind.HANDOVER.value in waiting_for(db, p.id)} == told


def test_an_open_request_is_put_to_the_new_officer(desk: Desk) -> None:
    officer = "Chuyên viên mầm non Phòng GD&ĐT"
    with desk.engine.begin() as db:
        work = desk.on(db, INVITED)
        session = work.sessions.by_code(cluster_of(work).id, "B2")
        assert session is not None
        head = named(work, HEAD)
        what = Ask(RequestKind.MOVE, head.unit_id, head.id, Cause.OTHER, "lý do", dt.date(2023, 11, 10))
        ask(work, head, session.id, session.date_revision, what)
        send_what_is_due(db, INVITED)
        give(work, officer, officer, "Cốt cán Phòng GD&ĐT 1")
        assert "request" in waiting_for(db, named(work, "Cốt cán Phòng GD&ĐT 1").id)
        assert "request" not in waiting_for(db, named(work, "Lãnh đạo Phòng GD&ĐT").id)


def test_clerk_is_an_office_of_the_cluster() -> None:
    assert Office(CLERK).of_cluster
    assert Office(CLERK).words == "Quản trị cụm"
