"""The card of one session for one person: what is known, what is open, and the buttons that she may use."""

from bot.message import Button, Message
from bot.notices.actions import Verb, button
from bot.notices.cover_facts import CoverFacts
from bot.notices.facts import Manner, Receiver, SessionFacts
from bot.notices.wording import text_for
from bot.sessions.answers import Reply
from bot.sessions.request import RequestState
from bot.sessions.rights import Right

Rows = tuple[tuple[Button, ...], ...]


def you(manner: Manner) -> str:
    """The word for the person spoken to."""
    return "đồng chí" if manner in (Manner.AUTHORITY, Manner.HEAD) else "thầy/cô"


def card(f: SessionFacts, to: Receiver) -> Message:
    return Message(text_for("card", to.manner, f=f, to=to, you=you(to.manner)), card_rows(f, to))


def card_rows(f: SessionFacts, to: Receiver) -> Rows:
    """What is asked of her first, then her school's, then the host's; what is rarely used stands on the board
    `Việc đăng cai`, not here."""
    rows = [*answer_rows(f, to), *known_rows(f, to), *calendar_rows(f, to)]
    rows += [*school_rows(f, to), *cover_rows(f, to.covering), *whole_rows(f, to), *host_rows(f, to)]
    asks, why = request_rows(f, to), why_rows(f, to)
    beside = bool(why) and len(asks) == 1 and len(asks[0]) == 1
    rows += [(*asks[0], *why[0])] if beside else [*asks, *why]
    return (*rows, *manager_rows(f, to))


def why_rows(f: SessionFacts, to: Receiver) -> Rows:
    """Always one tap away for who is invited."""
    if not _is_asked(f, to):
        return ()
    return ((button("Vì sao tôi được mời?", Verb.WHY_ME, f.session.id),),)


def manager_rows(f: SessionFacts, to: Receiver) -> Rows:
    """The record of every change; asking the host; cancelling, and what undoes it; back to the day left."""
    if not to.may(Right.CANCEL):
        return ()
    record = button(f"Nhật ký buổi {f.session.code}", Verb.JOURNAL, f.session.id)
    if f.over:
        return ((record,),)
    if f.cancelled:
        return ((button("Khôi phục buổi này", Verb.PUT_BACK, f.session.id), record),)
    asks = f.missing and to.unit.id not in f.session.host_ids
    ask = (button("Báo trường đăng cai", Verb.NUDGE, f.session.id),) if asks else ()
    cancel = button("Hủy buổi này", Verb.CANCEL, f.session.id)
    if f.former is None or f.request is not None:
        return ((*ask, record), (cancel,))
    return ((*ask, record), (button("Trả về ngày cũ", Verb.PUT_BACK, f.session.id), cancel))


def answer_rows(f: SessionFacts, to: Receiver) -> Rows:
    if not _is_asked(f, to):
        return ()
    session = f.session
    going = button("Tham dự", Verb.GOING, session.id, session.date_revision)
    absent = button("Vắng mặt", Verb.DECLINE, session.id, session.date_revision)
    return ((going, absent),)


def _is_asked(f: SessionFacts, to: Receiver) -> bool:
    """The authority is not asked before it has been invited."""
    if not (to.invited and f.session.fixed and not f.over):
        return False
    return to.manner is not Manner.AUTHORITY or f.session.released_at is not None


def known_rows(f: SessionFacts, to: Receiver) -> Rows:
    """`Đã rõ`, while a late change waits for it; an answer does as well."""
    if to.unknown is None:
        return ()
    return ((button("Đã rõ", Verb.KNOWN, f.session.id, to.unknown),),)


def calendar_rows(f: SessionFacts, to: Receiver) -> Rows:
    """For whom it is settled that she is invited, and the day is known."""
    if not _is_asked(f, to):
        return ()
    return ((button("Thêm vào lịch", Verb.CALENDAR, f.session.id), *_mute(f, to)),)


def mute_rows(f: SessionFacts, to: Receiver) -> Rows:
    """For whom a reminder is still to come: without it, or with it again."""
    buttons = _mute(f, to)
    return (buttons,) if buttons else ()


def _mute(f: SessionFacts, to: Receiver) -> tuple[Button, ...]:
    """Nobody says "nhắc" to the authority; who has declined is not reminded anyway."""
    declined = to.answer is not None and to.answer.reply is Reply.DECLINED
    if to.manner is Manner.AUTHORITY or declined or f.over or not f.session.fixed:
        return ()
    label = "Nhắc lại tôi buổi này" if to.muted else "Đừng nhắc tôi buổi này"
    return (button(label, Verb.MUTE, f.session.id, int(not to.muted)),)


def school_rows(f: SessionFacts, to: Receiver) -> Rows:
    """For a school's heads: who of the school goes, and who covers for those who go."""
    if f.over or not f.session.fixed:
        return ()
    goes = (button("Ai của trường tôi đi", Verb.OURS, f.session.id),) if to.own is not None else ()
    row = (*goes, *(b for found in covers_rows(f, to) for b in found))
    return (row,) if row else ()


def covers_rows(f: SessionFacts, to: Receiver) -> Rows:
    """For a school's heads: who covers for those who go."""
    if to.covers is None or f.over or not f.session.fixed:
        return ()
    return ((button(f"Người {to.covers.what}", Verb.COVERS, f.session.id),),)


