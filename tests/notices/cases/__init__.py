"""The cases of the golden texts: every kind of notice, and the card, to every manner of receiver."""

from tests.notices.cases import cards, changes, covers, groups, invitations, requests, who_goes

CASES = (
    *invitations.CASES,
    *requests.CASES,
    *changes.CASES,
    *who_goes.CASES,
    *groups.CASES,
    *covers.CASES,
    *cards.CASES,
)
