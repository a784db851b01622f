"""The doubts about a document as a whole: what it does not say, and names that may be confused."""

from collections.abc import Sequence
from itertools import pairwise

from bot.plan.reading import DocType, Doubt, PlanReading
from bot.vocabulary import fold_name

_PARTIAL = "Văn bản này điều chỉnh, bổ sung một số buổi, hay là lịch mới thay cho cả lịch cũ?"
ONLY_THESE = "Chỉ các buổi này, buổi khác giữ"
WHOLE_YEAR = "Thay cả lịch cũ"
NONE_MISSING = "Không thiếu trường nào"
_REMARKS = {
    "tracked_changes": "Tài liệu còn dấu theo dõi sửa đổi; đã đọc bản sau khi sửa.",
    "converted_tcvn3": "Tài liệu gõ phông TCVN3 (.VnTime), đã chuyển sang Unicode. Nhờ xem lại dấu.",
    "converted_vni": "Tài liệu gõ phông VNI, đã chuyển sang Unicode. Nhờ xem lại dấu.",
    "converted_cp1258": "Tài liệu dùng bảng mã cũ (1258), đã chuyển sang Unicode. Nhờ xem lại dấu.",
    "converted_utf-8": "Tài liệu có ký tự hỏng, đã đọc phần còn lại. Nhờ xem lại chữ.",
    "swapped_cells": "Bảng tính có ô ngày có thể đã bị đảo ngày và tháng.",
}


def document_doubts(
    reading: PlanReading, stated: int | None, remarks: Sequence[str], *, corrects: bool = False
) -> list[Doubt]:
    """`stated` is the number of schools that the text itself gives; `remarks` come from the format reader;
    `corrects` is a plan that says that it changes or adds some sessions.
    """
    doubts = [Doubt(name, _REMARKS[name]) for name in remarks if name in _REMARKS]
    if reading.doc_type not in (DocType.PLAN, DocType.CHAT):
        return doubts
    doubts += _missing(reading)
    if corrects:
        doubts.append(Doubt("plan_partial", _PARTIAL, choices=(ONLY_THESE, WHOLE_YEAR)))
    hosts = {fold_name(host) for session in reading.sessions for host in session.hosts}
    for school in reading.schools:
        if fold_name(school) not in hosts and not corrects:
            doubts.append(Doubt("school_without_session", f"Trường {school} không đăng cai buổi nào."))
    if stated and stated != len(reading.schools):
        doubts.append(_school_count(stated, len(reading.schools)))
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
                    f"Cùng ngày với buổi {days[session.date] + 1}.",
                    at,
                )
            )
        days.setdefault(session.date, at)
    doubts += _out_of_order(reading)
    return doubts


def _school_count(stated: int, named: int) -> Doubt:
    told = f"Tài liệu ghi {stated} trường nhưng nêu tên {named} trường."
    if named > stated:
        return Doubt("school_count", told)
    return Doubt("schools_missing", f"{told} Còn thiếu trường nào?", choices=(NONE_MISSING,))


def _out_of_order(reading: PlanReading) -> list[Doubt]:
    """One day before that of the session above, in a plan that goes on in time: day and month swapped?"""
    dated = [(at, session.date) for at, session in enumerate(reading.sessions) if session.date]
    back = [at for (_, above), (at, day) in pairwise(dated) if day < above]
    if len(back) != 1:
        return []
    at = back[0]
    return [Doubt("out_of_order", "Ngày sớm hơn buổi trên.", at)]


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
            doubts.append(Doubt("audience_missing", f"Thành phần dự buổi {at + 1} là ai?", at))
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
        doubts.append(Doubt("head_unknown", "Tài liệu không ghi ai là cụm trưởng; lấy theo danh sách người."))
    return doubts
