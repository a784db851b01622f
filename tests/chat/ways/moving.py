"""Ways that move, cancel or restore a session, and those on which that is decided."""

from tests.chat.people import GUEST, HOST, LATER_HOST
from tests.chat.ways.given import NO_REASON, a_session_by_month
from tests.chat.ways.way import Deed, Way, answers, free, stays
from tests.talks.stage import LEAD, OFFICER

_ASKED: tuple[Deed, ...] = (
    (HOST, "[Xin đổi lịch]"),
    (HOST, "[Trùng lịch của Phòng, Sở]"),
    (HOST, "[Thứ Sáu 10/11]"),
    (HOST, "[Xác nhận]"),
)
_ASKED_WITHOUT_A_DAY = (*_ASKED[:2], (HOST, "[Để cơ quan quản lý chọn ngày]"), _ASKED[3])
_CANCELLED = ((LEAD, "b2"), (LEAD, "[Hủy buổi này]"), (LEAD, "bão số 5"), (LEAD, "[Xác nhận]"))
_MOVED = (*_ASKED, (OFFICER, "[Đồng ý]"), (LEAD, "b2"))
_CAUSE = free("[Trường có việc quan trọng]")

WAYS = (
    Way(
        "asking: a host, an offered day",
        HOST,
        "[Xin đổi lịch]",
        answers(_CAUSE, "[Thứ Sáu 10/11]", "[Xác nhận]"),
        often=False,
    ),
    Way(
        "asking: a host, a reason and a month",
        HOST,
        "[Xin đổi lịch]",
        answers(
            free("[Lý do khác]"), free("mất điện"), "[Chọn ngày khác]", stays("[›]"), "[18]", "[Xác nhận]"
        ),
    ),
    Way(
        "asking: another school moves it",
        GUEST,
        "[Xin đổi lịch]",
        answers("[Xin đổi sang ngày khác]", _CAUSE, "15/11", "[Xác nhận]"),
        ((GUEST, "b2"),),
        often=False,
    ),
    Way(
        "asking: another school is absent",
        GUEST,
        "[Xin đổi lịch]",
        answers("[Xin vắng buổi này]", free("họp phụ huynh"), "[Xác nhận]"),
        ((GUEST, "b2"),),
        often=False,
    ),
    Way(
        "asking: two schools swap",
        HOST,
        "[Xin đổi lịch]",
        answers(_CAUSE, "[Đổi ngày với trường khác]", "[B3 · thứ Năm 14/12 · MN Trường Thành]", "[Xác nhận]"),
        often=False,
    ),
    Way(
        "cancelling: the lead",
        LEAD,
        "[Hủy buổi này]",
        answers(free("bão số 5"), "[Xác nhận]"),
        ((LEAD, "b2"),),
    ),
    Way("deciding: no", OFFICER, "[Không đồng ý]", (free("trùng hội nghị"),), _ASKED, often=False),
    Way(
        "deciding: another day",
        OFFICER,
        "[Đề nghị ngày khác]",
        answers("[Thứ Hai 13/11]"),
        _ASKED,
        often=False,
    ),
    Way(
        "deciding: an odd day",
        OFFICER,
        "[Đề nghị ngày khác]",
        answers("[Chọn ngày khác]", "25/11", "[Xác nhận]"),
        _ASKED,
    ),
    Way(
        "deciding: yes, on which day",
        OFFICER,
        "[Đồng ý]",
        answers("[Thứ Hai 13/11]"),
        _ASKED_WITHOUT_A_DAY,
        often=False,
    ),
    Way(
        "deciding: a paper is recorded",
        LEAD,
        "[Không đồng ý]",
        (NO_REASON,),
        (*_ASKED, (LEAD, "b2"), (LEAD, "[Ghi ý kiến bằng văn bản]")),
        often=False,
    ),
    Way(
        "proposing: a day",
        LATER_HOST,
        "[Đề nghị ngày]",
        answers("16/01/2024", "[Xác nhận]"),
        ((LATER_HOST, "/buoi B5"),),
        a_session_by_month,
        "B5",
    ),
    Way(
        "putting_back: cancelled",
        LEAD,
        "[Khôi phục buổi này]",
        answers("[Xác nhận]"),
        _CANCELLED,
        about=None,
    ),
    Way(
        "putting_back: moved, on paper",
        LEAD,
        "[Trả về ngày cũ]",
        answers("[Đã được đồng ý bằng văn bản]"),
        _MOVED,
        often=False,
    ),
    Way(
        "putting_back: moved, to be asked",
        LEAD,
        "[Trả về ngày cũ]",
        answers("[Gửi đề nghị xin ý kiến]"),
        _MOVED,
        often=False,
    ),
)
