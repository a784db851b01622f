"""How a paper says when, where and who (NĐ 30/2020, Phụ lục I and II; conventions): nothing abbreviated."""

import datetime as dt
from collections.abc import Sequence

from bot.cluster.people import Unit
from bot.cluster.teams import names_every_team
from bot.notices.dates import formal_hour, weekday
from bot.notices.facts import SessionFacts
from bot.notices.spelling import spell_out
from bot.papers.letterhead import Letterhead, blank, formal_name
from bot.papers.safe import one_line
from bot.plan.reading import AudienceItem, Scope
from bot.vocabulary import expand, qualifier_words, roles

#: Heads, vice heads, team heads, teachers, staff (conventions, Tone).
_ORDER = ("HT", "PHT", "TTCM", "KHOI_TRUONG", "TPCM", "GV", "TT_NUOI_DUONG", "NV")


def formal_day(day: dt.date) -> str:
    """ "thứ Năm, ngày 14 tháng 12 năm 2023": days under 10 and months 1, 2 take a leading 0."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"{weekday(day)}, ngày {day.day:02} tháng {month} năm {day.year}"


def days(f: SessionFacts) -> str:
    session = f.session
    if session.date is None:
        return blank(f"ngày; kế hoạch ghi: {one_line(session.date_text)}" if session.date_text else "ngày")
    if session.date_end is None or session.date_end == session.date:
        return formal_day(session.date)
    return f"từ {formal_day(session.date)} đến {formal_day(session.date_end)}"


def time(f: SessionFacts) -> str:
    session = f.session
    if session.start is None:
        return f"[…] giờ […] phút, {days(f)}"
    hours = formal_hour(session.start)
    if session.end is not None:
        hours += f" đến {formal_hour(session.end)}"
    return f"{hours}, {days(f)}"


def place(f: SessionFacts, names: Sequence[str]) -> str:
    """Room, place where it is not the school, the hosts' formal names."""
    session = f.session
    parts = (one_line(session.room) or blank("phòng"), one_line(session.place), " và ".join(names))
    return ", ".join(part for part in parts if part)


def content(f: SessionFacts) -> str:
    return spell_out(one_line(f.session.content)).rstrip(" .")


def school_list(units: Sequence[Unit]) -> str:
    """ "các trường mầm non: Sao Sáng, Bát Trang", or with each kind where they are of several."""
    names = [formal_name(unit, Letterhead()) for unit in units]
    kinds = {
        name.removesuffix(unit.name).strip() if name.endswith(unit.name) else None
        for name, unit in zip(names, units, strict=True)
    }
    kind = kinds.pop() if len(kinds) == 1 else None
    if kind and kind.casefold().startswith("trường "):
        return f"các {kind.lower()}: " + ", ".join(one_line(unit.name) for unit in units)
    return ", ".join(names)


def invited(f: SessionFacts, schools: Sequence[Unit], authority: str | None, *, core_team: bool) -> list[str]:
    """The lines after "trân trọng kính mời": the authority first, then the schools that travel.

    The host's own people are told in their school, and stand last where the plan names them alone.
    """
    lines = []
    if authority:
        lines.append(f"Đại diện lãnh đạo, chuyên viên {authority}")
    if core_team:
        lines.append(f"Đội ngũ cốt cán do {authority or blank('cơ quan quản lý')} lập")
    travelling = [unit for unit in schools if unit.id not in f.session.host_ids]
    lines += _schools_lines(f, travelling)
    return lines or [blank("thành phần được mời")]


def _schools_lines(f: SessionFacts, travelling: Sequence[Unit]) -> list[str]:
    session = f.session
    written = spell_out(one_line(session.audience_text)).rstrip(" .;")
    own = [item for item in session.audience if item.scope is not Scope.AUTHORITY]
    # Where one may come in another's place the plan's own words are surer than a list of roles.
    if not own or "hoặc" in written or "/" in written:
        return [written] if written else []
    ordered = sorted(own, key=_rank)
    where = school_list(travelling) if travelling else "các trường trong cụm"
    lines = []
    for scope, whose in (
        (Scope.EACH_SCHOOL, where),
        (Scope.CLUSTER, "của cụm"),
        (Scope.HOST, "của trường đăng cai"),
    ):
        named = [_role(item) for item in ordered if item.scope is scope]
        if named:
            rest = [name[:1].lower() + name[1:] for name in named[1:]]
            lines.append(f"{', '.join([named[0], *rest])} {whose}")
    return lines


def _role(item: AudienceItem) -> str:
    role = roles().get(item.role)
    words = role.vi if role else item.role
    if item.qualifier and not names_every_team(item.qualifier):
        words = f"{words} {qualifier_words().get(item.qualifier, item.qualifier)}"
    if item.count is None:
        return words
    each = " mỗi trường" if item.scope is Scope.EACH_SCHOOL else ""
    return f"{item.count:02} {words[:1].lower()}{words[1:]}{each}"


def _rank(item: AudienceItem) -> int:
    """The more general role (BGH) stands with the first of those it includes."""
    wide = expand(item.role)
    return next(
        (n for n, role in enumerate(_ORDER) if role in wide or item.role in expand(role)), len(_ORDER)
    )
