"""A corrected plan against what is stored: pairs, and what is never undone."""

import datetime as dt
from dataclasses import replace

from bot.plan.reading import AudienceItem, Precision, SessionReading
from bot.sessions.plan_changes import Draft, PlanChanges, Settled, compare, new_session, reworded
from bot.sessions.session import Session, SessionState

TODAY = dt.date(2023, 11, 1)


def draft(
    day: dt.date | None, host: int, content: str, *, words: str = "", start: dt.time | None = None
) -> Draft:
    reading = SessionReading(
        date=day,
        date_end=None,
        precision=Precision.DAY if day else Precision.MONTH,
        date_text=words or (f"{day:%d/%m/%Y}" if day else "Tháng 12/2023"),
        window=(day, day) if day else None,
        start=start,
        end=None,
        part_of_day=None,
        hosts=(f"Trường {host}",),
        place=None,
        content=content,
        audience_text="HT",
        audience=(AudienceItem("HT"),),
    )
    return Draft(reading, (host,), reading.audience)


def stored(number: int, of: Draft, **changed: object) -> Session:
    session = replace(new_session(1, of), id=number, code=f"B{number}")
    return replace(session, **changed)  # type: ignore[arg-type]


A = draft(dt.date(2023, 11, 8), 1, "Bữa ăn học đường và chuyển đổi số")
B = draft(dt.date(2023, 12, 14), 2, "Lễ hội của trẻ")
OVER = draft(dt.date(2023, 10, 12), 3, "Phương pháp STEAM")


def on(one: Draft, day: dt.date, **changed: object) -> Draft:
    reading = replace(one.reading, date=day, date_text=f"{day:%d/%m/%Y}", window=(day, day))
    return replace(one, reading=replace(reading, **changed))  # type: ignore[arg-type]


def against(sessions: list[Session], *drafts: Draft, **settled: Settled) -> PlanChanges:
    known = {int(name[1:]): one for name, one in settled.items()}
    return compare(sessions, drafts, today=TODAY, settled=known)


def test_two_sessions_swap_their_days() -> None:
    swapped = against([stored(1, A), stored(2, B)], on(B, dt.date(2023, 11, 8)), on(A, dt.date(2023, 12, 14)))
    assert [(s.code, d.reading.date) for s, d in swapped.moved] == [
        ("B1", dt.date(2023, 12, 14)),
        ("B2", dt.date(2023, 11, 8)),
    ]
    assert swapped.added == ()
    assert swapped.dropped == ()


def test_two_sessions_swap_their_hosts() -> None:
    swapped = against([stored(1, A), stored(2, B)], replace(A, host_ids=(2,)), replace(B, host_ids=(1,)))
    assert [(s.code, d.host_ids) for s, d in swapped.reworded] == [("B1", (2,)), ("B2", (1,))]


def test_a_day_left_by_agreement_is_not_taken_up_again() -> None:
    agreed = stored(2, B, date=dt.date(2023, 12, 21), date_revision=2)
    old_paper = on(B, dt.date(2023, 12, 14), date_text="Thứ Năm, 14/12")
    what = against([agreed], old_paper, s2=Settled(left=frozenset({dt.date(2023, 12, 14)})))
    assert what.nothing
    assert [s.code for s, _ in what.kept] == ["B2"]


def test_the_same_words_stand_against_an_agreement_too() -> None:
    assert against([stored(2, B, date=dt.date(2023, 12, 21))], B).nothing


def test_a_cancelled_session_stays_cancelled() -> None:
    what = against([stored(1, A, state=SessionState.CANCELLED)], A)
    assert what.nothing
    assert [s.code for s in what.cancelled] == ["B1"]


def test_what_is_over_is_never_touched() -> None:
    past = stored(3, OVER)
    assert against([past], B).dropped == ()
    assert against([past], replace(OVER, host_ids=(1,))).nothing
    again = against([past], on(OVER, dt.date(2023, 11, 20)))
    assert again.moved == ()
    assert len(again.added) == 1


def test_no_session_moves_to_a_day_that_is_over() -> None:
    what = against([stored(1, A)], on(A, dt.date(2023, 10, 20)))
    assert what.nothing
    assert [s.code for s, _ in what.too_late] == ["B1"]


def test_a_plan_that_names_no_day_leaves_the_day() -> None:
    vague = replace(A, reading=replace(A.reading, date=None, date_text="Tháng 11", precision=Precision.MONTH))
    what = against([stored(1, A)], vague)
    assert what.nothing
    assert [s.code for s, _ in what.kept] == ["B1"]


def test_a_day_at_last_is_a_move() -> None:
    vague = replace(A, reading=replace(A.reading, date=None, date_text="Tháng 11", precision=Precision.MONTH))
    what = against([stored(1, vague)], A)
    assert [s.code for s, _ in what.moved] == ["B1"]


def test_a_polished_content_on_another_day_is_the_same_session() -> None:
    polished = on(A, dt.date(2023, 11, 15), content="Bữa ăn học đường, chuyển đổi số")
    what = against([stored(1, A)], polished)
    assert [s.code for s, _ in what.moved] == ["B1"]
    assert what.added == ()
    assert what.dropped == ()


def test_an_hour_set_in_the_chat_stays() -> None:
    set_by_host = stored(1, A, start=dt.time(8, 30), end=dt.time(10, 0))
    eight = replace(A, reading=replace(A.reading, start=dt.time(8, 0)))
    assert against([set_by_host], eight, s1=Settled(hour=True)).nothing
    assert against([set_by_host], eight).reworded


def test_the_end_stays_where_the_plan_gives_the_same_beginning() -> None:
    session = stored(1, A, start=dt.time(8, 0), end=dt.time(10, 0))
    same = replace(A, reading=replace(A.reading, start=dt.time(8, 0)))
    later = replace(A, reading=replace(A.reading, start=dt.time(9, 0)))
    assert reworded(session, same).end == dt.time(10, 0)
    assert reworded(session, later).end is None
