"""Files asked for by a button: rights are looked up at the press (invariant 6)."""

from dataclasses import dataclass

from bot.chat.reaction import Reaction, say
from bot.chat.talk import Talk, words
from bot.chat.views.feeds import offer
from bot.cluster.people import Unit
from bot.cluster.rights import is_head_of, manages_cluster
from bot.errors import NotAllowedError, OutdatedError
from bot.flows.papers import letterheads, letters, lists, pictures
from bot.flows.session_scene import SessionScene
from bot.message import Document, Message
from bot.notices.actions import Action, Verb, button
from bot.notices.cards import Rows
from bot.sessions.request import Request
from bot.sessions.rights import Right, require

_MAKERS = {"lich": lists.schedule, "nk": lists.deliveries, "bc": letters.report}
#: Of the whole cluster, for everybody in it.
_PICTURES = {"nam": pictures.whole_year, "thang": pictures.month_poster}
_LETTERS = {"gm": Right.RELEASE, "tb": Right.RECORD, "cv": Right.ASK}


def calendar(talk: Talk, a: Action) -> Reaction:
    """`Thêm vào lịch`: one session, or with number 0 all of mine."""
    if a.number(0) == 0:
        talk.require_known()
        return _give(
            words("papers_calendar", offer(talk), f=None, you=talk.you),
            letters.my_calendar(talk.work, talk.scene, talk.people),
        )
    of, _me = talk.session(a.number(0))
    return _give(words("papers_calendar", f=of.facts, you=talk.you), letters.session_calendar(talk.work, of))


def paper(talk: Talk, a: Action) -> Reaction:
    """A letter or list as things stand at the press.  Raises ValueError for a token that names none."""
    which = a.word(1)
    if which in _PICTURES:
        return _picture(talk, a.number(0), which)
    if which in _MAKERS:
        return _of_the_cluster(talk, a.number(0), which)
    if which == "ds":
        of, me = talk.session(a.number(0))
        of.require(Right.PEOPLE, me)
        return _give(words("papers_list", f=of.facts, which=which), lists.sign_in(of))
    return say(letter(talk, which, a.number(0)))


@dataclass(frozen=True, slots=True)
class AskedLetter:
    """A letter that this chat may have: what it is about, and under whose letterhead it goes out."""

    which: str
    of: SessionScene
    request: Request | None
    issuer: Unit | None
    may_fill: bool  #: whether she may say what stands around it


def asked_letter(talk: Talk, which: str, about: int) -> AskedLetter:
    """ "gm", "tb" of a session or "cv" of a request.

    Raises ValueError for any other word, NotAllowedError, OutdatedError.
    """
    right = _LETTERS.get(which)
    if right is None:
        raise ValueError("no such letter")
    request = talk.work.sessions.request(about) if which == "cv" else None
    if which == "cv" and request is None:
        raise OutdatedError("Không còn đề nghị này. Gõ /lich để xem lịch hiện nay.")
    of, me = talk.session(request.session_id if request else about)
    to = of.receiver(me)
    if request is None:
        require(right, me, to.unit, of.session)
    elif not (me.unit_id == request.unit_id and to.may(Right.ASK)) and not to.may(Right.RECORD):
        raise NotAllowedError("Công văn dành cho ban giám hiệu của trường xin đổi lịch.")
    issuer = letters.issuing_unit(of, which, request)
    manages = manages_cluster(me, of.session.cluster_id)
    may_fill = issuer is not None and (manages or is_head_of(me, issuer.id))
    return AskedLetter(which, of, request, issuer, may_fill)


def letter(talk: Talk, which: str, about: int) -> Message:
    """The letter, with a button for what its letterhead lacks.

    Raises as `asked_letter`, and BadInputError, TemplateFault.
    """
    asked = asked_letter(talk, which, about)
    made = _made(talk, asked)
    rows: Rows = ()
    if asked.issuer and asked.may_fill and letterheads.letterhead(talk.work, asked.issuer).lacks:
        rows = ((button("Điền phần đầu văn bản", Verb.LETTERHEAD, about, which),),)
    said = words("papers_letter", rows, f=asked.of.facts, which=which)
    return Message(said.text, said.rows, (made,))


def _made(talk: Talk, asked: AskedLetter) -> Document:
    if asked.request is not None:
        return letters.request_letter(talk.work, asked.of, asked.request)
    draw = letters.invitation if asked.which == "gm" else letters.change_notice
    return draw(talk.work, asked.of)


def _picture(talk: Talk, cluster_id: int, which: str) -> Reaction:
    talk.me_in(cluster_id)
    cluster = talk.scene.cluster(cluster_id).cluster
    return _give(words("papers_picture", which=which), _PICTURES[which](talk.work, cluster))


def _of_the_cluster(talk: Talk, cluster_id: int, which: str) -> Reaction:
    me = talk.me_in(cluster_id)
    if not manages_cluster(me, cluster_id):
        raise NotAllowedError("Tệp này dành cho cụm trưởng và người quản trị.")
    cluster = talk.scene.cluster(cluster_id).cluster
    return _give(words("papers_list", f=None, which=which), _MAKERS[which](talk.work, cluster))


def _give(message: Message, document: Document) -> Reaction:
    return say(Message(message.text, message.rows, (document,)))
