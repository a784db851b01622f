"""What is said in the cluster's group, to everybody at once."""

from bot.notices.notice import Kind
from tests.notices.cases.given import CANCELLED, DAY, EVE, MOVED, READY
from tests.notices.saying import GROUP, OLD, Case

TO_GROUP = {"group": GROUP}

CASES = (
    Case("group-reminder", Kind.REMINDER, TO_GROUP, request={}, at=EVE),
    Case("group-reminder-ready", Kind.REMINDER, TO_GROUP, READY, at=EVE),
    Case("group-reminder-on-the-day", Kind.REMINDER, TO_GROUP, at=DAY),
    Case("group-change", Kind.CHANGE, TO_GROUP, MOVED, {"old_date": str(OLD)}),
    Case("group-change-ready", Kind.CHANGE, TO_GROUP, MOVED | READY, {"old_date": str(OLD)}),
    Case("group-details", Kind.DETAILS, TO_GROUP, READY, {"fields": ["hour", "room"], "changed": True}),
    Case("group-details-new", Kind.DETAILS, TO_GROUP, READY, {"fields": ["room"], "changed": False}),
    Case("group-cancellation", Kind.CANCELLATION, TO_GROUP, CANCELLED, {"reason": "bão số 5"}),
    Case("group-restored", Kind.RESTORED, TO_GROUP, READY),
)
