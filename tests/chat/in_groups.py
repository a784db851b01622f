"""A group on the stage: joined, and what has come into it."""

from bot.cluster.groups import GroupChat
from bot.demo.botapi.model import Accepted
from tests.talks.stage import LEAD, Stage

GROUP, OTHER = "Nhóm cụm", "Nhóm khác"


async def connect(stage: Stage, group: str = GROUP, who: str = LEAD, *, pin: bool = False) -> None:
    await stage.in_group(group, who, "may pin" if pin else "let in")
    await stage.press(who, "Xác nhận")


def posts(stage: Stage, group: str = GROUP) -> list[Accepted]:
    """What came into the group and made a sound or not; without what was only drawn anew or pinned."""
    return [one for one in stage.service.sent() if one.chat_id == stage.group(group)]


def firsts(stage: Stage, group: str = GROUP) -> list[str]:
    return [one.text.partition("\n")[0] for one in posts(stage, group)]


def pins(stage: Stage) -> list[Accepted]:
    return [one for one in stage.service.received if one.method == "pinChatMessage"]


def linked(stage: Stage) -> list[GroupChat]:
    return stage.see(lambda work: work.groups.linked(stage.cluster().id))


def told_of_the_end(stage: Stage, who: str) -> int:
    return sum("không còn gửi được vào nhóm" in text for text in stage.seen(who))
