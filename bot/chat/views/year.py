"""`Tổng hợp cả năm`: the end-of-year list as text; the report as a letter has a button of its own."""

from bot.chat.reaction import Reaction
from bot.chat.talk import Talk
from bot.chat.views.managers import leaf, manager_of, page_of, shown, turning
from bot.chat.views.pages import pages
from bot.flows.sessions.yearly import year
from bot.message import Message
from bot.notices.actions import Action, Verb, button
from bot.notices.wording import text


def turned(talk: Talk, a: Action) -> Reaction:
    """Raises NotAllowedError for everybody but the lead and the clerk of that cluster."""
    me = manager_of(talk, a.number(0))
    cluster = talk.scene.cluster(me.cluster_id).cluster
    found = year(talk.work, cluster.id)
    blocks = [text("chat/tonghop", cluster=cluster, y=found)]
    blocks += [text("chat/tonghop_buoi", row=row) for row in found.rows]
    if found.held:
        blocks.append(text("chat/tonghop_du", title="Theo đơn vị", counts=found.schools))
        blocks.append(text("chat/tonghop_du", title="Theo chức vụ", counts=found.roles))
    made = pages(blocks)
    body, page = leaf(made, page_of(a))
    turns = turning(Verb.YEAR, cluster.id, page, len(made))
    files = (
        button("Báo cáo năm (Word)", Verb.PAPER, cluster.id, "bc"),
        button("Lịch cả năm (Excel)", Verb.PAPER, cluster.id, "lich"),
    )
    return shown(Message(body, (turns, files) if turns else (files,)), page_of(a))
