"""Who are alike are told the same words, worded once: each reads what she would read alone."""

from dataclasses import replace
from pathlib import Path

from bot.flows.composing import compose
from bot.flows.scene import Scene
from bot.flows.work import Work
from bot.notices.notice import Kind
from bot.outbox.port import Claimed, Parcel
from bot.sessions.answers import Answer, Reply
from tests.notices.saying import Case, row, sample
from tests.talks.stage import INVITED

SLY = "Chuyên đề <somebody/> &lt;somebody/&gt;"


def invitations(work: Work) -> list[Claimed]:
    """To everybody who is invited to B2; one has said that she comes, one does not want to be reminded."""
    cluster = work.people.clusters()[0]
    session = work.sessions.by_code(cluster.id, "B2")
    assert session is not None
    work.sessions.save(replace(session, content=SLY, version=session.version + 1))
    people = Scene(work).of(session).invitees.people
    comes, quiet = people[-1].person.id, people[-2].person.id
    work.sessions.put_answer(
        Answer(session.id, session.date_revision, comes, Reply.GOING, None, None, INVITED)
    )
    work.sessions.set_mute(session.id, quiet, INVITED, on=True)
    case = Case("alike", Kind.INVITATION, {})
    rows = (row(case, session, one.person.id, {}) for one in people)
    return [replace(one, id=number) for number, one in enumerate(rows, 1)]


def test_together_as_alone(tmp_path: Path) -> None:
    with sample(tmp_path, INVITED) as work:
        rows = invitations(work)
        together = {one.rows[0].id: one for one in compose(work, rows)}
        alone = {one.rows[0].id: one for row in rows for one in compose(work, [row])}
    assert len(rows) > 30
    assert together == alone
    texts = [parcel.message.text for parcel in together.values() if isinstance(parcel, Parcel)]
    assert len(texts) == len(set(texts)) > 30, "each is addressed by name"


def test_nobody_writes_a_name_into_them(tmp_path: Path) -> None:
    with sample(tmp_path, INVITED) as work:
        for parcel in compose(work, invitations(work)):
            assert isinstance(parcel, Parcel)
            assert "Chuyên đề &lt;somebody/&gt; &amp;lt;somebody/&amp;gt;" in parcel.message.text
            assert "<somebody/>" not in parcel.message.text
