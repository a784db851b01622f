"""Somebody leaves and is erased; the sessions that counted on her are planned anew."""

from bot.cluster.people import Person
from bot.flows.people.registration import erase
from bot.flows.planning import replan_cluster
from bot.flows.work import Work


def leave(work: Work, person: Person) -> None:
    erase(work.people, person, work.now)
    replan_cluster(work, person.cluster_id)
