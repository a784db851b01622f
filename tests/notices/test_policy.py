"""The policy file: every kind has a rule, numbers are bounded, a bad file is said to be bad."""

from datetime import time
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.errors import BadInputError
from bot.notices.notice import Kind
from bot.notices.policy import Anchor, Audience, Policy, QuietRule, UsefulUntil
from bot.resources import data_path

POLICY = Policy.load()
TEXT = data_path("policy.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "anchor", "times", "useful_until", "repeats"),
    [
        (Kind.PREPARE, Anchor.SESSION, [(10, time(8))], UsefulUntil.SESSION_START, True),
        (Kind.INVITATION, Anchor.DEADLINE, [(2, time(8))], UsefulUntil.SESSION_START, True),
        (Kind.AUTHORITY_INVITATION, Anchor.RELEASE, [(0, time(8))], UsefulUntil.SESSION_START, True),
        (Kind.RELEASED_BY_ITSELF, Anchor.DEADLINE, [(0, time(8))], UsefulUntil.SESSION_START, True),
        (
            Kind.DEADLINE_WATCH,
            Anchor.DEADLINE,
            [(1, time(8)), (0, time(8))],
            UsefulUntil.DEADLINE_DAY_END,
            False,
        ),
        (Kind.REMINDER, Anchor.SESSION, [(1, time(15, 30))], UsefulUntil.SESSION_START, False),
        (Kind.SAME_DAY, Anchor.SESSION, [(0, time(6, 30))], UsefulUntil.SESSION_START, False),
        (Kind.REQUEST, Anchor.AT_ONCE, [], UsefulUntil.SESSION_END, True),
        (Kind.REQUEST_NEWS, Anchor.AT_ONCE, [], UsefulUntil.SESSION_END, True),
        (Kind.CHANGE, Anchor.AT_ONCE, [], UsefulUntil.SESSION_END, True),
        (Kind.CANCELLATION, Anchor.AT_ONCE, [], UsefulUntil.SESSION_END, True),
    ],
)
def test_the_default_timeline(
    kind: Kind, anchor: Anchor, times: list[tuple[int, time]], useful_until: UsefulUntil, repeats: bool
) -> None:
    rule = POLICY.rule(kind)
    assert rule.anchor is anchor
    assert [(when.working_days_before, when.hour) for when in rule.when] == times
    assert rule.useful_until is useful_until
    assert rule.repeat_if_uncertain is repeats


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_says_why(kind: Kind) -> None:
    rule = POLICY.rule(kind)
    assert POLICY.why(kind)
    assert rule.to
    if len(rule.when) > 1:
        assert POLICY.why(kind, "1") != POLICY.why(kind, "2")


def test_why_names_the_rule_in_vietnamese() -> None:
    assert POLICY.why(Kind.INVITATION) == "2 ngày làm việc trước hạn mời"
    assert POLICY.why(Kind.DEADLINE_WATCH, "2") == "đúng ngày hạn mời"
    assert POLICY.why(Kind.CHANGE, "n7") == "buổi sinh hoạt đổi sang ngày khác"


def test_only_changes_near_at_hand_and_the_day_itself_break_the_quiet() -> None:
    by_rule: dict[QuietRule, set[Kind]] = {}
    for kind in Kind:
        by_rule.setdefault(POLICY.rule(kind).quiet, set()).add(kind)
    assert by_rule[QuietRule.OWN_DAY] == {Kind.SAME_DAY, Kind.REQUEST_EXPIRED}
    assert by_rule[QuietRule.NEAR] == {
        *(Kind.CHANGE, Kind.DETAILS, Kind.CANCELLATION),
        *(Kind.RESTORED, Kind.KNOWN_AGAIN, Kind.STILL_SILENT, Kind.STAND_DOWN, Kind.STAND_IN),
        *(Kind.COVER_ASKED, Kind.COVER_OFF, Kind.COVER_OPEN),
    }
    assert by_rule[QuietRule.NEVER] == {Kind.CARD, Kind.PIN, Kind.JOIN_DECISION}


def test_cooks_are_left_in_peace_on_the_morning() -> None:
    assert POLICY.rule(Kind.SAME_DAY).leave_out == (Audience.COOKS, Audience.MUTED)
    assert Audience.COOKS not in POLICY.rule(Kind.REMINDER).leave_out


def test_it_is_frozen() -> None:
    for field in Policy.model_fields:
        with pytest.raises(ValidationError):
            setattr(POLICY, field, None)
    with pytest.raises(TypeError):
        POLICY.kinds[Kind.CARD] = POLICY.kinds[Kind.CHANGE]  # type: ignore[index]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("invite_days = 3", "invite_days = 300", "invite_days"),
        ("invite_days = 3", "invite_days = -1", "invite_days"),
        ("invite_days = 3", "", "invite_days"),
        ("invite_days = 3", "invite_days = 3\nfriday = 1", "friday"),
        ("invite_days = 3", "invite_days = ", "policy.toml"),
        ("offered_days = 3", "offered_days = 0", "offered_days"),
        ('hour = "06:30"', 'hour = "05:30"', "same_day is planned for a quiet hour"),
        ('hour = "15:30"', 'hour = "11:00"', "reminder is planned for a quiet hour"),
        ('hour = "15:30"', 'hour = "25:00"', "hour"),
        ("working_days_before = 10", "working_days_before = 1000", "working_days_before"),
        ("[kinds.approval]", "[kinds.greeting]", "greeting"),
        ('assumed_end = "17:00"', 'assumed_end = "07:00"', "ends after it starts"),
        ('resume = "08:00"', 'resume = "12:00"', "resume"),
        ('midday_until = "14:00"', 'midday_until = "10:00"', "midday"),
        ('start = "07:00"', 'start = "21:00"', "ends after it starts"),
        ('why = "có người xin đăng ký"', "", "says why"),
        ('anchor = "session"\nwhen', "when", "either times or goes at once"),
    ],
)
def test_a_bad_file_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in TEXT
    path = tmp_path / "policy.toml"
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(BadInputError, match="xin sửa lại") as caught:
        Policy.load(path)
    assert said in caught.value.detail


def test_a_missing_rule_or_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    with pytest.raises(BadInputError):
        Policy.load(path)
    path.write_text(TEXT[: TEXT.index("[kinds.approval]")], encoding="utf-8")
    with pytest.raises(BadInputError) as caught:
        Policy.load(path)
    assert "no rule for approval" in caught.value.detail
