"""Ways of a session's details, of letters, and of files that are sent to the bot."""

from tests.chat.people import HOST
from tests.chat.ways.given import a_second_session
from tests.chat.ways.way import Way, answers, free
from tests.talks.stage import CLERK, LEAD, OFFICER

_LETTERHEAD = (free("UBND xã An Lão"), free("[Bỏ qua]"), free("MNAT"), free("Phạm Thị Lan"))

WAYS = (
    Way("calendars: the authority's dates", OFFICER, "+ lich-phong.ics", answers("[Xác nhận]"), about=None),
    Way("calendars: days off", LEAD, "+ nghi-them.csv", answers("[Xác nhận]"), about=None, often=False),
    Way("details: hour", HOST, "[Đặt giờ]", answers("8h00-10h30"), minds_a_move=False),
    Way("details: room", HOST, "[Đặt phòng]", (free("Hội trường"),), minds_a_move=False, often=False),
    Way(
        "details: programme",
        HOST,
        "[Chương trình]",
        (free("8h00 đón khách"),),
        minds_a_move=False,
        often=False,
    ),
    Way(
        "documents: a plan with doubts",
        CLERK,
        "+ ke-hoach-loi.txt",
        answers("[Thứ Sáu, 15/12/2023]", "20/12", "[Xác nhận]"),
        about=None,
    ),
    Way(
        "documents: a letter",
        LEAD,
        "+ giay-moi-b2.txt",
        answers("[Xác nhận]"),
        often=False,
    ),
    Way(
        "documents: which of two sessions",
        LEAD,
        "+ doi-lich-chua-ro-buoi.txt",
        answers("[B5 · thứ Năm, 11/01/2024]", "[Xác nhận]"),
        prepared=a_second_session,
        about="B5",
        minds_a_move=False,
    ),
    Way("files: a roster", CLERK, "+ danh-sach-moi.csv", answers("[Xác nhận]"), about=None),
    Way(
        "letterhead: the school",
        HOST,
        "[Điền phần đầu văn bản]",
        _LETTERHEAD,
        ((HOST, "[Việc đăng cai]"), (HOST, "[Giấy mời (Word)]")),
        about=None,
    ),
)
