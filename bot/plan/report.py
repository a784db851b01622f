"""A PlanReading as JSON, in the form that `nhaclich plan check --json` prints."""

from typing import Any

from bot.plan.reading import AudienceItem, PlanReading, SessionReading


def reading_to_json(reading: PlanReading) -> dict[str, Any]:
    """The reading as plain JSON values; each doubt is a warning "code: message" at its session or at
    the document.
    """
    return {
        "doc_type": str(reading.doc_type),
        "school_year": reading.school_year,
        "level": reading.level,
        "cluster": reading.cluster,
        "schools": list(reading.schools),
        "head": reading.head,
        "head_title": reading.head_title,
        "authority": reading.authority,
        "issued": reading.issued.isoformat() if reading.issued else None,
        "number": reading.number,
        "sessions": [_session(reading, at, session) for at, session in enumerate(reading.sessions)],
        "rules": _rules(reading),
        "warnings": _warnings(reading, None),
    }


def _warnings(reading: PlanReading, session: int | None) -> list[str]:
    return [f"{doubt.code}: {doubt.message}" for doubt in reading.doubts if doubt.session == session]


def _rules(reading: PlanReading) -> dict[str, Any]:
    rules = reading.rules
    found: dict[str, Any] = {"invite_working_days": rules.invite_working_days}
    if rules.invite_calendar_days is not None:
        found["invite_calendar_days"] = rules.invite_calendar_days
    if rules.invite_text or rules.invite_whom:
        found |= {
            "invite_text": rules.invite_text,
            "invite_by": rules.invite_by,
            "invite_whom": list(rules.invite_whom),
        }
    if rules.conflict_rule:
        found["conflict_rule"] = rules.conflict_rule
    return found


def _session(reading: PlanReading, at: int, session: SessionReading) -> dict[str, Any]:
    found: dict[str, Any] = {
        "date": session.date.isoformat() if session.date else None,
        "date_end": session.date_end.isoformat() if session.date_end else None,
        "date_precision": str(session.precision),
        "date_text": session.date_text,
        "date_window": [day.isoformat() for day in session.window] if session.window else None,
        "time": session.start.strftime("%H:%M") if session.start else None,
        "time_end": session.end.strftime("%H:%M") if session.end else None,
        "host": session.hosts[0] if session.hosts else None,
        "hosts": list(session.hosts),
        "place": session.place,
        "content": session.content,
        "audience_text": session.audience_text,
        "audience": [_audience(item) for item in session.audience],
        "warnings": _warnings(reading, at),
        "invite_deadline": session.invite_deadline.isoformat() if session.invite_deadline else None,
        "date_doubt": session.date_doubt,
    }
    extra = {
        "part_of_day": session.part_of_day,
        "notes": session.notes,
        "replaces_date": session.replaces_date.isoformat() if session.replaces_date else None,
        "keeps": list(session.keeps) or None,
        "reason": session.reason,
        "approved_by": session.approved_by,
    }
    return found | {name: value for name, value in extra.items() if value is not None}


def _audience(item: AudienceItem) -> dict[str, Any]:
    found: dict[str, Any] = {"role": item.role, "count": item.count, "scope": str(item.scope)}
    if item.qualifier:
        found["qualifier"] = item.qualifier
    if item.alternatives:
        found["alternatives"] = list(item.alternatives)
    return found
