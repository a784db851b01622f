"""What a pressed button does.  Rights are looked up at the press (invariant 6), never in the token."""

from collections.abc import Callable
from dataclasses import replace

from bot.chat.dialogs.papers import letterhead
from bot.chat.dialogs.people import handing_over, leaving, registering, relaying
from bot.chat.dialogs.sessions import (
    absent,
    asking,
    cancelling,
    covering,
    deciding,
    details,
    naming,
    naming_all,
    proposing,
    putting_back,
    replacing,
)
from bot.chat.reaction import Reaction, Redraw, say
from bot.chat.talk import Talk, words
from bot.chat.views import covering_setting, feeds, groups, journal, papers, status, year
from bot.chat.views.covers import covers
from bot.chat.views.hosting import hosting
from bot.chat.views.ours import our_people
from bot.chat.views.people import people_list
from bot.chat.views.schedule import schedule
from bot.chat.views.schedule_place import Place
from bot.chat.views.why import why_invited
from bot.flows.sessions import rescheduling
from bot.flows.sessions.acknowledging import acknowledge
from bot.flows.sessions.answering import answer
from bot.flows.sessions.covering import answer_cover
from bot.flows.sessions.delegating_cluster import counts_cluster
from bot.flows.sessions.details import release_invitation
from bot.flows.sessions.muting import mute
from bot.notices.actions import Action, Verb, button
from bot.notices.cards import you
from bot.notices.dates import capital
from bot.sessions.answers import Reply

_MUTED = "Sẽ không nhắc buổi này nữa. Đổi ngày, hủy buổi vẫn được báo."


def _card(talk: Talk, a: Action) -> Reaction:
    """By itself a new message; from the schedule in its place, with the way back.  Only what is a message of
    its own is the session's card and drawn anew with it: the list's message will be the list again."""
    place = Place.read(a, 1)
    if place is None:
        return talk.show_card(a.number(0), anew=True)
    message, _ = talk.card(a.number(0))
    back = (button("Quay lại", Verb.SCHEDULE, *place.words),)
    return Reaction(redraw=Redraw(replace(message, rows=(*message.rows, back))))


def _going(talk: Talk, a: Action) -> Reaction:
    of, me = talk.session(a.number(0))
    answer(talk.work, me, of.session.id, a.number(1), Reply.GOING)
    return talk.show_card(of.session.id, toast="Đã ghi tham dự. Cảm ơn.")


def _decline(talk: Talk, a: Action) -> Reaction:
    return absent.begin(talk, a.number(0), a.number(1))


def _known(talk: Talk, a: Action) -> Reaction:
    of, me = talk.session(a.number(0))
    acknowledge(talk.work, me, of.session.id, a.number(1))
    return talk.show_card(of.session.id, toast="Đã ghi: đã rõ. Cảm ơn.")


def _release(talk: Talk, a: Action) -> Reaction:
    of, me = talk.session(a.number(0))
    after = release_invitation(talk.work, me, of.session.id)
    told = "Đã ghi: giấy mời gửi bằng văn bản." if after.facts.paper_only else "Đã gửi giấy mời."
    return talk.show_card(of.session.id, toast=told)


def _mute(talk: Talk, a: Action) -> Reaction:
    of, me = talk.session(a.number(0))
    on = bool(a.number(1))
    after = mute(talk.work, me, of.session.id, on=on)
    toast = _MUTED if on else f"{capital(you(after.receiver(me).manner))} lại được nhắc trước buổi này."
    return talk.show_card(of.session.id, toast=toast)


def _people(talk: Talk, a: Action) -> Reaction:
    return say(people_list(talk, a.number(0)))


def _ours(talk: Talk, a: Action) -> Reaction:
    return say(our_people(talk, a.number(0)))


def _name(talk: Talk, a: Action) -> Reaction:
    """The head for her school, the lead for a part that counts people of all schools."""
    of, _ = talk.session(a.number(0))
    begin = naming_all.begin if counts_cluster(of, a.number(1)) else naming.begin
    return begin(talk, of.session.id, a.number(1))


def _replace(talk: Talk, a: Action) -> Reaction:
    return replacing.begin(talk, a.number(0))


def _cover(talk: Talk, a: Action) -> Reaction:
    return covering.begin(talk, a.number(0), a.number(1))


