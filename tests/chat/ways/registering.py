"""Ways into the roster, out of it, and of a post from one to another."""

from tests.chat.people import COOK, GUEST
from tests.chat.ways.given import a_zalo_bot
from tests.chat.ways.way import Answer, Way, answers
from tests.talks.stage import STRANGER

WAYS = (
    Way(
        "channels: Zalo too",
        COOK,
        "/kenh",
        answers("[Thêm Zalo]"),
        prepared=a_zalo_bot,
        about=None,
        right="link",
    ),
    Way(
        "leaving: for good",
        COOK,
        "[Rời khỏi và xóa thông tin]",
        answers("[Xác nhận]"),
        ((COOK, "/toi"),),
        about=None,
        right="link",
    ),
    Way(
        "registering: to be approved",
        STRANGER,
        "/dangky",
        answers(Answer("{mã cụm}", final=True), "[MN Bát Trang]", "[Giáo viên]", "Trần Thị Na", "[Xác nhận]"),
        about=None,
        right="",
    ),
    Way(
        "handing_over: to somebody new",
        COOK,
        "[Bàn giao]",
        answers("[Người mới]", "Phạm Thị Nhài", "[Xác nhận: nghỉ, chuyển trường]"),
        ((COOK, "/toi"),),
        about=None,
    ),
    Way(
        "handing_over: of somebody else",
        GUEST,
        "[Bàn giao của người khác]",
        answers(
            "[Tổ trưởng mẫu giáo Bát Trang]",
            "[Tổ phó mẫu giáo Bát Trang]",
            "[Xác nhận: ở lại, là Giáo viên]",
        ),
        ((GUEST, "/toi"),),
        about=None,
        often=False,
    ),
)