def cover_rows(f: SessionFacts, cover: CoverFacts | None) -> Rows:
    """For who is named to cover."""
    if cover is None or f.over or not f.session.fixed:
        return ()
    accept = button("Nhận", Verb.ACCEPT, cover.id, cover.asked)
    return ((accept, button("Không nhận được", Verb.REJECT, cover.id, cover.asked)),)


def naming_rows(f: SessionFacts, to: Receiver) -> Rows:
    """One row for each part of the phrase that the head is asked about."""
    parts = to.own.to_name if to.own is not None else ()
    return tuple((button(f"Chọn người: {p.role}", Verb.NAME, f.session.id, p.number),) for p in parts)


def whole_rows(f: SessionFacts, to: Receiver) -> Rows:
    """For lead and clerk: one row for each part of the phrase that counts people of the whole cluster."""
    if f.over or not f.session.fixed:
        return ()
    return tuple(
        (button(f"Chọn người cả cụm: {p.role}", Verb.NAME, f.session.id, p.number),) for p in to.whole
    )


def host_rows(f: SessionFacts, to: Receiver) -> Rows:
    """What the host has still to say, the authority's invitation, and the board for everything else."""
    session = f.session
    rows: list[tuple[Button, ...]] = []
    if f.over or f.cancelled:
        return ((people_button(f),),) if to.may(Right.PEOPLE) and f.over else ()
    if to.may(Right.DETAILS):
        host, lacks = to.unit.id in session.host_ids, f.missing
        open_ones = (d for word, d in detail_buttons(f) if (host and word in lacks) or not session.fixed)
        if details := tuple(open_ones):
            rows.append(details)
    if session.fixed and to.may(Right.PEOPLE):
        board = button("Việc đăng cai", Verb.HOST, session.id)
        unsent = session.released_at is None and to.may(Right.RELEASE)
        rows.append((release_button(f), board) if unsent else (board,))
    if not session.date and to.may(Right.DETAILS):
        rows.append((button("Đề nghị ngày", Verb.PROPOSE, session.id),))
    return tuple(rows)


def detail_buttons(f: SessionFacts) -> tuple[tuple[str, Button], ...]:
    """For each thing that the host has to say: its word, as in `SessionFacts.missing`, and the button."""
    session = f.session
    hour, room = "Sửa giờ" if session.start else "Đặt giờ", "Sửa phòng" if session.room else "Đặt phòng"
    return (
        ("giờ", button(hour, Verb.SET, session.id, "hour")),
        ("phòng", button(room, Verb.SET, session.id, "room")),
        ("chương trình", button("Chương trình", Verb.SET, session.id, "programme")),
    )


def release_button(f: SessionFacts) -> Button:
    label = "Đã gửi bằng văn bản" if f.paper_only else "Gửi giấy mời"
    return button(label, Verb.RELEASE, f.session.id, f.session.date_revision)


def paper_buttons(f: SessionFacts, to: Receiver) -> tuple[Button, ...]:
    """What the office of the host and of the lead signs."""
    session = f.session
    letter = button("Giấy mời (Word)", Verb.PAPER, session.id, "gm")
    if session.date_revision > 1 and to.may(Right.RECORD):
        return letter, button("Thông báo đổi lịch (Word)", Verb.PAPER, session.id, "tb")
    return (letter,)


def request_rows(f: SessionFacts, to: Receiver) -> Rows:
    session = f.session
    if not session.fixed or f.over:
        return ()
    if f.offer is not None and f.swap is not None:
        mine = f.offer.unit_id == to.unit.id and to.may(Right.ASK)
        return offer_rows(f.offer.id, offered_here=f.swap.offered_here) if mine else ()
    own = f.request is not None and f.request.unit_id == to.unit.id
    if f.request is not None and own and to.may(Right.ASK):
        return own_request_rows(f.request.id, countered=f.request.state is RequestState.COUNTERED)
    undecided = f.request is not None and f.request.state is RequestState.REQUESTED
    if f.request is not None and undecided and to.may(Right.DECIDE):
        return decision_rows(f.request.id, move=f.swap is None)
    rows: Rows = ()
    if to.may(Right.ASK):
        rows += ((button("Xin đổi lịch", Verb.ASK, session.id, session.date_revision),),)
    if f.request is not None and undecided and to.may(Right.RECORD):
        rows += ((button("Ghi ý kiến bằng văn bản", Verb.RECORD, f.request.id),),)
    return rows


def own_request_rows(request_id: int, *, countered: bool) -> Rows:
    withdraw = button("Rút đề nghị", Verb.WITHDRAW, request_id)
    letter = button("Công văn xin ý kiến (Word)", Verb.PAPER, request_id, "cv")
    if countered:
        return ((button("Đồng ý", Verb.AGREE, request_id), withdraw), (letter,))
    return ((withdraw,), (letter,))


def offer_rows(request_id: int, *, offered_here: bool) -> Rows:
    """An offer to change days: who made it may take it back, the other host answers."""
    if offered_here:
        return ((button("Rút đề nghị", Verb.WITHDRAW, request_id),),)
    return ((button("Đồng ý", Verb.AGREE, request_id), button("Không đồng ý", Verb.REFUSE, request_id)),)


def decision_rows(request_id: int, *, move: bool = True) -> Rows:
    first = (button("Đồng ý", Verb.AGREE, request_id), button("Không đồng ý", Verb.REFUSE, request_id))
    if not move:
        return (first,)
    return (first, (button("Đề nghị ngày khác", Verb.COUNTER, request_id),))


def people_button(f: SessionFacts) -> Button:
    return button("Người dự", Verb.PEOPLE, f.session.id)
