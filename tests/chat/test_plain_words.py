"""What people really write, and what is meant: each line with and without marks."""

import pytest

from bot.chat.commands import _SAID, COMMANDS
from bot.chat.plain_words import LONGEST, Meaning, meaning_of
from bot.vocabulary import strip_marks

SAID: dict[tuple[Meaning, str], tuple[str, ...]] = {
    (Meaning.SCHEDULE, "sap"): (
        "lịch",
        "Lịch!",
        "xem lịch",
        "cho xem lịch",
        "cho tôi xem lịch với ạ",
        "gửi lịch",
        "lịch cụm",
        "lịch sinh hoạt",
        "có lịch chưa?",
        "bot ơi xem lịch",
        "dạ cho em xem lịch ạ",
        "kế hoạch",
        "sắp tới có gì",
        "lịch có đổi không?",
        "buổi 8/11 có chuyển ngày không",
        "đã đổi lịch chưa?",
    ),
    (Meaning.SCHEDULE, "nam"): (
        "lịch cả năm",
        "xem lịch cả năm",
        "cả năm",
        "lịch năm học",
        "Kế hoạch cả năm",
    ),
    (Meaning.SCHEDULE, "toi"): (
        "tôi có phải đi không",
        "tôi có phải đi không?",
        "em có phải đi không ạ",
        "Tôi có được mời không",
        "lịch của tôi",
        "buổi nào có tôi",
        "có mời tôi không",
        "tôi phải đi những buổi nào",
        "tôi đi buổi nào",
        "cô có cần đến không",
    ),
    (Meaning.SCHEDULE, "truong"): (
        "lịch của trường tôi",
        "trường tôi đăng cai buổi nào",
        "trường em có buổi nào",
        "lịch trường mình",
    ),
    (Meaning.SCHEDULE, "11"): (
        "tháng 11 có gì",
        "tháng 11 có gì?",
        "lịch tháng 11",
        "Tháng 11",
        "cho xem lịch tháng 11",
        "tháng mười một có gì",
    ),
    (Meaning.SCHEDULE, "1"): ("tháng giêng có gì", "tháng 1", "lịch tháng một"),
    (Meaning.SCHEDULE, "12"): ("tháng chạp có gì không", "lịch tháng 12"),
    (Meaning.SCHEDULE, "nay"): ("tháng này có gì", "lịch tháng này"),
    (Meaning.SCHEDULE, "sau"): ("tháng sau có gì", "lịch tháng sau", "tháng tới có gì không"),
    (Meaning.DAYS, "mai"): (
        "mai tôi có phải đi không",
        "mai trường tôi có buổi nào không",
        "mai họp mấy giờ",
    ),
    (Meaning.DAYS, "ngay mai"): ("ngày mai có họp không", "ngày mai", "tôi có phải đi ngày mai không ạ"),
    (Meaning.DAYS, "sang mai"): ("sáng mai mấy giờ họp",),
    (Meaning.DAYS, "hom nay"): ("hôm nay có gì", "hôm nay có buổi nào không?"),
    (Meaning.DAYS, "tuan nay"): ("tuần này có gì", "tuần này"),
    (Meaning.DAYS, "tuan sau"): ("tuần sau có buổi nào không?",),
    (Meaning.DAYS, "tuan toi"): ("tuần tới có phải đi đâu không",),
    (Meaning.DAYS, "8/11"): ("ngày 8/11 có gì", "ngày 8/11 tôi có phải đi không?"),
    (Meaning.SESSION, "2"): ("buổi 2", "Buổi 2 thế nào", "xem buổi số 2"),
    (Meaning.SESSION, "b2"): (
        "hủy buổi B2",
        "gửi giấy mời B2",
        "đổi giờ buổi B2",
        "b2",
        "B2",
        "buổi b2",
        "Buổi B2 thế nào",
        "xem B2",
        "B2 khi nào",
    ),
    (Meaning.COVERS, ""): (
        "ai dạy thay",
        "ai dạy thay tôi?",
        "hôm đó ai trông bếp",
        "người dạy thay",
        "ai trông lớp hộ em ạ",
    ),
    (Meaning.MOVE, ""): (
        "xin đổi lịch",
        "Xin đổi lịch",
        "tôi muốn đổi lịch",
        "đổi ngày",
        "xin đổi ngày buổi B2",
        "xin lùi buổi 8/11",
        "hoãn buổi này",
        "xin hoãn",
        "đề nghị chuyển ngày",
        "trường bị trùng lịch",
        "em xin đổi lịch ạ",
        "muốn lùi lịch",
        "xin dời ngày",
        "trường tôi bận ngày 8/11",
        "trường em đang vướng hôm đó",
    ),
    (Meaning.NEXT, ""): (
        "buổi tới khi nào",
        "buổi tới khi nào?",
        "buổi sau",
        "buổi tiếp theo hôm nào",
        "lần sau họp ở đâu",
        "khi nào họp",
        "bao giờ sinh hoạt",
        "họp mấy giờ",
        "mấy giờ vậy",
        "ở đâu thế ạ",
        "buổi gần nhất",
    ),
    (Meaning.ANSWER, ""): (
        "xin vắng",
        "em xin phép vắng ạ",
        "tôi không đi được",
        "báo vắng",
        "vắng mặt",
        "tôi tham dự",
        "tôi đi",
        "tham dự",
        "tôi sẽ tham dự",
        "không tham dự được",
        "xin nghỉ buổi này",
        "trả lời giấy mời",
        "vâng",  # without its mark it is "vắng": both get the invitation with its buttons
    ),
    (Meaning.WHO, ""): (
        "danh sách ai đi",
        "danh sách người dự",
        "ai đi",
        "những ai tham dự",
        "ai chưa trả lời",
        "bao nhiêu người dự",
        "ai vắng",
    ),
    (Meaning.STATUS, ""): ("tình trạng", "tình hình thế nào", "còn thiếu gì", "chậm gì"),
    (Meaning.MEMBERS, ""): ("ai chưa đăng ký", "thành viên", "mã cụm", "mã của cụm là gì"),
    (Meaning.APPROVALS, ""): ("duyệt", "chờ duyệt", "ai xin đăng ký"),
    (Meaning.REGISTER, ""): ("đăng ký", "tôi muốn đăng ký"),
    (Meaning.ME, ""): ("thông tin của tôi", "tôi là ai", "xóa thông tin"),
    (Meaning.CHANNEL, ""): ("đổi kênh", "nhận qua Zalo", "kênh"),
    (Meaning.HELP, ""): (
        "trợ giúp",
        "giúp tôi",
        "hướng dẫn sử dụng",
        "bot làm được gì",
        "dùng thế nào",
        "help",
    ),
    (Meaning.STOP, ""): ("hủy", "Hủy.", "thôi", "thôi ạ", "hủy bỏ", "thoát", "bỏ qua"),
    (Meaning.GREETING, ""): ("chào cô", "xin chào", "Chào bot!", "hello"),
    (Meaning.NOTED, ""): ("ok", "dạ", "OK ạ", "đã nhận"),
    (Meaning.THANKS, ""): ("cảm ơn", "Cảm ơn!", "xin cảm ơn ạ", "cám ơn bot", "thanks", "ok cảm ơn nhé"),
}
#: Nothing is guessed: these get the one helpful line.
UNKNOWN = (
    "",
    "   ",
    "???",
    "1",
    "15/11",
    "8h00",
    "Hội trường tầng 2",
    "gửi giấy mời",
    "đồng ý",
    "không đồng ý",
    "năm nay mưa nhiều",
    "con tôi ốm",
    "hôm nay trời mưa",
    "cô Mai có đi không",
    "8/11",
    "🌸",
    "<b>lịch sử</b>",
    "DROP TABLE session",
    "gửi kế hoạch " * 60,
)
LINES = [(said, meant) for meant, lines in SAID.items() for said in lines]


@pytest.mark.parametrize(("said", "meant"), LINES, ids=[said for said, _ in LINES])
def test_everyday_words_are_understood(said: str, meant: tuple[Meaning, str]) -> None:
    assert meaning_of(said) == meant
    assert meaning_of(strip_marks(said)) == meant
    assert meaning_of(said.upper()) == meant


@pytest.mark.parametrize("said", UNKNOWN)
def test_nothing_is_guessed(said: str) -> None:
    assert meaning_of(said) is None


def test_every_meaning_has_an_answer() -> None:
    assert set(Meaning) <= {*COMMANDS, *_SAID}


def test_a_long_text_is_no_request() -> None:
    assert meaning_of("tháng 11 có gì " + "a" * LONGEST) is None
