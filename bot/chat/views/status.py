"""/tinhtrang: what is missing and what is late over all sessions ahead, the worst first; and the nudge."""

from collections.abc import Sequence

from bot.chat.reaction import Reaction, Redraw, say
from bot.chat.talk import Talk, words
from bot.chat.views.managers import leaf, managed, manager_of, turning
from bot.chat.views.pages import pages
from bot.cluster.people import Person
from bot.flows.people.bot_use import use_of_bots
from bot.flows.sessions.nudging import Nudge, nudge_host
from bot.flows.sessions.standing import Standing, standings
from bot.message import Button, Message
from bot.notices.actions import Action, Verb, button
from bot.notices.cards import Rows
from bot.notices.dates import hour, short_day
from bot.notices.wording import text
from bot.outbox.port import State

ON_A_PAGE = 5  #: sessions: each has buttons of its own


def status(talk: Talk) -> Reaction:
    return say(_page(talk, manager_of(talk), 0))


def turned(talk: Talk, a: Action) -> Reaction:
    """A press on one of its pages, or on another cluster."""
    return Reaction(redraw=Redraw(_page(talk, manager_of(talk, a.number(0)), a.number(1))))


def nudged(talk: Talk, a: Action) -> Reaction:
    """`Báo trường đăng cai`, on a page of the overview or, without a page, on a card."""
    of, me = talk.session(a.number(0))
    done = nudge_host(talk.work, me, of.session.id)
    toast = _told(talk, of.session.code, done)
    if not a.word(1):
        reaction = talk.show_card(of.session.id, toast=toast)
    else:
        reaction = Reaction(redraw=Redraw(_page(talk, me, a.number(1))), toast=toast)
    if done.to_phone:
        return reaction.and_say(words("bao_goi_dien", code=of.session.code, people=done.to_phone))
    return reaction


def _told(talk: Talk, code: str, done: Nudge) -> str:
    if not done.told:
        return f"Chưa gửi được cho ai của trường đăng cai buổi {code}."
    at = done.at.astimezone(talk.work.office.tz)
    if done.at <= talk.work.now:
        return f"Đã báo trường đăng cai buổi {code}: {len(done.told)} người."
    return (
        f"Đang giờ nghỉ: trường đăng cai buổi {code} được báo lúc {hour(at.time())} {short_day(at.date())}."
    )


def _page(talk: Talk, me: Person, wanted: int) -> Message:
    work, cluster_id = talk.work, me.cluster_id
    found = standings(work, cluster_id)
    sheets = [found[at : at + ON_A_PAGE] for at in range(0, len(found), ON_A_PAGE)] or [[]]
    heads = {"cluster": talk.scene.cluster(cluster_id).cluster, "standings": found}
    made, kept = [], []
    for number, sheet in enumerate(sheets):
        blocks = [text("chat/tinhtrang_buoi", s=one, today=work.today) for one in sheet]
        if number == 0:
            blocks.insert(0, text("chat/tinhtrang", **heads))
        if number == len(sheets) - 1:
            blocks.append(text("chat/tinhtrang_cum", **_around(talk, cluster_id)))
        for part in pages([block for block in blocks if block]):
            made.append(part)
            kept.append([one for one in sheet if f"<b>{one.of.session.code} " in part])
    body, page = leaf(made, wanted)
    rows = [_buttons(me, one, page) for one in kept[page]]
    if turns := turning(Verb.STATUS, cluster_id, page, len(made)):
        rows.append(turns)
    return Message(body, (*rows, *_files(cluster_id), *_other_clusters(talk, cluster_id)))


def _buttons(me: Person, one: Standing, page: int) -> tuple[Button, ...]:
    session = one.of.session
    look = button(f"Xem buổi {session.code}", Verb.CARD, session.id)
    if not (one.missing and any(p.id != me.id for p in one.of.around.host_heads(session))):
        return (look,)
    return look, button(f"Báo trường đăng cai {session.code}", Verb.NUDGE, session.id, page)


def _files(cluster_id: int) -> Rows:
    return (
        (button("Tổng hợp cả năm", Verb.YEAR, cluster_id),),
        (
            button("Lịch cả năm (Excel)", Verb.PAPER, cluster_id, "lich"),
            button("Nhật ký gửi tin (Excel)", Verb.PAPER, cluster_id, "nk"),
            button("Báo cáo năm (Word)", Verb.PAPER, cluster_id, "bc"),
        ),
    )


def _other_clusters(talk: Talk, cluster_id: int) -> Rows:
    others: Sequence[Person] = [p for p in managed(talk) if p.cluster_id != cluster_id]
    return tuple(
        (button(f"Cụm {talk.scene.cluster(p.cluster_id).cluster.name}", Verb.STATUS, p.cluster_id, 0),)
        for p in others
    )


def _around(talk: Talk, cluster_id: int) -> dict[str, object]:
    """What is about the cluster and no session: who waits, what did not arrive, the bots' free plans."""
    work = talk.work
    counts = work.reports.counts(cluster_id)
    return {
        "waiting": len(work.people.open_join_requests(cluster_id)),
        "lost": counts.get(State.UNREACHABLE, 0) + counts.get(State.FAILED, 0),
        "bots": use_of_bots(work),
    }
