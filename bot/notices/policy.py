"""The timeline's numbers and rules, read from `data/policy.toml` into one frozen object."""

import tomllib
from collections.abc import Mapping
from datetime import time
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from bot.errors import BadInputError
from bot.notices.notice import Kind
from bot.resources import data_path


class Audience(StrEnum):
    """To whom a kind of notice goes."""

    HOST_HEADS = "host_heads"  #: HT and PHT of the host school
    INVITED = "invited"  #: the cluster's people whom the audience phrase names
    AUTHORITY = "authority"  #: the authority and its core team
    GOING = "going"  #: invited, or of the authority, and did not decline
    COOKS = "cooks"
    MUTED = "muted"  #: do not want to be reminded of this session
    LEADS = "leads"  #: cụm trưởng and quản trị
    TOLD = "told"  #: those who were told of the session's present day
    DECIDERS = "deciders"  #: the authority's leaders and officers
    SCHOOL_HEADS = "school_heads"
    APPROVERS = "approvers"
    NAMING = "naming"  #: a head of each school that has to say who goes
    CHANGING_HANDS = "changing_hands"  #: who hands over, who takes over, and who must know it
    GROUPS = "groups"  #: the cluster's groups
    COVERING = "covering"  #: a head of each school that needs covers and hears of it nowhere else
    NOT_COVERED = "not_covered"  #: the same on the day before, where somebody still needs one
    COVERS = "covers"  #: who is named to cover, or has named her
    ACCEPTED = "accepted"  #: who has accepted to cover before the day on which she would be reminded
    DROPPED = "dropped"  #: those who were told of the present day and are no longer invited


class Anchor(StrEnum):
    """What a rule's times are counted from."""

    SESSION = "session"
    DEADLINE = "deadline"  #: D
    RELEASE = "release"  #: at the host's press; at the latest at the rule's time before D
    AT_ONCE = "at_once"


class UsefulUntil(StrEnum):
    SESSION_START = "session_start"
    SESSION_END = "session_end"
    DEADLINE_DAY_END = "deadline_day_end"
    DAYS_AFTER = "days_after"  #: `undated_useful_days` after it was said


class QuietRule(StrEnum):
    USUAL = "usual"
    OWN_DAY = "own_day"  #: on the session's day also at midday and on a rest day
    NEAR = "near"  #: any day where it touches the next days
    NEVER = "never"  #: makes no sound, needs no open time


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class When(_Frozen):
    """One instant of a rule: `working_days_before` its anchor's day, at local `hour`."""

    working_days_before: int = Field(ge=0, le=60)
    hour: time
    why: str = Field(min_length=1)  #: Vietnamese, for "vì sao tôi nhận tin này"


class Rule(_Frozen):
    to: tuple[Audience, ...] = Field(min_length=1)
    leave_out: tuple[Audience, ...] = ()
    anchor: Anchor = Anchor.AT_ONCE
    when: tuple[When, ...] = ()
    useful_until: UsefulUntil
    repeat_if_uncertain: bool
    quiet: QuietRule = QuietRule.USUAL
    superseded_by: Kind | None = None  #: not said any more to whom this one reaches on the same day
    why: str = ""

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.anchor is Anchor.AT_ONCE) is bool(self.when):
            raise ValueError("a rule has either times or goes at once")
        if not self.when and not self.why:
            raise ValueError("a rule says why")
        if self.anchor is Anchor.RELEASE and len(self.when) != 1:
            raise ValueError("an invitation that is released has one latest time")
        return self


class Window(_Frozen):
    """Local hours, from `start` until `end`, which is not in it."""

    start: time
    end: time

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.start < self.end:
            raise ValueError("a window ends after it starts")
        return self


class NearWindow(Window):
    days: int = Field(ge=0, le=14)  #: how many days ahead count as near


