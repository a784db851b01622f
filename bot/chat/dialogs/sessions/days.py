"""Choosing a day: three free ones offered, any other typed, with a warning where it is a day off."""

import datetime as dt

from bot.chat.talk import Talk, choice
from bot.errors import BadInputError
from bot.flows.scene import SessionScene
from bot.flows.work import Dialog
from bot.message import Button
from bot.notices.dates import capital, full_day, short_day
from bot.plan.typed import parse_typed_date
from bot.sessions.free_days import free_days
from bot.sessions.reschedule import check_day
from bot.sessions.store import FixedDate


def offers(talk: Talk, of: SessionScene) -> list[dt.date]:
    """Three free days near the present one, or near the window of a session without a day."""
    work, session = talk.work, of.session
    near = session.date or (session.window[0] if session.window else work.today)
    cluster = of.around.cluster
    return free_days(
        near,
        work.today,
        work.workdays(cluster.id),
        _taken(talk, of),
        invite_days=cluster.invite_days,
        count=work.office.policy.requests.offered_days,
    )


def offer_rows(talk: Talk, of: SessionScene, dialog: Dialog) -> list[tuple[Button, ...]]:
    return [(choice(dialog, capital(short_day(day)), day.isoformat()),) for day in offers(talk, of)]


def typed_day(talk: Talk, of: SessionScene, said: str) -> dt.date:
    """Raises BadInputError: no day, one that does not exist, past, or the present one."""
    try:
        day = dt.date.fromisoformat(said)
    except ValueError:
        cluster = of.around.cluster
        day = parse_typed_date(said, today=talk.work.today, school_year=cluster.school_year)
    last = _last_day(of.around.cluster.school_year)
    if last is not None and day > last:
        raise BadInputError(
            f"{capital(full_day(day))} không thuộc năm học {of.around.cluster.school_year}. "
            "Đề nghị gõ lại, ví dụ: 15/11."
        )
    return check_day(of.session, day, talk.work.today)


def _last_day(school_year: str) -> dt.date | None:
    """The end of the summer after "2023-2024"."""
    last = school_year.rpartition("-")[2]
    return dt.date(int(last), 8, 31) if len(last) == 4 and last.isascii() and last.isdigit() else None


def warnings(talk: Talk, of: SessionScene, day: dt.date) -> list[str]:
    """What speaks against a day.  It may be chosen all the same: the bot warns and does not refuse."""
    work, cluster = talk.work, of.around.cluster
    workdays = work.workdays(cluster.id)
    found = []
    reason = workdays.off_reason(day)
    if reason:
        found.append(f"{capital(full_day(day))} là ngày nghỉ ({reason}).")
    if work.deadline(cluster, day) <= work.today:
        found.append(f"Không còn đủ {cluster.invite_days} ngày để mời.")
    for other in work.sessions.of_cluster(cluster.id):
        if other.fixed and other.date == day and other.id != of.session.id:
            found.append(f"Hôm đó đã có buổi {other.code}.")
    found += [f"Hôm đó cơ quan quản lý có lịch: {d.title}." for d in _fixed(talk, of) if d.date == day]
    return found


def _taken(talk: Talk, of: SessionScene) -> set[dt.date]:
    others = talk.work.sessions.of_cluster(of.session.cluster_id)
    sessions = {s.date for s in others if s.fixed and s.date is not None}
    return sessions | {d.date for d in _fixed(talk, of)}


def _fixed(talk: Talk, of: SessionScene) -> list[FixedDate]:
    return [d for d in talk.work.sessions.fixed_dates(of.session.cluster_id) if d.kind == "authority"]
