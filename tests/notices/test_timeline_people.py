"""Whom the planner tells, and whom it leaves in peace."""

from dataclasses import replace
from datetime import date

import pytest

from bot.notices.notice import Kind
from bot.notices.timeline import TIMELINE_KINDS
from tests.notices.plans import (
    CLERK,
    COOK,
    CORE,
    DEPUTY,
    HEAD,
    LEAD,
    OFFICER,
    TEACHER,
    local,
    notices,
    plan_on,
)

IMPORTED = "03/10/2023 09:00"
B1 = date(2023, 10, 12)


@pytest.mark.parametrize(
    ("kind", "people"),
    [
        (Kind.PREPARE, {HEAD, DEPUTY}),
        (Kind.INVITATION, {HEAD, TEACHER, COOK}),
        (Kind.AUTHORITY_INVITATION, {OFFICER, CORE}),
        (Kind.RELEASED_BY_ITSELF, {HEAD, DEPUTY, LEAD, CLERK}),
        (Kind.DEADLINE_WATCH, {HEAD, DEPUTY, LEAD, CLERK}),
        (Kind.REMINDER, {HEAD, DEPUTY, TEACHER, COOK, OFFICER, CORE}),
        (Kind.SAME_DAY, {HEAD, TEACHER, OFFICER, CORE}),
    ],
)
def test_who_is_told(kind: Kind, people: set[int]) -> None:
    assert {n.recipient_id for n in notices(plan_on(B1), IMPORTED) if n.kind is kind} == people


def test_who_declined_is_left_in_peace_but_the_host_keeps_the_headcount() -> None:
    plan = replace(plan_on(B1), declined=frozenset({HEAD, TEACHER, OFFICER}))
    found = notices(plan, IMPORTED)
    assert {n.recipient_id for n in found if n.kind is Kind.REMINDER} == {HEAD, DEPUTY, COOK, CORE}
    assert {n.recipient_id for n in found if n.kind is Kind.SAME_DAY} == {CORE}


def test_who_fits_twice_gets_one_invitation() -> None:
    found = notices(replace(plan_on(B1), invited=frozenset({HEAD, TEACHER, COOK, CORE})), IMPORTED)
    invitations = (Kind.INVITATION, Kind.AUTHORITY_INVITATION)
    assert [n.kind for n in found if n.recipient_id == CORE and n.kind in invitations] == [invitations[1]]


def test_on_the_day_itself_the_reminder_is_left_to_the_same_day_notice() -> None:
    late = notices(plan_on(B1), "12/10/2023 07:00")
    assert {n.recipient_id for n in late if n.kind is Kind.REMINDER} == {DEPUTY, COOK}
    assert {n.recipient_id for n in late if n.kind is Kind.SAME_DAY} == {HEAD, TEACHER, OFFICER, CORE}


def test_whom_the_change_asked_already_is_not_invited_again() -> None:
    plan = replace(plan_on(date(2023, 11, 10), date_revision=2), told=frozenset({HEAD, TEACHER, OFFICER}))
    found = notices(plan, "06/11/2023 10:00")
    assert {n.recipient_id for n in found if n.kind is Kind.INVITATION} == {COOK}
    # docs/decisions/0003: told of the new day, an officer who had been invited has her invitation.
    assert {n.recipient_id for n in found if n.kind is Kind.AUTHORITY_INVITATION} == {CORE}


def test_without_anybody_of_the_authority_nothing_goes_by_itself() -> None:
    some = frozenset({TEACHER})
    plan = replace(
        plan_on(B1), authority=frozenset(), naming=some, covering=some, not_covered=some, accepted=some
    )
    kinds = {n.kind for n in notices(plan, IMPORTED)}
    assert kinds == set(TIMELINE_KINDS) - {Kind.AUTHORITY_INVITATION, Kind.RELEASED_BY_ITSELF}


def test_it_went_by_itself_and_the_host_and_the_lead_are_told() -> None:
    plan = plan_on(B1, released_at=local("09/10/2023 08:00"), released_by=None)
    found = notices(plan, "09/10/2023 08:00")
    assert {n.recipient_id for n in found if n.kind is Kind.RELEASED_BY_ITSELF} == {HEAD, DEPUTY, LEAD, CLERK}


def test_a_head_is_asked_who_goes_where_the_roster_does_not_say_and_the_host_in_its_own_message() -> None:
    plan = replace(plan_on(date(2023, 11, 8)), naming=frozenset({HEAD, TEACHER}))
    asked = [n for n in notices(plan, IMPORTED) if n.kind is Kind.WHO_GOES]
    assert [(n.recipient_id, n.due) for n in asked] == [(TEACHER, local("25/10/2023 08:00"))]


def test_who_has_accepted_to_cover_is_reminded_the_afternoon_before_unless_she_is_not_to_be() -> None:
    some = frozenset({HEAD, TEACHER})
    plan = replace(plan_on(date(2023, 11, 8)), accepted=some, muted=frozenset({HEAD}))
    found = [n for n in notices(plan, IMPORTED) if n.kind is Kind.COVER_EVE]
    assert [(n.recipient_id, n.due) for n in found] == [(TEACHER, local("07/11/2023 15:30"))]


def test_who_was_told_that_she_need_not_come_is_invited_once_more_when_she_is_named_again() -> None:
    plan = replace(plan_on(date(2023, 11, 8)), recalled={TEACHER: 1})
    found = [n for n in notices(plan, "02/11/2023 09:00") if n.kind is Kind.INVITATION]
    assert {(n.recipient_id, n.occurrence) for n in found} == {(HEAD, "1"), (TEACHER, "1.1"), (COOK, "1")}
    assert notices(plan, "02/11/2023 09:00") == notices(plan, "02/11/2023 09:00")
