"""What is still to be said to whom once a post has changed hands, and who is told that it has."""

import datetime as dt

import pytest

from bot.cluster.people import Post
from bot.flows.sessions.rescheduling import ask
from bot.notices.notice import Kind
from bot.sessions.request import Cause, RequestKind
from bot.sessions.reschedule import Ask
from bot.storage.work import Desk
from tests.flows.people.office import (
    CLERK_NAME,
    COOK,
    HEAD,
    INVITED,
    LEAD,
    TEACHER,
    TEAM,
    VICE,
    cluster_of,
    give,
    named,
    send_what_is_due,
    waiting_for,
)


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
