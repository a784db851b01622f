"""What a document says, as data: the result of reading, before anything is stored or sent."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum


class DocType(StrEnum):
    PLAN = "plan"
    INVITATION = "invitation"
    CHANGE_NOTICE = "change_notice"
    CHAT = "chat"
    OTHER = "other"


class Precision(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Scope(StrEnum):
    EACH_SCHOOL = "each_school"
    CLUSTER = "cluster"
    HOST = "host"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class AudienceItem:
    """One part of an audience phrase: "4 GV cốt cán" is (GV_COT_CAN, 4, each school)."""

    role: str  #: an id of data/roles.toml
    count: int | None = None  #: None = all who hold the role
    scope: Scope = Scope.EACH_SCHOOL
    qualifier: str | None = None  #: "mẫu giáo", "khối 5", …
    alternatives: tuple[str, ...] = ()  #: roles that may come instead: "HT hoặc PHT" is HT with (PHT,)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person must settle.  `session` indexes `PlanReading.sessions`; None: the whole plan."""

    code: str  #: machine name, e.g. "count_scope_ambiguous"
    message: str  #: a Vietnamese question or remark for the cluster lead
    session: int | None = None
    where: str | None = None  #: the words of the document it rests on
    choices: tuple[str, ...] = ()  #: answers to choose from, where there are some
    line: int | None = None  #: 1-based line or table row in the document, where known


@dataclass(frozen=True, slots=True)
class SessionReading:
    date: dt.date | None
    date_end: dt.date | None
    precision: Precision
    date_text: str
    window: tuple[dt.date, dt.date] | None
    start: dt.time | None
    end: dt.time | None
    part_of_day: str | None
    hosts: tuple[str, ...]
    place: str | None
    content: str | None
    audience_text: str | None
    audience: tuple[AudienceItem, ...]
    date_doubt: bool = False
    invite_deadline: dt.date | None = None
    notes: str | None = None
    replaces_date: dt.date | None = None
    keeps: tuple[str, ...] = ()
    reason: str | None = None
    approved_by: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    invite_working_days: int | None = None
    invite_calendar_days: int | None = None
    invite_text: str | None = None
    invite_by: str | None = None
    invite_whom: tuple[str, ...] = ()
    conflict_rule: str | None = None


@dataclass(frozen=True, slots=True)
class PlanReading:
    doc_type: DocType
    school_year: str | None
    level: str | None
    cluster: str | None
    schools: tuple[str, ...]
    head: str | None
    head_title: str | None
    authority: str | None
    issued: dt.date | None
    number: str | None
    sessions: tuple[SessionReading, ...]
    rules: Rules = field(default_factory=Rules)
    partial: bool = False  #: it corrects or adds some sessions; those that it leaves out stay as they are
    doubts: tuple[Doubt, ...] = ()
