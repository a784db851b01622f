"""Who is who in these tests, by name; the others are in the stage of the talks."""

HOST, LATER_HOST = "Hiệu trưởng An Tiến", "Hiệu trưởng Trường Thọ"
GUEST, COOK = "Hiệu trưởng Bát Trang", "Bếp trưởng Bát Trang"
TEACHER = "Giáo viên cốt cán 1 Bát Trang"
CORE = "Cốt cán Phòng GD&ĐT 1"
ELSEWHERE = "Hiệu trưởng Hoa Ban"  #: head of another cluster in the same database
