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
    kinds = {n.kind for n in notices(replace(plan_on(B1), authority=frozenset()), IMPORTED)}
    assert kinds == set(TIMELINE_KINDS) - {Kind.AUTHORITY_INVITATION, Kind.RELEASED_BY_ITSELF}


def test_it_went_by_itself_and_the_host_and_the_lead_are_told() -> None:
    plan = plan_on(B1, released_at=local("09/10/2023 08:00"), released_by=None)
    found = notices(plan, "09/10/2023 08:00")
    assert {n.recipient_id for n in found if n.kind is Kind.RELEASED_BY_ITSELF} == {HEAD, DEPUTY, LEAD, CLERK}