class Quiet(_Frozen):
    """Local hours of rest; weekends and days off come from the working days."""

    night_from: time
    night_until: time
    midday_from: time
    midday_until: time
    resume: time  #: when sending begins again after a night or a rest day
    early_resume: time  #: the same, where waiting for `resume` would be too late
    own_day: Window
    near: NearWindow

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.night_until <= self.early_resume <= self.resume < self.midday_from:
            raise ValueError("night_until, early_resume, resume and midday_from follow one another")
        if not self.midday_from <= self.midday_until < self.night_from:
            raise ValueError("midday lies between resume and night_from")
        return self

    def rests_at(self, hour: time) -> bool:
        """Whether this hour of a working day is quiet."""
        morning = self.night_until <= hour < self.midday_from
        return not morning and not self.midday_until <= hour < self.night_from


class AssumedHours(_Frozen):
    """A session whose host has not set an hour yet."""

    assumed_start: time
    assumed_end: time

    @model_validator(mode="after")
    def _check(self) -> Self:
        if not self.assumed_start < self.assumed_end:
            raise ValueError("a session ends after it starts")
        return self


class Requests(_Frozen):
    """A request to move a session: when the authority is asked again, how many days are offered."""

    nudge_after_working_days: int = Field(ge=1, le=20)
    nudges: int = Field(ge=0, le=5)
    offered_days: int = Field(ge=1, le=5)


class Names(_Frozen):
    """When the names of the silent go to who can phone: working days before, at local `hour`."""

    working_days_before: int = Field(ge=0, le=5)
    hour: time


class Acknowledge(_Frozen):
    """A change in the last working days is to be acknowledged: `Đã rõ`."""

    within_working_days: int = Field(ge=0, le=20)
    again_after_hours: int = Field(ge=1, le=120)  #: said once more to the silent
    names: Names
    names_after_hours: int = Field(ge=0, le=48)  #: at the earliest so long after the change


class Housekeeping(_Frozen):
    """The daily tidying of the database."""

    hour: time  #: local
    archive_after_days: int = Field(ge=30, le=3660)  #: after a notice ended and its session was over
    batch: int = Field(ge=100, le=10_000)  #: rows looked at in one short transaction


Rules = Annotated[Mapping[Kind, Rule], AfterValidator(MappingProxyType)]


class Policy(_Frozen):
    invite_days: int = Field(ge=0, le=30)  #: D lies so many days before, where a plan is silent
    undated_useful_days: int = Field(ge=1, le=365)
    session: AssumedHours
    requests: Requests
    acknowledge: Acknowledge
    quiet: Quiet
    housekeeping: Housekeeping
    kinds: Rules

    @model_validator(mode="after")
    def _check(self) -> Self:
        if missing := sorted(set(Kind) - set(self.kinds)):
            raise ValueError(f"no rule for {', '.join(missing)}")
        for kind, rule in self.kinds.items():
            if any(self.quiet.rests_at(when.hour) for when in rule.when):
                raise ValueError(f"{kind.value} is planned for a quiet hour")
        return self

    @classmethod
    def load(cls, path: Path | None = None) -> "Policy":
        """The policy that is installed, or another file.  Raises BadInputError where it cannot be used."""
        return _installed() if path is None else _read(path)

    def rule(self, kind: Kind) -> Rule:
        return self.kinds[kind]

    def why(self, kind: Kind, occurrence: str = "1") -> str:
        """Why somebody is told, in Vietnamese ("2 ngày làm việc trước hạn mời")."""
        rule = self.kinds[kind]
        times = {str(number): when.why for number, when in enumerate(rule.when, 1)}
        return times.get(occurrence) or rule.why or rule.when[0].why


def _read(path: Path) -> Policy:
    try:
        return Policy.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:  # pydantic's and tomllib's errors are ValueErrors
        raise BadInputError(
            f"Tệp mốc thời gian {path.name} không dùng được: xin sửa lại theo tệp mẫu đi kèm chương trình.",
            detail=f"{path.name}: {error}",
        ) from error


@cache
def _installed() -> Policy:
    return _read(data_path("policy.toml"))
