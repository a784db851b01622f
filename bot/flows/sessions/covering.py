"""Who covers for those of a school who go: its head names somebody, who accepts or not."""

from bot.cluster.charges import charge_of
from bot.cluster.people import Person
from bot.cluster.rights import is_head_of
from bot.errors import BadInputError, NotAllowedError, OutdatedError
from bot.flows.keeping_covers import ask, note_cover, redraw, take_step
from bot.flows.people.relaying import reached
from bot.flows.planning import replan
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.sessions.answering import require_session
from bot.flows.work import Work
from bot.sessions.changes import require_ahead
from bot.sessions.cover import Cover, CoverState
from bot.sessions.covering import Line, answered, taken_back
from bot.sessions.rights import Right

NAME_LIMIT = 100  #: letters of a name outside the roster
_OFF = "{} đã chọn tự sắp xếp người dạy thay, trông bếp. Muốn dùng lại: gõ /toi."
_STALE = "Vừa có thay đổi khác trước thao tác này. Đề nghị xem lại rồi chọn."


def for_covering(work: Work, actor: Person, session_id: int) -> SessionScene:
    """A session ahead of which this head may say who covers.  Raises NotAllowedError, OutdatedError."""
    of = require_session(Scene(work), session_id, actor)
    unit = of.around.units[actor.unit_id]
    of.require(Right.COVER, actor)
    require_ahead(of.session, work.today)
    if unit.id in of.around.not_covering:
        raise OutdatedError(_OFF.format(unit.label))
    return of


def own_lines(of: SessionScene, unit_id: int) -> list[Line]:
    return [line for line in of.lines if line.absent.unit_id == unit_id]


def line_of(of: SessionScene, actor: Person, absent_id: int) -> Line:
    """Raises OutdatedError where she needs no cover any more, or is of another school."""
    found = next((one for one in own_lines(of, actor.unit_id) if one.absent.id == absent_id), None)
    if found is None:
        raise OutdatedError("Người này không đi dự buổi này nữa, nên không cần người thay.")
    return found


def seen(of: SessionScene, line: Line) -> str:
    """What a head saw of a line: on which day, and who covers."""
    cover = f"{line.cover.id}.{line.cover.state.value}" if line.cover is not None else ""
    return f"{of.session.date_revision}:{cover}"


def require_seen(of: SessionScene, line: Line, seen_as: str) -> None:
    """Of two heads who name at once the second is told, and who was asked about another day.

    Raises OutdatedError.
    """
    if seen(of, line) != seen_as:
        raise OutdatedError(_STALE)


def free_to_cover(of: SessionScene, line: Line) -> list[Person]:
    """Who of the school is there on that day and covers for nobody else: who has the same in charge first,
    a cook for a cook, heads after the others."""
    away = {cover.person_id for cover in of.covers if cover.state.holds}
    away |= of.invited_ids | of.authority_ids
    away |= {line.cover.person_id} if line.cover is not None else set()
    for other in of.same_day:
        away |= (other.invited_ids | other.authority_ids) - other.declined_ids
    unit_id = line.absent.unit_id
    free = [p for p in of.around.people.values() if p.unit_id == unit_id and p.id not in away]
    return sorted(free, key=lambda p: (charge_of(p) is not line.charge, is_head_of(p, unit_id)))


def name_cover(
    work: Work, actor: Person, session_id: int, absent_id: int, seen_as: str, person_id: int
) -> SessionScene:
    """This one of the school is asked to cover; a head who covers herself is not.

    Raises NotAllowedError, OutdatedError (somebody else was quicker), BadInputError (she is not free).
    """
    of = for_covering(work, actor, session_id)
    line = line_of(of, actor, absent_id)
    if person_id not in {person.id for person in free_to_cover(of, line)}:
        raise BadInputError("Người này không còn chọn được. Đề nghị chọn người khác.")
    state = CoverState.ACCEPTED if person_id == actor.id else CoverState.ASKED
    return _said(work, actor, of, line, seen_as, state, person_id=person_id)


