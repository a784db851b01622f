"""`Vì sao tôi được mời?`: the post that the plan's phrase names, and the phrase itself."""

from bot.chat.talk import Talk, words
from bot.message import Message
from bot.notices.cards import you
from bot.notices.facts import Manner
from bot.notices.spelling import spell_out


def why_invited(talk: Talk, session_id: int) -> Message:
    """Raises OutdatedError, NotAllowedError (another cluster's session, a stranger)."""
    of, me = talk.session(session_id)
    to = of.receiver(me)
    plainly = to.manner in (Manner.COOK, Manner.AUTHORITY)
    phrase = of.session.audience_text
    return words(
        "why_me",
        f=of.facts,
        to=to,
        you=you(to.manner),
        reason=spell_out(to.reason) if plainly and to.reason else to.reason,
        phrase=spell_out(phrase) if plainly else phrase,
        by_authority=me.id in of.authority_ids and me.id not in of.invited_ids,
    )
