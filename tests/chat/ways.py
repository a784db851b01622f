"""The happy path of every dialog: how it begins, and the answer to each of its questions."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from bot.flows.people.bots import ZALO
from bot.flows.plans.importing import import_plan
from bot.flows.work import Work
from bot.plan.reader import read_plan
from bot.resources import data_path
from bot.workdays import Workdays
from tests.talks.playing import FILES
from tests.talks.stage import CLERK, LEAD, OFFICER, STRANGER, Stage

HOST, GUEST, COOK = "Hiệu trưởng An Tiến", "Hiệu trưởng Bát Trang", "Bếp trưởng Bát Trang"
TEACHER = "Giáo viên cốt cán 1 Bát Trang"
LATER_HOST = "Hiệu trưởng Trường Thọ"

Deed = tuple[str, str]  #: who, and what she does


@dataclass(frozen=True)
class Answer:
    """What is done at one question.

    `deed`: "[a button]", "+ a file", or what is typed.  `free`: any words would be an answer, within a
    length.  `stays`: the same question comes again (a tick, a page).  `final`: what went before cannot be
    gone back to.  `keeps`: something is kept by then, whatever comes after.
    """

    deed: str
    free: bool = False
    stays: bool = False
    final: bool = False
    keeps: bool = False


free = partial(Answer, free=True)
stays = partial(Answer, stays=True)


@dataclass(frozen=True)
class Way:
    """`name` begins with the dialog's name in `DIALOGS`."""

    name: str
    who: str
    begin: str
    answers: tuple[Answer, ...]
    before: tuple[Deed, ...] = ()
    prepared: Callable[[Stage], None] = field(default=lambda stage: None)
    about: str | None = "B2"  #: the session that somebody else may move or cancel meanwhile
    minds_a_move: bool = True  #: what was asked for the old day is not done for the new one
    often: bool = True  #: in every run of the tests, not only where NHACLICH_DEEP=1
    right: str = "posts"  #: what it takes: "posts", "link" (to be registered), "" nothing

    @property
    def dialog(self) -> str:
        return self.name.partition(":")[0]


def _answers(*given: Answer | str) -> tuple[Answer, ...]:
    return tuple(one if isinstance(one, Answer) else Answer(one) for one in given)


def a_zalo_bot(stage: Stage) -> None:
    bots = [{"key": "12", "name": "Nhắc Lịch 1", "link": "https://zalo.me/12"}]
    stage.run(lambda work: work.talks.put_fact(ZALO, bots, work.now))


def a_session_by_month(stage: Stage) -> None:
    _import(stage, "Tháng 01/2024\tTrường Thọ")


def a_second_session(stage: Stage) -> None:
    """Trường Thành is host twice: a paper that does not name the old day leaves open which is meant."""
    _import(stage, "14/12/2023\tTrường Thành", "11/1/2024\tTrường Thành")


def a_count_of_the_cluster(stage: Stage) -> None:
    """The plan counts the core teachers of all schools together."""
    content = (FILES / "ke-hoach-ca-cum.txt").read_bytes()
    reading = read_plan("plan.txt", content, deadline=Workdays.load().deadline)
    stage.run(lambda work: import_plan(work, reading))


def _import(stage: Stage, *rows: str) -> None:
    old = "14/12/2023\tTrường Thành"
    plan = data_path("plans", "an-tien-2023-2024.txt").read_text("utf-8")
    (line,) = (one for one in plan.splitlines() if one.startswith(old))
    plan = plan.replace(line, "\n".join(line.replace(old, row) for row in rows))
    reading = read_plan("plan.txt", plan.encode(), deadline=Workdays.load().deadline)

    def use(work: Work) -> None:
        import_plan(work, reading)

    stage.run(use)


_ASKED: tuple[Deed, ...] = (
    (HOST, "[Xin đổi lịch]"),
    (HOST, "[Trùng lịch của Phòng, Sở]"),
    (HOST, "[Thứ Sáu 10/11]"),
    (HOST, "[Xác nhận]"),
)
_ASKED_WITHOUT_A_DAY = (*_ASKED[:2], (HOST, "[Để cơ quan quản lý chọn ngày]"), _ASKED[3])
_CANCELLED = ((LEAD, "b2"), (LEAD, "[Hủy buổi này]"), (LEAD, "bão số 5"), (LEAD, "[Xác nhận]"))
_MOVED = (*_ASKED, (OFFICER, "[Đồng ý]"), (LEAD, "b2"))
_LETTERHEAD = (free("UBND xã An Lão"), free("[Bỏ qua]"), free("MNAT"), free("Phạm Thị Lan"))
_OURS: tuple[Deed, ...] = ((GUEST, "b2"), (GUEST, "[Ai của trường tôi đi]"))
_COVERS: tuple[Deed, ...] = ((GUEST, "b2"), (GUEST, "[Người dạy thay, trông bếp]"))

