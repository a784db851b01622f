"""The cluster of the page's tests: its schools, posts, sessions and days off."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.demo.stage import DayOff, StageSession, UpcomingNotice

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2023, 10, 3, 9, 0, tzinfo=ZONE)
SCHOOLS = ("Sao Sáng", "Bát Trang", "Trường Thành", "Trường Thọ", "An Tiến")
POSTS = ("Hiệu trưởng", "Phó hiệu trưởng chuyên môn", "Tổ trưởng mẫu giáo", "Bếp trưởng")
GUEST, HOST, AUTHORITY = 109, 117, 121  # Trường Thành's head, An Tiến's head, the authority's leader
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
DAYS_OFF = (
    DayOff(date(2024, 1, 1), date(2024, 1, 1), "Tết Dương lịch"),
    DayOff(date(2024, 2, 8), date(2024, 2, 14), "Tết Nguyên đán"),
    DayOff(date(2024, 4, 18), date(2024, 4, 18), "Giỗ Tổ Hùng Vương"),
    DayOff(date(2024, 4, 29), date(2024, 5, 1), "30/4 và 1/5"),
)
SESSIONS = (
    StageSession(
        "B1",
        "Ứng dụng phương pháp giáo dục STEAM nâng cao chất lượng thực hiện chương trình",
        "MN Sao Sáng",
        date(2023, 10, 12),
        "12/10/2023",
        "planned",
        date(2023, 10, 9),
    ),
    StageSession(
        "B2",
        "Đẩy mạnh ứng dụng CNTT, chuyển đổi số và đổi mới nâng cao chất lượng bữa ăn học đường",
        "MN An Tiến",
        date(2023, 11, 8),
        "08/11/2023",
        "planned",
        date(2023, 11, 3),
    ),
    StageSession(
        "B3",
        "Xây dựng môi trường giáo dục lấy trẻ làm trung tâm",
        "MN Trường Thọ",
        date(2023, 12, 14),
        "14/12/2023",
        "planned",
        date(2023, 12, 11),
    ),
    StageSession(
        "B4",
        "Đổi mới sinh hoạt tổ chuyên môn",
        "MN Trường Thành",
        date(2024, 3, 12),
        "12/3/2024",
        "planned",
        date(2024, 3, 7),
    ),
)
NOTICES = (
    UpcomingNotice(datetime(2023, 10, 5, 8, tzinfo=ZONE), "Mời người trong cụm", "B1", 15),
    UpcomingNotice(datetime(2023, 10, 9, 8, tzinfo=ZONE), "Mời cơ quan quản lý", "B1", 5),
    UpcomingNotice(datetime(2023, 10, 11, 15, 30, tzinfo=ZONE), "Nhắc trước một ngày", "B1", 20),
    UpcomingNotice(datetime(2023, 11, 1, 8, tzinfo=ZONE), "Mời người trong cụm", "B2", 35),
    UpcomingNotice(datetime(2023, 11, 29, 8, tzinfo=ZONE), "Trường đăng cai chuẩn bị", "B3", 3),
    UpcomingNotice(datetime(2024, 2, 27, 8, tzinfo=ZONE), "Trường đăng cai chuẩn bị", "B4", 3),
)
