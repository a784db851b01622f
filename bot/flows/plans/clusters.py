"""The cluster that a plan speaks of: its schools, its authorities, its rules."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.cluster import codes
from bot.cluster.names import tidy, without_cluster_word
from bot.cluster.people import Cluster, Unit, UnitKind
from bot.cluster.store import PeopleStore
from bot.errors import BadInputError
from bot.plan.reading import PlanReading
from bot.vocabulary import find_role, fold, fold_name, roles

DEFAULT_INVITE_DAYS = 3  #: working days, where the plan is silent (QĐ 45/2018/QĐ-TTg, giấy mời họp)
MAX_NAME = 200
_POSTS_NOT_BODIES = frozenset({"LD_PGD", "CV_PGD", "COT_CAN_PGD"})
_PLACE = re.compile(r"^(?:xã|phường|thị trấn|đặc khu)\b", re.IGNORECASE)


def cluster_from_plan(store: PeopleStore, reading: PlanReading, now: datetime) -> Cluster:
    """Create the cluster that the plan names, or bring it up to date; units are added, never taken away.

    Raises BadInputError where the plan names no cluster or no school.
    """
    name = without_cluster_word(reading.cluster or "")
    if not name or len(name) > MAX_NAME:
        raise BadInputError(
            "Văn bản không nói rõ tên cụm. Đề nghị thêm dòng “Cụm trường …” ở đầu kế hoạch rồi gửi lại."
        )
    known = store.find_cluster(name)
    if not _schools(reading) and (known is None or not store.units(known.id)):
        raise BadInputError(
            "Văn bản không nêu các trường trong cụm. Đề nghị thêm dòng “gồm các trường: …” rồi gửi lại."
        )
    cluster = store.put_cluster(_described(reading, name, known, store, now))
    _put_schools(store, cluster, reading)
    _put_authorities(store, cluster, reading.authority)
    return cluster


def _described(
    reading: PlanReading, name: str, known: Cluster | None, store: PeopleStore, now: datetime
) -> Cluster:
    rules = reading.rules
    days, working = DEFAULT_INVITE_DAYS, True
    if known is not None:  # a plan that is silent about it changes nothing
        days, working = known.invite_days, known.invite_counts_working_days
    if rules.invite_working_days is not None:
        days, working = rules.invite_working_days, True
    elif rules.invite_calendar_days is not None:
        days, working = rules.invite_calendar_days, False
    if known is None:
        taken = [other.join_code for other in store.clusters()]
        return Cluster(
            id=0,
            name=name,
            school_year=reading.school_year or _school_year(now),
            lead_name=reading.head,
            authority=reading.authority,
            invite_days=days,
            invite_counts_working_days=working,
            conflict_rule=rules.conflict_rule,
            join_code=codes.new_join_code(taken),
        )
    return replace(
        known,
        school_year=max(reading.school_year or "", known.school_year),
        lead_name=reading.head or known.lead_name,
        authority=reading.authority or known.authority,
        invite_days=days,
        invite_counts_working_days=working,
        conflict_rule=rules.conflict_rule or known.conflict_rule,
    )


def _school_year(now: datetime) -> str:
    """The school year of an instant; it begins in August."""
    first = now.year if now.month >= 8 else now.year - 1
    return f"{first}-{first + 1}"


def _put_schools(store: PeopleStore, cluster: Cluster, reading: PlanReading) -> None:
    known = {fold_name(name) for unit in _of(store, cluster, UnitKind.SCHOOL) for name in _names(unit)}
    for name in _schools(reading):
        if fold_name(name) not in known:
            known.add(fold_name(name))
            label = _label(name, reading.level)
            store.put_unit(Unit(0, cluster.id, UnitKind.SCHOOL, name[:MAX_NAME], label[:MAX_NAME]))


def _schools(reading: PlanReading) -> list[str]:
    """The plan's list; where it has none, the hosts of its sessions."""
    named = reading.schools or tuple(host for session in reading.sessions for host in session.hosts)
    return list(dict.fromkeys(tidy(name) for name in named if tidy(name)))


def _label(name: str, level: str | None) -> str:
    """As people write it: "MN Sao Sáng"; a name that says its level itself stays as it is."""
    if not level or fold(name) != fold_name(name) or fold(name).startswith(fold(level) + " "):
        return name
    return f"{level} {name}"


def _put_authorities(store: PeopleStore, cluster: Cluster, written: str | None) -> None:
    known = {fold(name) for unit in _of(store, cluster, UnitKind.AUTHORITY) for name in _names(unit)}
    for name in authority_names(written or ""):
        body = find_role(name)
        same_body = body is not None and any(
            _same(find_role(unit.name), body) for unit in _of(store, cluster, UnitKind.AUTHORITY)
        )
        if fold(name) not in known and not same_body:
            aliases = tuple(_at_the_commune(name))
            known |= {fold(name), *(fold(alias) for alias in aliases)}
            store.put_unit(Unit(0, cluster.id, UnitKind.AUTHORITY, name[:MAX_NAME], name[:MAX_NAME], aliases))


def authority_names(written: str) -> list[str]:
    """The bodies in an authority line: "Sở GD&ĐT (chuyên môn); UBND xã An Phú, phường Đông Triều" is three.

    What is no known body stays one name as it is written, so that nothing of the plan is lost.
    """
    found: list[str] = []
    for part in written.split(";"):
        outside = tidy(re.sub(r"\([^()]*\)", " ", part)).strip(" .,-–")
        inside = re.search(r"\(([^()]*)\)", part)
        if _is_body(outside) or not (inside and _is_body(tidy(inside.group(1)))):
            found += _places(outside)
        elif inside:  # "phòng (Phòng GD&ĐT)"
            found += _places(tidy(inside.group(1)))
    return list(dict.fromkeys(name for name in found if name))


def _places(text: str) -> Iterator[str]:
    """One body, or several: "UBND xã An Phú, xã Bình Khê" is two."""
    first, *others = [part.strip() for part in re.split(r",|\bvà (?=xã|phường|thị trấn|đặc khu)", text)]
    if not others or not fold(first).startswith("ubnd") or not all(_PLACE.match(o) for o in others if o):
        yield _usual_name(text)
        return
    yield first
    yield from (f"UBND {other}" for other in others if other)


def _usual_name(text: str) -> str:
    """A bare "PGD" written out; a name with its place stays as it is."""
    body = find_role(text)
    if body is not None and body[0] == "PGD" and not body[1]:
        return "Phòng GD&ĐT"
    return text


def _at_the_commune(name: str) -> Iterator[str]:
    """A commune's people sit in its Phòng Văn hóa - Xã hội (reform of 1 July 2025)."""
    if fold(name).startswith("ubnd "):
        place = name[5:]
        yield f"Phòng VH-XH {place}"
        yield f"Phòng Văn hóa - Xã hội {place}"


def _is_body(text: str) -> bool:
    role = find_role(text)
    return role is not None and role[0] not in _POSTS_NOT_BODIES and roles()[role[0]].kind == "authority"


def _same(one: tuple[str, str | None] | None, other: tuple[str, str | None]) -> bool:
    return one is not None and one[0] == other[0] and fold(one[1] or "") == fold(other[1] or "")


def _of(store: PeopleStore, cluster: Cluster, kind: UnitKind) -> list[Unit]:
    return [unit for unit in store.units(cluster.id) if unit.kind is kind]


def _names(unit: Unit) -> Sequence[str]:
    return unit.name, unit.label, *unit.aliases
