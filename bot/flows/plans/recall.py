"""What was asked about a plan once is not asked again: the stored sessions know the answers."""

from collections.abc import Sequence
from dataclasses import replace

from bot.cluster.people import Cluster
from bot.flows.plans.doubts import DATE_CODES
from bot.flows.work import Work
from bot.plan.reading import Doubt, PlanReading, SessionReading
from bot.sessions.session import Session
from bot.vocabulary import fold


def recalled(work: Work, reading: PlanReading) -> PlanReading:
    """The reading with the answers that the cluster's schedule holds for the same words."""
    cluster = work.people.find_cluster(reading.cluster) if reading.cluster else None
    if cluster is None:
        return reading
    return recall(reading, cluster, work.sessions.of_cluster(cluster.id))


def recall(reading: PlanReading, cluster: Cluster, stored: Sequence[Session]) -> PlanReading:
    """Pure.  A day that was left open is asked again, for it may be known by now."""
    sessions: list[SessionReading] = []
    gone: list[Doubt] = []
    for at, session in enumerate(reading.sessions):
        mine = [doubt for doubt in reading.doubts if doubt.session == at]
        counts = [doubt for doubt in mine if doubt.code == "count_scope_ambiguous"]
        days = [doubt for doubt in mine if doubt.code in DATE_CODES]
        known = next((s for s in stored if _same_audience(s, session)), None)
        if counts and known is not None:
            session = replace(session, audience=known.audience)
            gone += counts
        known = next((s for s in stored if s.date is not None and _same_day(s, session)), None)
        if days and known is not None:
            window = (known.date, known.date_end or known.date) if known.date else session.window
            session = replace(
                session, date=known.date, date_end=known.date_end, window=window, date_doubt=False
            )
            gone += days
        sessions.append(session)
    rules = reading.rules
    if rules.invite_calendar_days == cluster.invite_days:
        gone += [doubt for doubt in reading.doubts if doubt.code == "rule_calendar_days"]
        if cluster.invite_counts_working_days and rules.invite_working_days is None:
            rules = replace(rules, invite_working_days=rules.invite_calendar_days, invite_calendar_days=None)
    doubts = tuple(_kept_rule(doubt, cluster) for doubt in reading.doubts if doubt not in gone)
    return replace(reading, sessions=tuple(sessions), rules=rules, doubts=doubts)


def _kept_rule(doubt: Doubt, cluster: Cluster) -> Doubt:
    """A plan that is silent about the invitation leaves the cluster's rule as it is, and that is said."""
    if doubt.code != "rule_from_settings":
        return doubt
    unit = "ngày làm việc" if cluster.invite_counts_working_days else "ngày (kể cả ngày nghỉ)"
    told = f"Tài liệu không ghi thời hạn mời; giữ mức cụm đang dùng: {cluster.invite_days} {unit}."
    return replace(doubt, message=told)


def _same_audience(session: Session, reading: SessionReading) -> bool:
    words = fold(reading.audience_text or "")
    return bool(words) and words == fold(session.audience_text)


def _same_day(session: Session, reading: SessionReading) -> bool:
    """The same words of the same session."""
    words, content = fold(reading.date_text), fold(reading.content or "")
    return bool(words) and words == fold(session.date_text) and content == fold(session.content)