def cover_by_word(
    work: Work, actor: Person, session_id: int, absent_id: int, seen_as: str, words: str
) -> SessionScene:
    """Somebody outside the roster ("cô Hoa lớp 4A"): the head's word settles it, nobody is asked."""
    name = " ".join(words.split())
    if not name or len(name) > NAME_LIMIT:
        raise BadInputError(f"Đề nghị gõ tên người thay, dưới {NAME_LIMIT} chữ, ví dụ: cô Hoa lớp 4A.")
    of = for_covering(work, actor, session_id)
    line = line_of(of, actor, absent_id)
    return _said(work, actor, of, line, seen_as, CoverState.WORD, name=name)


def no_cover(work: Work, actor: Person, session_id: int, absent_id: int, seen_as: str) -> SessionScene:
    of = for_covering(work, actor, session_id)
    return _said(work, actor, of, line_of(of, actor, absent_id), seen_as, CoverState.NOT_NEEDED)


def accepted_by_word(
    work: Work, actor: Person, session_id: int, absent_id: int, seen_as: str
) -> SessionScene:
    """Who is named has told her head that she does."""
    of = for_covering(work, actor, session_id)
    line = line_of(of, actor, absent_id)
    require_seen(of, line, seen_as)
    if line.cover is None or line.cover.state is not CoverState.ASKED:
        raise OutdatedError(_STALE)
    step = answered(line.cover, True, line.cover.asked, work.now)
    if step is not None:
        take_step(work, of, step, actor)
    return _after(work, of)


def answer_cover(work: Work, person: Person, cover_id: int, asked: int, *, accepts: bool) -> SessionScene:
    """`Nhận`, `Không nhận được`; who named her hears of the second.

    Raises NotAllowedError (somebody else is asked), OutdatedError (an old question).
    """
    cover = work.sessions.cover(cover_id)
    if cover is None or cover.cluster_id != person.cluster_id:
        raise OutdatedError("Việc này không còn nữa. Gõ /lich để xem lịch hiện nay.")
    if cover.person_id != person.id:
        raise NotAllowedError("Nút này dành cho người được nhờ dạy thay, trông bếp.")
    of = require_session(Scene(work), cover.session_id, person)
    require_ahead(of.session, work.today)
    if person.unit_id in of.around.not_covering:
        raise OutdatedError("Nhà trường tự sắp xếp việc này, không cần trả lời ở đây.")
    step = answered(cover, accepts, asked, work.now)
    if step is not None:
        take_step(work, of, step, person)
    return _after(work, of)


def _said(
    work: Work,
    actor: Person,
    of: SessionScene,
    line: Line,
    seen_as: str,
    state: CoverState,
    *,
    person_id: int | None = None,
    name: str | None = None,
) -> SessionScene:
    require_seen(of, line, seen_as)
    if line.cover is not None:
        take_step(work, of, taken_back(line.cover, work.now), actor)
    session = of.session
    assert session.date is not None  # `require_ahead`
    new = Cover(
        id=0,
        cluster_id=session.cluster_id,
        session_id=session.id,
        absent_id=line.absent.id,
        person_id=person_id,
        name=name,
        state=state,
        date_revision=session.date_revision,
        day=session.date,
        asked=1,
        named_by=actor.id,
        at=work.now,
    )
    cover = work.sessions.add_cover(new)
    mark = note_cover(work, of, cover, actor)
    if state is CoverState.ASKED:
        # Her head reads on the spot where no message reaches her.
        ask(work, of, cover, seen=cover.person_id not in reached(work, of.around))
    redraw(work, of, cover, mark, actor)
    return _after(work, of)


def _after(work: Work, of: SessionScene) -> SessionScene:
    replan(work, of.session)
    return Scene(work).of(of.session)
