"""What stands in the database after a story on Zalo."""

from collections import Counter

from tests.talks.zalo_stage import ZaloStage


def reply_of(stage: ZaloStage, name: str, code: str = "B2") -> str | None:
    session, person = stage.session(code), stage.person(name)
    answers = stage.see(lambda work: work.sessions.answers(session))
    return answers[person.id].reply if person.id in answers else None


def each_notice_once(stage: ZaloStage) -> None:
    """Nobody was told the same thing twice, and nothing is left or lost."""
    cluster = stage.cluster()
    counts = stage.see(lambda work: work.reports.counts(cluster.id))
    assert set(counts) <= {"sent", "pending", "cancelled", "missed"}
    for name in (*stage.homes, *stage.chats):
        repeated = [said for said, times in Counter(stage.seen(name)).items() if times > 1]
        assert not repeated, (name, repeated)
