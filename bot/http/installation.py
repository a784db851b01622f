"""Which database a process works on, so that who asks over HTTP knows whether it is the same."""

from uuid import uuid4

from bot.flows.work import Work

INSTALLATION = "installation"  #: the fact that tells this database from others


def installation(work: Work) -> str:
    """A number that every process on this database has, and none on another."""
    known = work.talks.fact(INSTALLATION)
    return str(known[0]) if known else ""


def name_it(work: Work) -> None:
    if not installation(work):
        work.talks.put_fact(INSTALLATION, uuid4().hex, work.now)
