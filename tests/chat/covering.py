"""A session for which somebody covers: who asks, who is named, and what each was told."""

from dataclasses import replace

from bot.flows.planning import replan
from bot.flows.scene import Scene
from bot.flows.sessions.covering import line_of, name_cover, seen
from bot.flows.work import Work
from bot.plan.reading import AudienceItem
from tests.chat.people import GUEST
from tests.talks.stage import Stage

VICE, KITCHEN_VICE = "Phó hiệu trưởng chuyên môn Bát Trang", "Phó hiệu trưởng nuôi dưỡng Bát Trang"
AWAY, OTHER = "Giáo viên cốt cán 1 Bát Trang", "Giáo viên cốt cán 2 Bát Trang"
FREE, ALSO_FREE = "Tổ trưởng mẫu giáo Bát Trang", "Tổ phó mẫu giáo Bát Trang"
TEACHERS, COOKS = AudienceItem("GV_COT_CAN", 4), AudienceItem("BEP_TRUONG")


def invite_only(stage: Stage, *items: AudienceItem) -> None:
    """B2 is for these alone: no head is invited."""

    def change(work: Work) -> None:
        session = work.sessions.by_code(work.people.clusters()[0].id, "B2")
        assert session is not None
        changed = replace(session, audience=items, version=session.version + 1)
        work.sessions.save(changed)
        replan(work, changed)

    stage.run(change)


NOBODY_YET = "1:"  #: what a head saw: of the first day, nobody is named


def name(stage: Stage, head: str, absent: str, who: str, seen_as: str = NOBODY_YET) -> None:
    session, by, away, covers = stage.session("B2"), *map(stage.person, (head, absent, who))
    stage.run(lambda work: name_cover(work, by, session.id, away.id, seen_as, covers.id))


def titles(stage: Stage, who: str) -> list[str]:
    return [text.partition("\n")[0] for text in stage.seen(who) if "08/11/2023" in text.partition("\n")[0]]


def seen_by_heads(stage: Stage) -> str:
    session, head, away = stage.session("B2"), stage.person(GUEST), stage.person(AWAY)

    def look(work: Work) -> str:
        of = Scene(work).of(session)
        return seen(of, line_of(of, head, away.id))

    return stage.see(look)
