"""/kenh: where notices go, for somebody with several channels; and how to add another one."""

from bot.chat.dialogs.step import Step
from bot.chat.reaction import Reaction
from bot.chat.talk import Talk, choice, way_out, words
from bot.cluster import codes
from bot.errors import BadInputError
from bot.flows.people.bots import telegram_name, zalo_bot_of_units, zalo_bots
from bot.flows.work import Dialog
from bot.message import Message

NAME = "channels"
NAMES = {"telegram": "Telegram", "zalo": "Zalo"}


def begin(talk: Talk) -> Reaction:
    talk.require_known()
    if not _labels(talk):
        return talk.respond(_overview(talk))
    return talk.respond(_ask(talk, talk.begin(NAME, "pick")))


def _overview(talk: Talk) -> Message:
    people = [talk.me.id]
    current = talk.work.people.addresses(people).get(talk.me.id)
    links = talk.work.people.links(people)
    return words("kenh", links=links, current=current.channel if current else None, names=NAMES, you=talk.you)


def _labels(talk: Talk) -> dict[str, str]:
    """What may be chosen: label by value."""
    links = talk.work.people.links([talk.me.id])
    linked = [link.channel for link in links if link.blocked_at is None]
    shown = {f"to.{name}": f"Nhận qua {NAMES.get(name, name)}" for name in linked} if len(linked) > 1 else {}
    offered = {"telegram": bool(telegram_name(talk.work)), "zalo": bool(zalo_bots(talk.work))}
    known = {link.channel for link in links}
    added = {f"add.{name}": f"Thêm {NAMES[name]}" for name, on in offered.items() if on and name not in known}
    return shown | added


def _ask(talk: Talk, dialog: Dialog) -> Message:
    rows = tuple((choice(dialog, label, value),) for value, label in _labels(talk).items())
    message = _overview(talk)
    return Message(message.text, (*rows, way_out(dialog)))


def _take(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said not in _labels(talk):
        raise BadInputError("Đề nghị chọn một việc ở trên, hoặc gõ /huy để thôi.")
    talk.end()
    what, _, name = said.partition(".")
    if what == "add":
        return talk.respond(_added(talk, name))
    for person in talk.people:
        talk.work.people.choose_channel(person.id, name)
    return talk.respond(words("kenh_chosen", channel=NAMES[name]))


def _added(talk: Talk, name: str) -> Message:
    """A fresh one-time code, to be given to the other channel's bot."""
    code, work, me = codes.new_code(), talk.work, talk.me
    work.people.replace_codes({me.id: codes.hashed(code)}, work.now + codes.LIFETIME)
    if name == "telegram":
        link = codes.start_link(telegram_name(work), code)
        return words(
            "kenh_added", channel=NAMES[name], link=link, bot="", code=codes.shown(code), you=talk.you
        )
    bot = zalo_bot_of_units(work, talk.scene.cluster(me.cluster_id).cluster).get(me.unit_id)
    if bot is None:
        raise BadInputError("Các bot Zalo đã đủ người. Đề nghị báo người quản trị thêm bot.")
    shown = codes.shown(code)
    return words("kenh_added", channel=NAMES[name], link=bot.link, bot=bot.name, code=shown, you=talk.you)


STEPS = {"pick": Step(_ask, _take)}
