"""Every kind of notice that is said about a session: how, in which order, and what covers what."""

from collections.abc import Callable, Mapping

from bot.notices.notice import Kind
from bot.notices.saying import changes, covers, delegations, invitations, reminders, requests
from bot.notices.saying.subject import Section, Subject

_SAYERS: dict[Kind, Callable[[Subject], Section | None]] = {
    Kind.PREPARE: invitations.prepare,
    Kind.INVITATION: invitations.invitation,
    Kind.AUTHORITY_INVITATION: invitations.authority_invitation,
    Kind.RELEASED_BY_ITSELF: invitations.released_by_itself,
    Kind.DEADLINE_WATCH: invitations.deadline_watch,
    Kind.REMINDER: reminders.reminder,
    Kind.SAME_DAY: reminders.same_day,
    Kind.REQUEST: requests.request,
    Kind.REQUEST_NEWS: requests.request_news,
    Kind.REQUEST_EXPIRED: requests.request_news,
    Kind.CLASH: requests.clash,
    Kind.PROPOSAL: requests.proposal,
    Kind.NUDGE: invitations.nudge,
    Kind.CHANGE: changes.change,
    Kind.DETAILS: changes.details,
    Kind.CANCELLATION: changes.cancellation,
    Kind.RESTORED: changes.restored,
    Kind.KNOWN_AGAIN: changes.known_again,
    Kind.STILL_SILENT: changes.still_silent,
    Kind.UNREACHED: invitations.unreached,
    Kind.WHO_GOES: delegations.who_goes,
    Kind.STAND_DOWN: delegations.stand_down,
    Kind.STAND_IN: delegations.stand_in,
    Kind.WHO_COVERS: covers.who_covers,
    Kind.NOT_COVERED: covers.not_covered,
    Kind.COVER_ASKED: covers.cover_asked,
    Kind.COVER_EVE: covers.cover_eve,
    Kind.COVER_OFF: covers.cover_off,
    Kind.COVER_OPEN: covers.cover_open,
}

#: In which order things stand in one message, the weightiest first.
ORDER = (
    Kind.CANCELLATION,
    Kind.CHANGE,
    Kind.RESTORED,
    Kind.STAND_DOWN,
    Kind.COVER_OFF,
    Kind.COVER_ASKED,
    Kind.DETAILS,
    Kind.STILL_SILENT,
    Kind.KNOWN_AGAIN,
    Kind.REQUEST,
    Kind.REQUEST_NEWS,
    Kind.REQUEST_EXPIRED,
    Kind.CLASH,
    Kind.PROPOSAL,
    Kind.RELEASED_BY_ITSELF,
    Kind.DEADLINE_WATCH,
    Kind.UNREACHED,
    Kind.COVER_OPEN,
    Kind.NUDGE,
    Kind.PREPARE,
    Kind.WHO_GOES,
    Kind.STAND_IN,
    Kind.AUTHORITY_INVITATION,
    Kind.INVITATION,
    Kind.REMINDER,
    Kind.SAME_DAY,
    Kind.COVER_EVE,
    Kind.PLAN,
    Kind.WHO_COVERS,
    Kind.NOT_COVERED,
)

#: What is not said beside the other about the same session, since the other says it all.
COVERED_BY = {
    Kind.INVITATION: {Kind.CHANGE, Kind.RESTORED},
    Kind.AUTHORITY_INVITATION: {Kind.CHANGE, Kind.RESTORED},
    Kind.REMINDER: {
        *(Kind.CHANGE, Kind.RESTORED, Kind.SAME_DAY),
        *(Kind.INVITATION, Kind.AUTHORITY_INVITATION),
    },
    Kind.SAME_DAY: {Kind.INVITATION, Kind.AUTHORITY_INVITATION},
    Kind.DETAILS: {Kind.CHANGE, Kind.RESTORED},
    Kind.KNOWN_AGAIN: {Kind.CANCELLATION, Kind.CHANGE, Kind.RESTORED, Kind.DETAILS},
    Kind.NUDGE: {Kind.PREPARE},
    Kind.WHO_COVERS: {Kind.CHANGE, Kind.RESTORED, Kind.PREPARE, Kind.INVITATION, Kind.WHO_GOES},
    Kind.NOT_COVERED: {Kind.CHANGE, Kind.RESTORED, Kind.REMINDER, Kind.INVITATION, Kind.WHO_COVERS},
}

#: What tells the host and the lead how many come, and whom to phone.
COUNTING = frozenset({Kind.REMINDER, Kind.DEADLINE_WATCH})

#: For lists and screens of people who watch over what was sent.
NAMES: Mapping[Kind, str] = {
    Kind.PREPARE: "Việc của trường đăng cai",
    Kind.INVITATION: "Mời người trong cụm",
    Kind.AUTHORITY_INVITATION: "Mời cơ quan quản lý, cốt cán",
    Kind.RELEASED_BY_ITSELF: "Giấy mời đã tự gửi",
    Kind.DEADLINE_WATCH: "Hạn gửi giấy mời",
    Kind.REMINDER: "Báo trước một ngày",
    Kind.SAME_DAY: "Báo sáng hôm đó",
    Kind.REQUEST: "Xin ý kiến",
    Kind.REQUEST_NEWS: "Tin về đề nghị",
    Kind.REQUEST_EXPIRED: "Đề nghị hết hạn",
    Kind.CLASH: "Trùng lịch mới",
    Kind.PROPOSAL: "Đề nghị ngày",
    Kind.CHANGE: "Đổi lịch",
    Kind.DETAILS: "Giờ, phòng",
    Kind.CANCELLATION: "Hủy buổi",
    Kind.RESTORED: "Khôi phục buổi",
    Kind.KNOWN_AGAIN: "Hỏi lại người chưa báo đã rõ",
    Kind.STILL_SILENT: "Người chưa báo đã rõ",
    Kind.CARD: "Cập nhật thẻ",
    Kind.UNREACHED: "Người cần gọi điện",
    Kind.APPROVAL: "Duyệt đăng ký",
    Kind.JOIN_DECISION: "Trả lời đăng ký",
    Kind.NUDGE: "Cụm trưởng hỏi việc còn thiếu",
    Kind.WHO_GOES: "Hỏi ai đi",
    Kind.STAND_DOWN: "Thôi không phải đi",
    Kind.STAND_IN: "Có người đi thay",
    Kind.WHO_COVERS: "Hỏi ai dạy thay, trông bếp",
    Kind.NOT_COVERED: "Chưa có người dạy thay, trông bếp",
    Kind.COVER_ASKED: "Nhờ dạy thay, trông bếp",
    Kind.COVER_EVE: "Báo trước một ngày việc dạy thay, trông bếp",
    Kind.COVER_OFF: "Thôi không phải dạy thay, trông bếp",
    Kind.COVER_OPEN: "Không dạy thay, trông bếp được",
    Kind.NEWCOMER: "Thêm người",
    Kind.HANDOVER: "Bàn giao",
    Kind.PLAN: "Lịch năm vào nhóm",
    Kind.PIN: "Ghim buổi tới trong nhóm",
    Kind.GROUP_LOST: "Không gửi được vào nhóm",
    Kind.SCARCE: "Bot Zalo sắp hết tin",
}


def section(kind: Kind, subject: Subject) -> Section | None:
    """What this kind says now; None: there is nothing to say any more."""
    return _SAYERS[kind](subject)
