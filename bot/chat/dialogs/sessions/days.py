"""Choosing a day: three free ones offered, or one of a month; any other typed, with a warning where it is a
day off.  The month stands in the place of the offers, and `Quay lại` brings them back."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from bot.chat.questions import question_before
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.errors import BadInputError
from bot.flows.session_scene import SessionScene
from bot.flows.work import Dialog
from bot.message import Button, Message
from bot.notices.cards import Rows
from bot.notices.dates import capital, full_day, short_day
from bot.plan.dates.typed import parse_typed_date
from bot.sessions.free_days import Standing, free_days, standing
from bot.sessions.month import HEADINGS, Cell, Month, weeks
from bot.sessions.reschedule import check_day
from bot.sessions.store import FixedDate

#: In a month only free days bear their number; what cannot be pressed bears a sign in its place.
SIGNS = {Standing.PAST: "–", Standing.SOON: "–", Standing.REST: "×", Standing.TAKEN: "●"}
_EMPTY = "·"  #: Telegram takes no button without words
_DAY_STEPS = ("day", "agree_day", "counter")
_OPEN, _NOT = "month", "not"
_NUMBERS = "Đề nghị bấm một ngày có số, hoặc gõ ngày, ví dụ: 15/11."


def ask_day(
    talk: Talk, of: SessionScene, dialog: Dialog, name: str, *more: Button, **facts: object
) -> Message:
    """The question `data/texts/chat/<name>.txt` over the offers, `more` below them; or the open month."""
    if (month := _shown(dialog)) is not None:
        return _month_page(talk, of, dialog, month)
    days = offers(talk, of)
    rows: list[tuple[Button, ...]] = [
        (choice(dialog, capital(short_day(day)), day.isoformat()),) for day in days
    ]
    if talk.incoming.buttons:
        near = days[0] if days else of.session.date or talk.work.today
        rows.append((choice(dialog, "Chọn ngày khác", f"{_OPEN}.{max(Month.of(near), _first(talk))}"),))
    rows += [(one,) for one in more]
    return words(name, (*rows, way_out(dialog)), f=of.facts, **facts)


def take_day(
    talk: Talk, of: SessionScene, dialog: Dialog, said: str, ask: Callable[[Talk, Dialog], Message]
) -> dt.date | Reaction:
    """The day that was pressed or typed; or what a press did that chose none.

    Raises BadInputError like `typed_day`; ValueError for a forged press.
    """
    if talk.incoming.token is None:
        return typed_day(talk, of, said)
    what, _, rest = said.partition(".")
    if what == _OPEN:
        return talk.respond(ask(talk, _turned(talk, of, dialog, Month.read(rest))))
    if what == _NOT:
        return Reaction(toast=_why_not(talk, of, dt.date.fromisoformat(rest)) if rest else _NUMBERS)
    return typed_day(talk, of, dt.date.fromisoformat(said).isoformat())


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


def _shown(dialog: Dialog) -> Month | None:
    month = dialog.data.get("month")
    return Month.read(month) if month else None


def _turned(talk: Talk, of: SessionScene, dialog: Dialog, month: Month) -> Dialog:
    """The dialog with this month open, within the school year."""
    month = min(max(month, _first(talk)), _last(talk, of))
    if _shown(dialog) is None:
        return talk.advance(dialog, dialog.step, month=str(month))
    return talk.keep(replace(dialog, data={**dialog.data, "month": str(month)}))


def _first(talk: Talk) -> Month:
    return Month.of(talk.work.today)


def _last(talk: Talk, of: SessionScene) -> Month:
    end = _last_day(of.around.cluster.school_year)
    return max(Month.of(end), _first(talk)) if end else _first(talk).later(12)


def _month_page(talk: Talk, of: SessionScene, dialog: Dialog, month: Month) -> Message:
    work, cluster = talk.work, of.around.cluster
    workdays, taken = work.workdays(cluster.id), _taken(talk, of)

    def stands(day: dt.date) -> Standing:
        return standing(day, work.today, workdays, taken, invite_days=cluster.invite_days)

    def turn(sign: str, to: Month) -> Button:
        inside = _first(talk) <= to <= _last(talk, of)
        return choice(dialog, sign, f"{_OPEN}.{to}") if inside else nothing(_EMPTY)

    def nothing(label: str) -> Button:
        return choice(dialog, label, _NOT)

    grid = weeks(month, stands)
    rows: Rows = (
        (turn("‹", month.later(-1)), nothing(month.words), turn("›", month.later(1))),
        tuple(nothing(heading) for heading in HEADINGS),
        *(tuple(_cell(dialog, cell) if cell else nothing(_EMPTY) for cell in week) for week in grid),
        way_out(dialog),
    )
    shown = {cell.standing for week in grid for cell in week if cell}
    return words("day_month", rows, f=of.facts, month=month, shown=shown, any_free=Standing.FREE in shown)


def _cell(dialog: Dialog, cell: Cell) -> Button:
    if cell.standing is Standing.FREE:
        return choice(dialog, str(cell.day.day), cell.day.isoformat())
    return choice(dialog, SIGNS[cell.standing], f"{_NOT}.{cell.day.isoformat()}")


def _why_not(talk: Talk, of: SessionScene, day: dt.date) -> str:
    if day <= talk.work.today:
        return f"{capital(full_day(day))} {'là hôm nay' if day == talk.work.today else 'đã qua'}."
    if day == of.session.date:
        return f"Buổi {of.session.code} đang là {full_day(day)}."
    found = warnings(talk, of, day)
    return f"{found[0]} Vẫn muốn chọn ngày này thì gõ {day.day}/{day.month}." if found else _NUMBERS


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


def another_day(talk: Talk, of: SessionScene, dialog: Dialog, said: str) -> Dialog | None:
    """The question of the day again, where one is typed although the chosen one is only to be confirmed;
    None: no day is typed, or none was asked.  Buttons below the day shown before mean nothing any more."""
    before = question_before(dialog)
    if talk.incoming.token is not None or before is None or before.step not in _DAY_STEPS:
        return None
    try:
        parse_typed_date(said, today=talk.work.today, school_year=of.around.cluster.school_year)
    except BadInputError:
        return None
    return before


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
        said = full_day(day)
        why = "" if reason.casefold() in said.casefold() else f" ({reason})"
        found.append(f"{capital(said)} là ngày nghỉ{why}.")
    if work.deadline(cluster, day) <= work.today:
        found.append(f"Không còn đủ {cluster.invite_days} ngày làm việc để mời.")
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