_FREE_REASON = free("[Không nêu lý do]")
_CAUSE = free("[Trường có việc quan trọng]")

WAYS: tuple[Way, ...] = (
    Way("absent: no reason", COOK, "[Vắng mặt]", (_FREE_REASON,), often=False),
    Way("absent: a reason in words", COOK, "[Vắng mặt]", (free("đau chân"),), often=False),
    Way(
        "absent: somebody instead",
        TEACHER,
        "[Vắng mặt]",
        _answers(free("[Có người đi thay]"), free("[Tổ phó nhà trẻ Bát Trang]")),
    ),
    Way(
        "asking: a host, an offered day",
        HOST,
        "[Xin đổi lịch]",
        _answers(_CAUSE, "[Thứ Sáu 10/11]", "[Xác nhận]"),
        often=False,
    ),
    Way(
        "asking: a host, a reason and a month",
        HOST,
        "[Xin đổi lịch]",
        _answers(
            free("[Lý do khác]"), free("mất điện"), "[Chọn ngày khác]", stays("[›]"), "[18]", "[Xác nhận]"
        ),
    ),
    Way(
        "asking: another school moves it",
        GUEST,
        "[Xin đổi lịch]",
        _answers("[Xin đổi sang ngày khác]", _CAUSE, "15/11", "[Xác nhận]"),
        ((GUEST, "b2"),),
        often=False,
    ),
    Way(
        "asking: another school is absent",
        GUEST,
        "[Xin đổi lịch]",
        _answers("[Xin vắng buổi này]", free("họp phụ huynh"), "[Xác nhận]"),
        ((GUEST, "b2"),),
        often=False,
    ),
    Way(
        "asking: two schools swap",
        HOST,
        "[Xin đổi lịch]",
        _answers(
            _CAUSE, "[Đổi ngày với trường khác]", "[B3 · thứ Năm 14/12 · MN Trường Thành]", "[Xác nhận]"
        ),
        often=False,
    ),
    Way("calendars: the authority's dates", OFFICER, "+ lich-phong.ics", _answers("[Xác nhận]"), about=None),
    Way("calendars: days off", LEAD, "+ nghi-them.csv", _answers("[Xác nhận]"), about=None, often=False),
    Way(
        "cancelling: the lead",
        LEAD,
        "[Hủy buổi này]",
        _answers(free("bão số 5"), "[Xác nhận]"),
        ((LEAD, "b2"),),
    ),
    Way(
        "channels: Zalo too",
        COOK,
        "/kenh",
        _answers("[Thêm Zalo]"),
        prepared=a_zalo_bot,
        about=None,
        right="link",
    ),
    Way("deciding: no", OFFICER, "[Không đồng ý]", (free("trùng hội nghị"),), _ASKED, often=False),
    Way(
        "deciding: another day",
        OFFICER,
        "[Đề nghị ngày khác]",
        _answers("[Thứ Hai 13/11]"),
        _ASKED,
        often=False,
    ),
    Way(
        "deciding: an odd day",
        OFFICER,
        "[Đề nghị ngày khác]",
        _answers("[Chọn ngày khác]", "25/11", "[Xác nhận]"),
        _ASKED,
    ),
    Way(
        "deciding: yes, on which day",
        OFFICER,
        "[Đồng ý]",
        _answers("[Thứ Hai 13/11]"),
        _ASKED_WITHOUT_A_DAY,
        often=False,
    ),
    Way(
        "deciding: a paper is recorded",
        LEAD,
        "[Không đồng ý]",
        (_FREE_REASON,),
        (*_ASKED, (LEAD, "b2"), (LEAD, "[Ghi ý kiến bằng văn bản]")),
        often=False,
    ),
    Way("details: hour", HOST, "[Đặt giờ]", _answers("8h00-10h30"), minds_a_move=False),
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
        _answers("[Thứ Sáu, 15/12/2023]", "20/12", "[Xác nhận]"),
        about=None,
    ),
    Way(
        "documents: a letter",
        LEAD,
        "+ giay-moi-b2.txt",
        _answers("[Xác nhận]"),
        often=False,
    ),
    Way(
        "documents: which of two sessions",
        LEAD,
        "+ doi-lich-chua-ro-buoi.txt",
        _answers("[B5 · thứ Năm, 11/01/2024]", "[Xác nhận]"),
        prepared=a_second_session,
        about="B5",
        minds_a_move=False,
    ),
    Way("files: a roster", CLERK, "+ danh-sach-moi.csv", _answers("[Xác nhận]"), about=None),
    Way(
        "leaving: for good",
        COOK,
        "[Rời khỏi và xóa thông tin]",
        _answers("[Xác nhận]"),
        ((COOK, "/toi"),),
        about=None,
        right="link",
    ),
    Way(
        "letterhead: the school",
        HOST,
        "[Điền phần đầu văn bản]",
        _LETTERHEAD,
        ((HOST, "[Việc đăng cai]"), (HOST, "[Giấy mời (Word)]")),
        about=None,
    ),
    Way(
        "naming: who goes",
        GUEST,
        "[Chọn người: GV cốt cán]",
        _answers(
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
        _answers(
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
        _answers(
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
        "proposing: a day",
        LATER_HOST,
        "[Đề nghị ngày]",
        _answers("16/01/2024", "[Xác nhận]"),
        ((LATER_HOST, "/buoi B5"),),
        a_session_by_month,
        "B5",
    ),
    Way(
        "putting_back: cancelled",
        LEAD,
        "[Khôi phục buổi này]",
        _answers("[Xác nhận]"),
        _CANCELLED,
        about=None,
    ),
    Way(
        "putting_back: moved, on paper",
        LEAD,
        "[Trả về ngày cũ]",
        _answers("[Đã được đồng ý bằng văn bản]"),
        _MOVED,
        often=False,
    ),
    Way(
        "putting_back: moved, to be asked",
        LEAD,
        "[Trả về ngày cũ]",
        _answers("[Gửi đề nghị xin ý kiến]"),
        _MOVED,
        often=False,
    ),
    Way(
        "registering: to be approved",
        STRANGER,
        "/dangky",
        _answers(
            Answer("{mã cụm}", final=True), "[MN Bát Trang]", "[Giáo viên]", "Trần Thị Na", "[Xác nhận]"
        ),
        about=None,
        right="",
    ),
    Way(
        "replacing: one of the school",
        GUEST,
        "[Cử người đi thay]",
        _answers("[Bếp trưởng Bát Trang]", "[Tổ phó mẫu giáo Bát Trang]"),
        _OURS,
        often=False,
    ),
    Way(
        "replacing: somebody new",
        GUEST,
        "[Cử người đi thay]",
        _answers("[Bếp trưởng Bát Trang]", "[Thêm người mới]", "Bùi Thị Hạnh", "[Không có số]"),
        _OURS,
    ),
    Way(
        "covering: one of the school",
        GUEST,
        "[○ Thay Giáo viên cốt cán 1 Bát Trang]",
        _answers("[Tổ phó mẫu giáo Bát Trang]"),
        _COVERS,
        often=False,
    ),
    Way(
        "covering: somebody else",
        GUEST,
        "[○ Thay Giáo viên cốt cán 1 Bát Trang]",
        _answers("[Người khác]", free("cô Hoa lớp 4A")),
        _COVERS,
    ),
    Way(
        "handing_over: to somebody new",
        COOK,
        "[Bàn giao]",
        _answers("[Người mới]", "Phạm Thị Nhài", "[Xác nhận: nghỉ, chuyển trường]"),
        ((COOK, "/toi"),),
        about=None,
    ),
    Way(
        "handing_over: of somebody else",
        GUEST,
        "[Bàn giao của người khác]",
        _answers(
            "[Tổ trưởng mẫu giáo Bát Trang]",
            "[Tổ phó mẫu giáo Bát Trang]",
            "[Xác nhận: ở lại, là Giáo viên]",
        ),
        ((GUEST, "/toi"),),
        about=None,
        often=False,
    ),
)


async def do(stage: Stage, who: str, deed: str) -> None:
    """ "[a button]" of the newest message that has it, "+ a file" of the talks, or what is typed."""
    if deed.startswith("["):
        await stage.press(who, deed[1:-1])
    elif deed.startswith("+ "):
        await stage.send_file(who, deed[2:], (FILES / deed[2:]).read_bytes())
    else:
        await stage.type(who, deed.replace("{mã cụm}", stage.cluster().join_code))
