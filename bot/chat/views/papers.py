"""Files asked for by a button: rights are looked up at the press (invariant 6)."""

from bot.chat.reaction import Reaction, say
from bot.chat.talk import Talk, words
from bot.cluster.rights import manages_cluster
from bot.errors import NotAllowedError, OutdatedError
from bot.flows.papers import letters, lists
from bot.message import Document, Message
from bot.notices.actions import Action
from bot.sessions.rights import Right, require

_MAKERS = {"lich": lists.schedule, "nk": lists.deliveries, "bc": letters.report}


def calendar(talk: Talk, a: Action) -> Reaction:
    """`Thêm vào lịch`: one session, or with number 0 all of mine."""
    if a.number(0) == 0:
        talk.me  # noqa: B018 - a stranger is sent to register
        return _give(
            words("papers_calendar", f=None), letters.my_calendar(talk.work, talk.scene, talk.people)
        )
    of, _me = talk.session(a.number(0))
    return _give(words("papers_calendar", f=of.facts), letters.session_calendar(talk.work, of))


def paper(talk: Talk, a: Action) -> Reaction:
    """A letter as things stand at the press.  Raises ValueError for a token that names none."""
    which = a.word(1)
    if which == "cv":
        return _request_letter(talk, a.number(0))
    if which in _MAKERS:
        return _of_the_cluster(talk, a.number(0), which)
    of, me = talk.session(a.number(0))
    unit = of.around.units[me.unit_id]
    if which == "gm":
        require(Right.RELEASE, me, unit, of.session)
        made = letters.invitation(talk.work, of)
    elif which == "tb":
        require(Right.RECORD, me, unit, of.session)
        made = letters.change_notice(talk.work, of)
    elif which == "ds":
        require(Right.PEOPLE, me, unit, of.session)
        return _give(words("papers_list", f=of.facts, which=which), lists.sign_in(of))
    else:
        raise ValueError("no such paper")
    return _give(words("papers_letter", f=of.facts, which=which), made)


def _request_letter(talk: Talk, request_id: int) -> Reaction:
    request = talk.work.sessions.request(request_id)
    if request is None:
        raise OutdatedError("Không còn đề nghị này. Gõ /lich để xem lịch hiện nay.")
    of, me = talk.session(request.session_id)
    unit = of.around.units[me.unit_id]
    if not (me.unit_id == request.unit_id and of.receiver(me).may(Right.ASK)):
        try:
            require(Right.RECORD, me, unit, of.session)
        except NotAllowedError:
            raise NotAllowedError("Công văn dành cho ban giám hiệu của trường xin đổi lịch.") from None
    made = letters.request_letter(talk.work, of, request)
    return _give(words("papers_letter", f=of.facts, which="cv"), made)


def _of_the_cluster(talk: Talk, cluster_id: int, which: str) -> Reaction:
    me = talk.me_in(cluster_id)
    if not manages_cluster(me, cluster_id):
        raise NotAllowedError("Tệp này dành cho cụm trưởng và người quản trị.")
    cluster = talk.scene.cluster(cluster_id).cluster
    return _give(words("papers_list", f=None, which=which), _MAKERS[which](talk.work, cluster))


def _give(message: Message, document: Document) -> Reaction:
    return say(Message(message.text, message.rows, (document,)))
