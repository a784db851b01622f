"""A session to which some of several go: who names them, who may stay, who goes instead."""

from typing import Any

from bot.notices.notice import Kind
from bot.plan.reading import AudienceItem, Scope
from tests.notices.cases.given import COOK, STAFF, TO_GUEST, TO_HOST, TO_LEAD
from tests.notices.saying import HOST, Case
from tests.talks.stage import CLERK, LEAD

#: The roster has four core teachers of a school, and nobody for the Team.
UNSETTLED: dict[str, Any] = {
    "audience": (AudienceItem("HT"), AudienceItem("GV_COT_CAN", 2), AudienceItem("TPT_DOI"))
}
#: Four of the twenty core teachers of the whole cluster: nobody has said which.
FOUR: dict[str, Any] = {"audience": (AudienceItem("HT"), AudienceItem("GV_COT_CAN", 4, Scope.CLUSTER))}
NOT_INVITED = {"staff": "Tổ trưởng mẫu giáo Bát Trang", "head": "Phó hiệu trưởng chuyên môn Bát Trang"}

CASES = (
    Case("who-goes", Kind.WHO_GOES, TO_GUEST, UNSETTLED),
    Case("who-goes-cluster", Kind.WHO_GOES, TO_LEAD, FOUR),
    Case("who-goes-cluster-clerk", Kind.WHO_GOES, {"head": CLERK}, FOUR),
    Case(
        "who-goes-cluster-short",
        Kind.WHO_GOES,
        {"head": LEAD},
        {
            "audience": (
                AudienceItem("GV_COT_CAN", 30, Scope.CLUSTER),
                AudienceItem("TPT_DOI", 2, Scope.CLUSTER),
            )
        },
    ),
    Case(
        "who-goes-school-and-cluster",
        Kind.WHO_GOES,
        {"head": LEAD},
        {"audience": (AudienceItem("GV_COT_CAN", 2), AudienceItem("BEP_TRUONG", 3, Scope.CLUSTER))},
    ),
    Case("prepare-cluster-count", Kind.PREPARE, {"head": HOST}, FOUR),
    Case("prepare-cluster-count-lead", Kind.PREPARE, {"head": LEAD}, FOUR),
    Case("card-cluster-count", None, {"head": LEAD}, FOUR),
    Case("stand-down-cluster", Kind.STAND_DOWN, NOT_INVITED, payload={"cluster": True}),
    Case("prepare-who-goes", Kind.PREPARE, TO_HOST, UNSETTLED),
    Case("invitation-who-goes", Kind.INVITATION, TO_GUEST, UNSETTLED),
    Case("stand-down", Kind.STAND_DOWN, NOT_INVITED | {"cook": COOK}, {"audience": (AudienceItem("HT"),)}),
    Case(
        "stand-in",
        Kind.STAND_IN,
        TO_GUEST,
        payload={"absent": f"{STAFF}", "goes": "Nguyễn Thị Lan, GV MN Bát Trang"},
    ),
)
