"""Readings and changes, drawn for the terminal."""

from bot.cli.terminal import say, say_facts
from bot.cluster.roster_changes import RosterChanges
from bot.flows.plans.previewing import Preview
from bot.notices.dates import days_between, full_day, hours
from bot.plan.reading import PlanReading, SessionReading
from bot.sessions.plan_changes import Draft, reworded
from bot.sessions.session import Session


def show_plan(reading: PlanReading) -> None:
    """What was read, a session after another with its doubts: readable at any width, and in a pipe."""
    facts = (
        ("Cụm", reading.cluster),
        ("Năm học", reading.school_year),
        ("Các trường", ", ".join(reading.schools)),
        ("Cụm trưởng", reading.head),
        ("Cơ quan quản lý", reading.authority),
        ("Hạn mời", _rule(reading)),
    )
    say_facts((word, value or "không thấy ghi") for word, value in facts)
    for number, session in enumerate(reading.sessions, 1):
        say("")
        say(f"Buổi {number}: {_when(session)}", bold=True)
        rows = [
            ("Đăng cai", " và ".join(session.hosts) or "?"),
            ("Nội dung", session.content or "?"),
            ("Thành phần", session.audience_text or "?"),
        ]
        if session.place:
            rows.append(("Địa điểm", session.place))
        if session.invite_deadline:
            rows.append(("Hạn mời", full_day(session.invite_deadline)))
        rows += [("Chưa rõ", doubt.message) for doubt in reading.doubts if doubt.session == number - 1]
        say_facts(rows, indent=2)
    say("")


def show_doubts(reading: PlanReading) -> None:
    """What is doubtful of the whole paper; the doubts of a session stand under it."""
    whole = [doubt for doubt in reading.doubts if doubt.session is None]
    if whole:
        say("Cần xem lại:", bold=True)
    for doubt in whole:
        say(f"• {doubt.message}")


def show_changes(what: Preview) -> None:
    changes = what.changes
    if what.cluster is not None and what.reading.partial:
        say("Văn bản chỉ điều chỉnh, bổ sung các buổi trên; buổi khác giữ nguyên.")
    if what.cluster is not None and not changes.nothing:
        say("So với lịch đang có:", bold=True)
        for draft in changes.added:
            say(f"+ thêm: {_when(draft.reading)}, {draft.reading.content or 'chưa ghi nội dung'}")
        for session, draft in changes.moved:
            old = full_day(session.date) if session.date else session.date_text
            say(f"~ {session.code} đổi ngày: {old} sang {_when(draft.reading)}")
        for session, draft in changes.reworded:
            say(f"~ {session.code} sửa {', '.join(_differing(session, draft))}")
        for session in changes.dropped:
            old = full_day(session.date) if session.date else session.date_text
            say(f"- bỏ {session.code}: {old}, {session.content}")
    if what.past:
        say(f"{what.past} buổi đã qua: chỉ lưu, không báo ai.")
    for year in what.years_without_days_off:
        say(
            f"Lưu ý: chưa có lịch nghỉ năm {year}; hạn mời trong năm này có thể sai. "
            "Nhập lịch nghỉ bằng nhaclich calendar import."
        )


def show_roster_changes(what: RosterChanges) -> None:
    say(
        f"Thêm {len(what.added)}, sửa {len(what.changed)}, thôi {len(what.left)}, "
        f"giữ nguyên {len(what.unchanged)} người."
    )
    for change in what.changed:
        say(f"~ sửa {change.after.name}")
    for person in what.left:
        say(f"- thôi {person.name}")
    for remark in what.remarks:
        say(f"• {remark}")


def _differing(session: Session, draft: Draft) -> list[str]:
    after = reworded(session, draft)
    pairs = (
        ("nội dung", session.content, after.content),
        (
            "thành phần",
            (session.audience_text, session.audience),
            (after.audience_text, after.audience),
        ),
        ("trường đăng cai", session.host_ids, after.host_ids),
        ("giờ", (session.start, session.end), (after.start, after.end)),
        ("địa điểm", session.place, after.place),
        ("cách ghi ngày", session.date_text, after.date_text),
    )
    return [word for word, old, new in pairs if old != new]


def _when(session: SessionReading) -> str:
    if session.date is None:
        return f"{session.date_text} (chưa rõ ngày)"
    when = days_between(session.date, session.date_end)
    return f"{when}, {hours(session.start, session.end)}" if session.start else when


def _rule(reading: PlanReading) -> str:
    rules = reading.rules
    if rules.invite_working_days is not None:
        return f"{rules.invite_working_days} ngày làm việc trước buổi"
    if rules.invite_calendar_days is not None:
        return f"{rules.invite_calendar_days} ngày trước buổi (kể cả ngày nghỉ)"
    kept = next((d.message for d in reading.doubts if d.code == "rule_from_settings"), "Tài liệu không ghi.")
    return kept.partition("; ")[2].rstrip(".") or "không thấy ghi"
