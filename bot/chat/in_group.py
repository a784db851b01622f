"""What is said and done in a group: the common schedule for everybody, the link to the cluster for its lead;
everything else is private."""

import re

from bot.chat.commands import COMMANDS, command_of
from bot.chat.incoming import Incoming, Membership
from bot.chat.reaction import Reaction, Say, say
from bot.chat.talk import Talk, words
from bot.chat.views.groups import overview, question
from bot.cluster.groups import GroupChat
from bot.cluster.people import Person
from bot.cluster.rights import manages_cluster
from bot.flows.groups.facing import link_rows
from bot.flows.groups.linking import lost
from bot.flows.groups.listing import year_text
from bot.flows.groups.pinning import pin_again
from bot.flows.work import Work
from bot.message import Message
from bot.outbox.port import Address

LINKING = "nhom"
CHANNEL = "telegram"  #: on Zalo a bot hears only who mentions it, and groups are in beta
_SAID_BY_THE_CLIENT = "start"  #: where somebody lets the bot in by a link
_TO = re.compile(r"/\w+@(\w+)")


def in_a_group(talk: Talk) -> Reaction:
    """Whoever asks is nobody here: what is shown is the same for all.  What is no command of ours, and what
    is pressed, is not answered."""
    command = _command(talk.incoming, talk.bot_name)
    if command is None:
        return Reaction()
    group = talk.work.groups.of_chat(talk.incoming.channel, talk.incoming.chat_id)
    linked = group if group is not None and group.linked else None
    if linked is not None and talk.incoming.title:
        _keep_title(talk.work, linked, talk.incoming.title)
    if command == "lich" and linked is not None and linked.cluster_id is not None:
        cluster = talk.scene.cluster(linked.cluster_id).cluster
        return say(Message(year_text(talk.work, talk.scene, cluster), link_rows(talk.work)))
    if command == LINKING and talk.incoming.channel == CHANNEL:
        return _linking(talk, linked)
    if command == _SAID_BY_THE_CLIENT:
        return Reaction()
    return say(words("group", linked=linked is not None))


def membership(work: Work, change: Membership) -> Reaction:
    """The lead who lets the bot into a group is asked whether it is her cluster's; where anybody else does,
    nothing is said."""
    group = work.groups.of_chat(change.channel, change.chat_id)
    if not change.inside:
        lost(work, change.channel, change.chat_id)
        return Reaction()
    if group is not None and group.linked:
        _keep_title(work, group, change.title)
        if change.may_pin and not group.may_pin:
            pin_again(work, group)
        return Reaction()
    if group is not None and group.asked == change.account:
        return Reaction()  # other rights; the question stands
    return _asked(work, change.channel, change.chat_id, change.title, change.account)


def managing(work: Work, channel: str, account: str) -> list[Person]:
    """For whom this private chat stands where she is lead or clerk."""
    known = work.people.people_by_chat(channel, account) if account else []
    return [person for person in known if manages_cluster(person, person.cluster_id)]


def _linking(talk: Talk, linked: GroupChat | None) -> Reaction:
    here = talk.incoming
    mine = managing(talk.work, here.channel, here.account)
    if not mine:
        return say(words("group_not_yours"))
    told = say(words("group_private"))
    to = Address(here.channel, here.account)
    if linked is not None:
        return Reaction(says=(*told.says, Say(overview(talk.work, mine, here.channel), to=to)))
    asked = _asked(talk.work, here.channel, here.chat_id, here.title, here.account)
    return Reaction(says=(*told.says, *asked.says))


def _asked(work: Work, channel: str, chat_id: str, title: str, account: str) -> Reaction:
    mine = managing(work, channel, account)
    if not mine:
        return Reaction()
    group = work.groups.ask(channel, chat_id, title or "không tên", account)
    return Reaction(says=(Say(question(work, group, mine), to=Address(channel, account)),))


def _keep_title(work: Work, group: GroupChat, title: str) -> None:
    if title and title != group.title:
        work.groups.rename(group.id, title)


def _command(incoming: Incoming, bot_name: str) -> str | None:
    """The name of a command of ours; None for words, for unknown ones and for another bot's."""
    text = (incoming.text or "").strip()
    command = command_of(text) if text.startswith("/") else None
    if command is None or command[0] not in COMMANDS:
        return None
    to = _TO.match(text)
    if to is not None and bot_name and to[1].casefold() != bot_name.casefold():
        return None
    return command[0]