def _cover_answer(talk: Talk, a: Action) -> Reaction:
    accepts = a.verb is Verb.ACCEPT
    talk.require_known()
    cover = talk.work.sessions.cover(a.number(0))
    me = talk.me_in(cover.cluster_id) if cover is not None else talk.me
    of = answer_cover(talk.work, me, a.number(0), a.number(1), accepts=accepts)
    toast = "Đã ghi: nhận. Cảm ơn." if accepts else "Đã ghi: không nhận được. Nhà trường sẽ nhờ người khác."
    return talk.show_card(of.session.id, toast=toast)


def _set(talk: Talk, a: Action) -> Reaction:
    return details.begin(talk, a.number(0), a.word(1))


def _ask(talk: Talk, a: Action) -> Reaction:
    return asking.begin(talk, a.number(0), a.number(1))


def _decide(talk: Talk, a: Action) -> Reaction:
    return deciding.press(talk, a.verb, a.number(0))


def _record(talk: Talk, a: Action) -> Reaction:
    return deciding.record(talk, a.number(0))


def _withdraw(talk: Talk, a: Action) -> Reaction:
    request = talk.work.sessions.request(a.number(0))
    me = talk.me_in(request.cluster_id) if request else talk.me
    withdrawn = rescheduling.withdraw(talk.work, me, a.number(0))
    of, _ = talk.session(withdrawn.session_id)
    return Reaction(redraw=Redraw(words("withdrawn", f=of.facts, r=withdrawn, swap=of.swap(withdrawn))))


def _cancel(talk: Talk, a: Action) -> Reaction:
    return cancelling.begin(talk, a.number(0))


def _put_back(talk: Talk, a: Action) -> Reaction:
    return putting_back.begin(talk, a.number(0))


def _why_me(talk: Talk, a: Action) -> Reaction:
    return say(why_invited(talk, a.number(0)))


def _propose(talk: Talk, a: Action) -> Reaction:
    return proposing.begin(talk, a.number(0))


def _confirm_day(talk: Talk, a: Action) -> Reaction:
    return proposing.confirm(talk, a.number(0), a.word(1))


def _schedule(talk: Talk, a: Action) -> Reaction:
    """By itself a new message, else another tab or page over the same one."""
    place = Place.read(a, 0)
    return say(schedule(talk)) if place is None else Reaction(redraw=Redraw(schedule(talk, place)))


def _letterhead(talk: Talk, a: Action) -> Reaction:
    return letterhead.begin(talk, a.word(1), a.number(0))


def _approve(talk: Talk, a: Action) -> Reaction:
    return registering.decide(talk, a.number(0), approve=a.verb is Verb.APPROVE)


def _leave(talk: Talk, a: Action) -> Reaction:
    return leaving.begin(talk)


PRESSES: dict[Verb, Callable[[Talk, Action], Reaction]] = {
    Verb.CARD: _card,
    Verb.GOING: _going,
    Verb.DECLINE: _decline,
    Verb.KNOWN: _known,
    Verb.RELEASE: _release,
    Verb.PEOPLE: _people,
    Verb.MUTE: _mute,
    Verb.RELAY: relaying.press,
    Verb.HAND_OVER: handing_over.press,
    Verb.OURS: _ours,
    Verb.NAME: _name,
    Verb.REPLACE: _replace,
    Verb.COVERS: covers,
    Verb.COVER: _cover,
    Verb.ACCEPT: _cover_answer,
    Verb.REJECT: _cover_answer,
    Verb.COVERING: covering_setting.press,
    Verb.HOST: hosting,
    Verb.SET: _set,
    Verb.ASK: _ask,
    Verb.AGREE: _decide,
    Verb.REFUSE: _decide,
    Verb.COUNTER: _decide,
    Verb.RECORD: _record,
    Verb.WITHDRAW: _withdraw,
    Verb.CANCEL: _cancel,
    Verb.PUT_BACK: _put_back,
    Verb.WHY_ME: _why_me,
    Verb.PROPOSE: _propose,
    Verb.CONFIRM_DAY: _confirm_day,
    Verb.SCHEDULE: _schedule,
    Verb.NUDGE: status.nudged,
    Verb.STATUS: status.turned,
    Verb.JOURNAL: journal.turned,
    Verb.YEAR: year.turned,
    Verb.CALENDAR: papers.calendar,
    Verb.FEED: feeds.feed,
    Verb.PAPER: papers.paper,
    Verb.LETTERHEAD: _letterhead,
    Verb.APPROVE: _approve,
    Verb.DISMISS: _approve,
    Verb.LEAVE: _leave,
    Verb.GROUP: groups.press,
}
