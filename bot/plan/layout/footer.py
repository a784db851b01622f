"""Lines that end a schedule: duties, rules, receivers, signatures."""

import re

_FOOTER = re.compile(
    r"^\W*(?:nơi nhận|trên đây|lưu ý|đề nghị|rất mong|kính mong|trân trọng|giấy mời|căn cứ|"
    r"mọi\s|nếu\s|yêu cầu|"
    r"(?:các\s+)?(?:trường|đơn vị)\s+(?:đăng cai|nào|tổ chức|thực hiện|chủ nhà|trong cụm|có "
    r"lý do|không)\s+\S+|"
    r"các (?:trường|đơn vị)\s+\S+|đăng cai (?:nhớ|chủ động|gửi|mời)|mời\s+(?:phòng|pgd|sở|lãnh đạo|ubnd)|"
    r"cụm trưởng|hiệu trưởng\s*$|kt\.|tm\.|t/m|trước (?:mỗi|ngày|khi)|thời gian\s*:)",
    re.IGNORECASE,
)


def ends_schedule(text: str) -> bool:
    """Whether a line cannot belong to a session: it tells what schools must do, who receives, who signs."""
    return bool(_FOOTER.match(text))
