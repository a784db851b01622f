"""`Lịch tự cập nhật`: a private address for the calendar of a phone; asked for, changed, given up."""

from bot.chat.reaction import Reaction, Redraw, say
from bot.chat.talk import Talk, words
from bot.errors import BadInputError
from bot.flows.papers.links import make_feed
from bot.message import Button
from bot.notices.actions import Action, Verb, button
from bot.papers.store import LinkKind

LABEL = "Lịch tự cập nhật"
ASK, ANEW, STOP = 0, 1, 2

_NO_ADDRESS = (
    "Chưa có lịch tự cập nhật vì bot chưa có địa chỉ công khai. Gõ /lich, bấm Thêm các buổi của tôi vào lịch "
    "để lấy tệp lịch."
)


def offer(talk: Talk) -> tuple[tuple[Button, ...], ...]:
    """The row below a calendar file; nothing where there is no address to give."""
    return ((button(LABEL, Verb.FEED, ASK),),) if talk.work.office.public_url else ()


def feed(talk: Talk, a: Action) -> Reaction:
    """Raises NotAllowedError for a stranger, BadInputError without a public address, ValueError for a token
    that asks for nothing of ours."""
    wanted = a.number(0)
    talk.require_known()
    if wanted == STOP:
        for person in talk.people:
            talk.work.links.revoke(person.id, LinkKind.FEED)
        return Reaction(redraw=Redraw(words("feed_stopped", offer(talk))))
    if wanted not in (ASK, ANEW):
        raise ValueError("no such wish")
    if talk.work.office.public_url is None:
        raise BadInputError(_NO_ADDRESS)
    known = [talk.work.links.of_person(person.id, LinkKind.FEED) for person in talk.people]
    since = min((one.made_at for one in known if one is not None), default=None)
    if wanted == ASK and since is not None:
        rows = ((button("Lấy địa chỉ mới", Verb.FEED, ANEW), button("Bỏ địa chỉ cũ", Verb.FEED, STOP)),)
        return say(words("feed_known", rows, since=talk.work.office.today(since), you=talk.you))
    given = [
        (talk.scene.cluster(person.cluster_id).cluster, make_feed(talk.work, person))
        for person in talk.people
    ]
    message = words("feed", ((button("Bỏ địa chỉ này", Verb.FEED, STOP),),), given=given, you=talk.you)
    return say(message) if wanted == ASK else Reaction(redraw=Redraw(message))
