"""Changes of one session.  Each returns the session as it is afterwards; nothing here is stored or said."""

import datetime as dt
from dataclasses import replace

from bot.errors import BadInputError, OutdatedError
from bot.plan.reading import Precision
from bot.sessions.session import Session, SessionState

ROOM_LIMIT = 200
PROGRAMME_LIMIT = 2000
_CANCELLED = "Buổi {} đã hủy. Gõ /lich để xem lịch hiện nay."


def require_fixed(session: Session) -> dt.date:
    """The day of a session that takes place on a known day.  Raises OutdatedError for any other."""
    if session.state is SessionState.CANCELLED:
        raise OutdatedError(_CANCELLED.format(session.code))
    if not session.fixed or session.date is None:
        raise OutdatedError(f"Buổi {session.code} chưa chốt ngày.")
    return session.date


def require_ahead(session: Session, today: dt.date) -> dt.date:
    """As `require_fixed`, and not over yet."""
    day = require_fixed(session)
    if (session.date_end or day) < today:
        raise OutdatedError(f"Buổi {session.code} đã diễn ra, không thay đổi được nữa.")
    return day


def require_open(session: Session, today: dt.date) -> None:
    """Neither cancelled nor over; it may have no day yet.  Raises OutdatedError."""
    if session.state is SessionState.CANCELLED:
        raise OutdatedError(_CANCELLED.format(session.code))
    last = session.date_end or session.date
    if last is not None and last < today:
        raise OutdatedError(f"Buổi {session.code} đã diễn ra, không thay đổi được nữa.")


def set_hour(session: Session, start: dt.time, end: dt.time | None) -> Session:
    """Raises BadInputError where the end is not after the start."""
    if end is not None and end <= start:
        raise BadInputError("Giờ kết thúc phải sau giờ bắt đầu. Ví dụ: 8h00-10h30.")
    return _changed(session, start=start, end=end)


def set_room(session: Session, room: str) -> Session:
    return _changed(session, room=_bounded(room, ROOM_LIMIT, "Tên phòng"))


def set_programme(session: Session, programme: str) -> Session:
    return _changed(session, programme=_bounded(programme, PROGRAMME_LIMIT, "Chương trình"))


def release(session: Session, by: int | None, now: dt.datetime) -> Session:
    """Send the authority's invitation; `by` None: by itself, on the deadline's morning.

    Raises OutdatedError if it has gone already.
    """
    require_fixed(session)
    if session.released_at is not None:
        raise OutdatedError(f"Giấy mời buổi {session.code} đã gửi rồi.")
    return _changed(session, released_at=now, released_by=by)


def move(session: Session, day: dt.date, now: dt.datetime) -> Session:
    """The session on another day: a new date revision.

    Hour and room stay.  Where the authority had been invited, the change itself invites it to the new
    day, so the release stands from now on; otherwise the host sends the invitation as usual.
    """
    last = None
    if session.date is not None and session.date_end is not None:
        last = day + (session.date_end - session.date)
    return _changed(
        session,
        date=day,
        date_end=last,
        precision=Precision.DAY,
        window=(day, last or day),
        date_revision=session.date_revision + 1,
        released_at=now if session.released_at is not None else None,
        released_by=session.released_by,
    )


def cancel(session: Session) -> Session:
    """Raises OutdatedError if it is cancelled already."""
    if session.state is SessionState.CANCELLED:
        raise OutdatedError(f"Buổi {session.code} đã hủy rồi.")
    return _changed(session, state=SessionState.CANCELLED)


def restore(session: Session, today: dt.date) -> Session:
    """A cancelled session takes place after all, on the day that it had.

    Raises OutdatedError if it is not cancelled, or its day is over.
    """
    if session.state is not SessionState.CANCELLED:
        raise OutdatedError(f"Buổi {session.code} không bị hủy, không cần khôi phục.")
    restored = _changed(session, state=SessionState.PLANNED)
    require_open(restored, today)
    return restored


def reword(session: Session, **fields: object) -> Session:
    """What a corrected plan says differently, the day aside."""
    return _changed(session, **fields)


def _changed(session: Session, **fields: object) -> Session:
    return replace(session, version=session.version + 1, **fields)  # type: ignore[arg-type]


def _bounded(text: str, limit: int, what: str) -> str:
    text = " ".join(text.split()) if limit <= ROOM_LIMIT else text.strip()
    if not any(letter.isalnum() for letter in text):
        raise BadInputError(f"{what} chưa có chữ nào. Đề nghị gõ lại.")
    if len(text) > limit:
        raise BadInputError(f"{what} dài {len(text)} ký tự, tối đa {limit}. Đề nghị gõ ngắn hơn.")
    return text


def at_version(session: Session, version: int) -> Session:
    """Several changes made together count as one."""
    return replace(session, version=version)
