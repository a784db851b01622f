"""The doubts about a document as a whole: what it does not say, and names that may be confused."""

from collections.abc import Sequence

from bot.plan.reading import DocType, Doubt, PlanReading
from bot.vocabulary import fold_name

_REMARKS = {
    "tracked_changes": "Tài liệu còn dấu theo dõi sửa đổi; đã đọc bản sau khi sửa. Có đúng không?",
    "converted_tcvn3": "Tài liệu gõ phông TCVN3 (.VnTime), đã chuyển sang Unicode. Nhờ xem lại dấu.",
    "converted_vni": "Tài liệu gõ phông VNI, đã chuyển sang Unicode. Nhờ xem lại dấu.",
    "converted_cp1258": "Tài liệu dùng bảng mã cũ (1258), đã chuyển sang Unicode. Nhờ xem lại dấu.",
    "converted_utf-8": "Tài liệu có ký tự hỏng, đã đọc phần còn lại. Nhờ xem lại chữ.",
    "swapped_cells": "Bảng tính có ô ngày có thể đã bị đảo ngày và tháng.",
}


def document_doubts(reading: PlanReading, stated: int | None, remarks: Sequence[str]) -> list[Doubt]:
    """`stated` is the number of schools that the text itself gives; `remarks` come from the format reader."""
    doubts = [Doubt(name, _REMARKS[name]) for name in remarks if name in _REMARKS]
    if reading.doc_type not in (DocType.PLAN, DocType.CHAT):
        return doubts
    doubts += _missing(reading)
    hosts = {fold_name(host) for session in reading.sessions for host in session.hosts}
    for school in reading.schools:
        if fold_name(school) not in hosts:
            doubts.append(
                Doubt("school_without_session", f"Trường {school} không đăng cai buổi nào. Có đúng không?")
            )
    if stated and stated != len(reading.schools):
        doubts.append(
            Doubt(
                "school_count",
                (
                    f"Tài liệu ghi {stated} trường nhưng nêu tên {len(reading.schools)} trường. Còn thiếu "
                    f"trường nào?"
                ),
            )
        )
    cluster = fold_name(reading.cluster or "")
    for school in reading.schools:
        if cluster and fold_name(school) == cluster:
            doubts.append(
                Doubt(
                    "name_collision",
                    f"“{school}” vừa là tên cụm vừa là tên trường; hệ thống phân biệt theo ngữ cảnh.",
                )
            )
    days: dict[object, int] = {}
    for at, session in enumerate(reading.sessions):
        if session.date is None:
            continue
        if session.date in days:
            doubts.append(
                Doubt(
                    "same_day",
                    f"Buổi {days[session.date] + 1} và buổi {at + 1} cùng một ngày. Có đúng không?",
                    at,
                )
            )
        days.setdefault(session.date, at)
    return doubts


def _missing(reading: PlanReading) -> list[Doubt]:
    doubts: list[Doubt] = []
    dated = [session for session in reading.sessions if session.date]
    timeless = [at for at, session in enumerate(reading.sessions) if session.date and session.start is None]
    if timeless:
        every = len(timeless) == len(dated)
        which = "các buổi" if every else "buổi " + ", ".join(str(at + 1) for at in timeless)
        doubts.append(
            Doubt("no_time", f"Tài liệu không ghi giờ họp của {which}; trường đăng cai sẽ báo giờ.")
        )
    if dated and all(session.place is None for session in dated):
        doubts.append(Doubt("no_place", "Tài liệu không ghi phòng họp; trường đăng cai sẽ báo phòng."))
    for at, session in enumerate(reading.sessions):
        if not session.hosts:
            doubts.append(
                Doubt(
                    "host_missing",
                    f"Buổi {at + 1} không ghi trường đăng cai. Trường nào đăng cai?",
                    at,
                    choices=reading.schools,
                )
            )
        if not session.audience:
            doubts.append(
                Doubt("audience_missing", f"Buổi {at + 1} không rõ thành phần dự. Cần mời những ai?", at)
            )
    rules = reading.rules
    if rules.invite_working_days is None and rules.invite_calendar_days is None:
        doubts.append(
            Doubt(
                "rule_from_settings",
                "Tài liệu không ghi thời hạn mời; dùng mức trong cài đặt (03 ngày làm việc).",
            )
        )
    elif rules.invite_working_days is None:
        doubts.append(
            Doubt(
                "rule_calendar_days",
                f"“{rules.invite_text}”: tính {rules.invite_calendar_days} ngày liền, hay ngày làm việc?",
                where=rules.invite_text,
                choices=("Ngày liền (kể cả ngày nghỉ)", "Ngày làm việc"),
            )
        )
    if reading.head is None:
        doubts.append(Doubt("head_unknown", "Tài liệu không ghi ai là cụm trưởng. Ai là cụm trưởng?"))
    return doubts
