"""Private links: a file for a channel that takes none, and a calendar that keeps itself up to date.

A token has 256 bits of chance, and whoever has it needs nothing else; only its hash is stored.  It ends
with its time, when its person asks for another, and when she leaves or is taken off the roster.
"""

import datetime as dt
import hashlib
import re
import secrets
from dataclasses import dataclass

from bot.cluster.people import Person
from bot.flows.papers.letters import is_mine
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.message import Document
from bot.papers import ics
from bot.papers.store import Link, LinkKind

FILE_LIFE = dt.timedelta(days=7)
MOST_FILES = 20  #: of one person; the oldest of more end early
FILES, FEEDS = "/f/", "/cal/"  #: paths below PUBLIC_URL

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar program is given.  `version` changes exactly when the entries do."""

    document: Document
    version: str


def publish(work: Work, person: Person, document: Document) -> str | None:
    """The address of a file for this person; None where nobody could reach it (no PUBLIC_URL)."""
    if work.office.public_url is None:
        return None
    token, link = _new(work, LinkKind.FILE, person, work.now + FILE_LIFE, document)
    work.links.tidy(work.now)
    work.links.put(_hashed(token), link)
    work.links.revoke(person.id, LinkKind.FILE, but_newest=MOST_FILES)
    return f"{work.office.public_url}{FILES}{token}"


def opened_file(work: Work, token: str) -> Document | None:
    """None for every token that opens nothing, whatever the reason."""
    link = _opened(work, token, LinkKind.FILE)
    return link.document if link else None


def make_feed(work: Work, person: Person) -> str | None:
    """A fresh address of this person's calendar; the earlier one ends.  None without PUBLIC_URL."""
    if work.office.public_url is None:
        return None
    token, link = _new(work, LinkKind.FEED, person, None, None)
    work.links.revoke(person.id, LinkKind.FEED)
    work.links.put(_hashed(token), link)
    return f"{work.office.public_url}{FEEDS}{token}.ics"


def opened_feed(work: Work, token: str) -> Feed | None:
    """All sessions to which the person is invited, as they are now; cancelled ones marked as such."""
    link = _opened(work, token, LinkKind.FEED)
    person = work.people.person(link.person_id) if link else None
    if person is None:
        return None
    scene = Scene(work)
    mine = [
        of.facts
        for session in work.sessions.of_cluster(person.cluster_id)
        if is_mine(of := scene.of(session), person)
    ]
    cluster = scene.cluster(person.cluster_id).cluster
    document = ics.feed_calendar(mine, cluster.name, work.now, work.office.tz)
    return Feed(document, hashlib.sha256(ics.without_stamps(document.content)).hexdigest()[:32])


def _opened(work: Work, token: str, kind: LinkKind) -> Link | None:
    if not _TOKEN.fullmatch(token):
        return None
    link = work.links.opened(_hashed(token), kind, work.now)
    person = work.people.person(link.person_id) if link else None
    return link if person is not None and person.active else None


def _new(
    work: Work, kind: LinkKind, person: Person, expires_at: dt.datetime | None, document: Document | None
) -> tuple[str, Link]:
    link = Link(kind, person.cluster_id, person.id, work.now, expires_at, document)
    return secrets.token_urlsafe(32), link


def _hashed(token: str) -> str:
    """Of so much chance that a fast hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
