"""Clusters, the schools and authorities in them, and the people: plain facts, no storage."""

from dataclasses import dataclass, field
from enum import StrEnum


class UnitKind(StrEnum):
    SCHOOL = "school"
    AUTHORITY = "authority"


@dataclass(frozen=True, slots=True)
class Cluster:
    id: int
    name: str  #: "An Tiến", without the word "cụm"
    school_year: str  #: "2023-2024"
    lead_name: str | None
    authority: str | None  #: as the plan writes it: "Phòng GD&ĐT"
    invite_days: int  #: the invitation rule of the plan; 3 where it is silent
    invite_counts_working_days: bool
    conflict_rule: str | None
    join_code: str = field(repr=False)  # repr: codes never reach a log


@dataclass(frozen=True, slots=True)
class Unit:
    """A school or an authority body of one cluster."""

    id: int
    cluster_id: int
    kind: UnitKind
    name: str  #: "Sao Sáng", "Phòng GD&ĐT"
    label: str  #: "MN Sao Sáng", "Phòng GD&ĐT": as people write it
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Post:
    """A role somebody holds: (TTCM, "mẫu giáo").  A person can hold several."""

    role: str  #: an id of data/roles.toml
    qualifier: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    cluster_id: int
    unit_id: int
    name: str
    posts: tuple[Post, ...]
    phone: str | None = field(default=None, repr=False)  # repr: phone numbers never reach a log
    clerk: bool = False  #: "quản trị": may do what the lead may
    note: str = ""
    active: bool = True  #: False: left the roster, or asked to be erased

    def holds(self, *roles: str) -> bool:
        return any(post.role in roles for post in self.posts)
