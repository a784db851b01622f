"""A successor stands where the other was named, and inherits nothing that was personal."""

import datetime as dt

from bot.cluster.people import Post
from bot.flows.people.handing_over import Newcomer
from bot.flows.scene import Scene
from bot.flows.work import Dialog
from bot.sessions.answers import Answer, Reply
from bot.sessions.nomination import Nomination
from bot.storage.work import Desk
from tests.flows.people.office import (
    COOK,
    HEAD,
    TEACHER,
    TEAM,
    VICE,
    cluster_of,
    give,
    named,
)


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
