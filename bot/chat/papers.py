"""Files asked for by a button: rights are looked up at the press (invariant 6)."""

from bot.chat.reaction import Reaction, say
from bot.chat.talk import Talk, words
from bot.flows import papers
from bot.message import Document, Message
from bot.notices.actions import Action


def calendar(talk: Talk, a: Action) -> Reaction:
    """`Thêm vào lịch`: one session, or with number 0 all of mine."""
    if a.number(0) == 0:
        talk.me  # noqa: B018 - a stranger is sent to register
        return _give(words("papers_calendar", f=None), papers.my_calendar(talk.work, talk.scene, talk.people))
    of, _me = talk.session(a.number(0))
    return _give(words("papers_calendar", f=of.facts), papers.session_calendar(talk.work, of))


def _give(message: Message, document: Document) -> Reaction:
    return say(Message(message.text, message.rows, (document,)))
