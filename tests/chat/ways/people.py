"""Ways on which it is said who goes to a session, who stays away, who covers."""

from tests.chat.people import COOK, GUEST, TEACHER
from tests.chat.ways.given import NO_REASON, a_count_of_the_cluster
from tests.chat.ways.way import Answer, Deed, Way, answers, free, stays
from tests.talks.stage import LEAD

_OURS: tuple[Deed, ...] = ((GUEST, "b2"), (GUEST, "[Ai của trường tôi đi]"))
_COVERS: tuple[Deed, ...] = ((GUEST, "b2"), (GUEST, "[Người dạy thay, trông bếp]"))

WAYS = (
    Way("absent: no reason", COOK, "[Vắng mặt]", (NO_REASON,), often=False),
    Way("absent: a reason in words", COOK, "[Vắng mặt]", (free("đau chân"),), often=False),
    Way(
        "absent: somebody instead",
        TEACHER,
        "[Vắng mặt]",
        answers(free("[Có người đi thay]"), free("[Tổ phó nhà trẻ Bát Trang]")),
    ),
    Way(
        "naming: who goes",
        GUEST,
        "[Chọn người: GV cốt cán]",
        answers(
            stays("[● Giáo viên cốt cán 1 Bát Trang]"),
            stays("[Trang sau]"),
            stays("tổ phó nhà trẻ Bát Trang"),
            "[Xong (4 người)]",
        ),
        _OURS,
        minds_a_move=False,
        often=False,
    ),
    Way(
        "naming: somebody new",
        GUEST,
        "[Chọn người: GV cốt cán]",
        answers(
            "[Thêm người mới]",
            "Đỗ Thị Hạnh",
            Answer("0912 345 678", final=True, keeps=True),
            "[Xong (5 người)]",
        ),
        _OURS,
        minds_a_move=False,
    ),
    Way(
        "naming_all: school by school",
        LEAD,
        "[Chọn người cả cụm: GV cốt cán]",
        answers(
            stays("Giáo viên cốt cán 4 An Tiến"),
            "[MN Bát Trang: chọn 1]",
            stays("[● Giáo viên cốt cán 1 Bát Trang]"),
            stays("[Trang sau]"),
            "[Xong (4 người)]",
        ),
        ((LEAD, "b2"),),
        a_count_of_the_cluster,
        minds_a_move=False,
    ),
    Way(
        "replacing: one of the school",
        GUEST,
        "[Cử người đi thay]",
        answers("[Bếp trưởng Bát Trang]", "[Tổ phó mẫu giáo Bát Trang]"),
        _OURS,
        often=False,
    ),
    Way(
        "replacing: somebody new",
        GUEST,
        "[Cử người đi thay]",
        answers("[Bếp trưởng Bát Trang]", "[Thêm người mới]", "Bùi Thị Hạnh", "[Không có số]"),
        _OURS,
    ),
    Way(
        "covering: one of the school",
        GUEST,
        "[○ Thay Giáo viên cốt cán 1 Bát Trang]",
        answers("[Tổ phó mẫu giáo Bát Trang]"),
        _COVERS,
        often=False,
    ),
    Way(
        "covering: somebody else",
        GUEST,
        "[○ Thay Giáo viên cốt cán 1 Bát Trang]",
        answers("[Người khác]", free("cô Hoa lớp 4A")),
        _COVERS,
    ),
)
