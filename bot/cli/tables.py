"""Readings and changes, drawn for the terminal."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.cluster.roster_changes import RosterChanges
from bot.flows.plan_import import Preview
from bot.notices.dates import full_day, hours
from bot.plan.reading import PlanReading, SessionReading


def plan_table(console: Console, reading: PlanReading) -> None:
    facts = (
        ("Cụm", reading.cluster),
        ("Năm học", reading.school_year),
        ("Các trường", ", ".join(reading.schools)),
        ("Cụm trưởng", reading.head),
        ("Cơ quan quản lý", reading.authority),
        ("Hạn mời", _rule(reading)),
    )
    for word, value in facts:
        console.print(f"[bold]{word}:[/bold] {escape(value or 'không thấy ghi')}")
    table = Table(show_lines=True)
    for head in ("Ngày", "Đăng cai", "Nội dung", "Thành phần", "Hạn mời"):
        table.add_column(head)
    for session in reading.sessions:
        table.add_row(
            escape(_when(session)),
            escape(" và ".join(session.hosts) or "?"),
            escape(session.content or "?"),
            escape(session.audience_text or "?"),
            full_day(session.invite_deadline) if session.invite_deadline else "",
        )
    console.print(table)


def show_doubts(console: Console, reading: PlanReading) -> None:
    if reading.doubts:
        console.print("[bold]Cần xem lại:[/bold]")
    for doubt in reading.doubts:
        where = f"Buổi {doubt.session + 1}: " if doubt.session is not None else ""
        console.print(f"• {escape(where + doubt.message)}", highlight=False)


def show_changes(console: Console, what: Preview) -> None:
    changes = what.changes
    if what.cluster is not None:
        for draft in changes.added:
            console.print(f"+ thêm: {escape(_when(draft.reading))}")
        for session, draft in changes.moved:
            old = full_day(session.date) if session.date else session.date_text
            console.print(f"~ {session.code} đổi ngày: {escape(old)} sang {escape(_when(draft.reading))}")
        for session, _ in changes.reworded:
            console.print(f"~ {session.code} sửa nội dung hoặc thành phần")
        for session in changes.dropped:
            console.print(f"- bỏ {session.code}: {escape(session.content)}")
    if what.past:
        console.print(f"{what.past} buổi đã qua: chỉ lưu, không báo ai.")
    for year in what.years_without_days_off:
        console.print(
            f"[bold]Lưu ý:[/bold] chưa có lịch nghỉ năm {year}; hạn mời trong năm này có thể sai. "
            "Nhập lịch nghỉ bằng nhaclich calendar import."
        )


def show_roster_changes(console: Console, what: RosterChanges) -> None:
    console.print(
        f"Thêm {len(what.added)}, sửa {len(what.changed)}, thôi {len(what.left)}, "
        f"giữ nguyên {len(what.unchanged)} người."
    )
    for change in what.changed:
        console.print(f"~ {escape(change.after.name)}")
    for person in what.left:
        console.print(f"- {escape(person.name)}")
    for remark in what.remarks:
        console.print(f"• {escape(remark)}")


def _when(session: SessionReading) -> str:
    if session.date is None:
        return f"{session.date_text} (chưa rõ ngày)"
    when = full_day(session.date)
    return f"{when}, {hours(session.start, session.end)}" if session.start else when


def _rule(reading: PlanReading) -> str:
    rules = reading.rules
    if rules.invite_working_days is not None:
        return f"{rules.invite_working_days} ngày làm việc trước buổi"
    if rules.invite_calendar_days is not None:
        return f"{rules.invite_calendar_days} ngày trước buổi (kể cả ngày nghỉ)"
    return "văn bản không ghi; dùng 3 ngày làm việc"
