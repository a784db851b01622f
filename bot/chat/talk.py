"""One exchange with one chat: who it is, what she said, and the unit of work."""

import datetime as dt
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.chat.incoming import Incoming
from bot.chat.questions import OF_A_DIALOG, next_question, sign
from bot.chat.reaction import Reaction, Redraw, Say, say
from bot.cluster.people import Person
from bot.errors import NhacLichError, NotAllowedError, OutdatedError
from bot.flows.manners import manner
from bot.flows.scene import Scene
from bot.flows.session_scene import SessionScene
from bot.flows.work import Dialog, Work
from bot.message import Button, Message
from bot.notices.actions import Verb, button
from bot.notices.cards import Rows, card, you
from bot.notices.facts import Manner
from bot.notices.wording import text

DIALOG_LIFE = dt.timedelta(days=2)
_STRANGER = "Chưa biết đồng chí là ai. Gõ /dangky để đăng ký."
_WAITS = "Đề nghị đăng ký của đồng chí đang chờ duyệt; có kết quả tin sẽ tới đây. Gõ /dangky để đăng ký lại."
_LEFT = (
    "Đồng chí đã thôi nhận lịch của cụm. "
    "Nếu nhận việc ở đơn vị khác trong cụm: gõ /dangky, nhập mã mới được cấp."
)


@dataclass(frozen=True)
class Talk:
    work: Work
    incoming: Incoming
    bot_name: str = ""

    @cached_property
    def people(self) -> list[Person]:
        """Whom this chat stands for: one person in each of several clusters."""
        return self.work.people.people_by_chat(self.incoming.channel, self.incoming.chat_id)

    @cached_property
    def scene(self) -> Scene:
        return Scene(self.work)

    @property
    def me(self) -> Person:
        """Raises NotAllowedError for a stranger, OutdatedError for who has left."""
        self.require_known()
        return self.people[0]

    def require_known(self) -> None:
        """Whoever is nobody here is sent to register.  Raises as `me`."""
        if not self.people:
            raise self._unknown()

    @cached_property
    def manner(self) -> Manner:
        """How this chat is spoken to; of whom nothing is known, as colleagues do."""
        if not self.people:
            return Manner.HEAD
        me = self.people[0]
        return manner(me, self.scene.cluster(me.cluster_id).units[me.unit_id])

    @property
    def you(self) -> str:
        """The word for the person spoken to."""
        return you(self.manner)

    @property
    def has_left(self) -> bool:
        """Whether this chat stood for somebody who is no longer in the roster, and stands for nobody now."""
        return not self.people and self.work.people.has_left(self.incoming.channel, self.incoming.chat_id)

    def _unknown(self) -> NhacLichError:
        kind = OutdatedError if self.has_left else NotAllowedError
        return kind(self.to_stranger)

    @property
    def to_stranger(self) -> str:
        """What somebody is told who is nobody here: has left, waits to be let in, or never came."""
        if self.has_left:
            return _LEFT
        return _WAITS if self.work.people.open_join_requests_of(*self._chat) else _STRANGER

    def me_in(self, cluster_id: int) -> Person:
        """Raises NotAllowedError for a stranger to this cluster: she learns nothing of it."""
        found = next((p for p in self.people if p.cluster_id == cluster_id), None)
        if found is None:
            raise NotAllowedError(f"Nút này không dành cho {self.you}.") if self.people else self._unknown()
        return found

    def session(self, session_id: int) -> tuple[SessionScene, Person]:
        """A session and who I am in its cluster.  Raises OutdatedError, NotAllowedError."""
        self.require_known()
        of = Scene(self.work).session(session_id)
        if of is None:
            raise OutdatedError("Không còn buổi này trong lịch. Gõ /lich để xem lịch hiện nay.")
        return of, self.me_in(of.session.cluster_id)

    def card(self, session_id: int) -> tuple[Message, tuple[int, int]]:
        of, me = self.session(session_id)
        return card(of.facts, of.receiver(me)), (session_id, me.id)

    def show_card(self, session_id: int, *, toast: str = "", anew: bool = False) -> Reaction:
        """The card, drawn over the pressed message, or as a new message."""
        message, card_of = self.card(session_id)
        if self.incoming.token is not None and not anew:
            return Reaction(redraw=Redraw(message, card_of), toast=toast)
        return Reaction(says=(Say(message, card_of),), toast=toast)

    # Dialogs

    @property
    def _chat(self) -> tuple[str, str]:
        return self.incoming.channel, self.incoming.chat_id

    @property
    def dialog(self) -> Dialog | None:
        return self.work.talks.dialog(*self._chat, self.work.now)

    def was_told_since(self, dialog: Dialog) -> bool:
        """Whether a notice came into this chat after the question that is open."""
        told = self.work.reports.last_told(*self._chat)
        return told is not None and dialog.until is not None and told > dialog.until - DIALOG_LIFE

    def begin(self, name: str, step: str, /, **data: Any) -> Dialog:
        """Open a dialog; one that was open before ends."""
        return self.keep(Dialog(name, step, secrets.token_hex(3), data))

    def advance(self, dialog: Dialog, step: str, /, **data: Any) -> Dialog:
        """The next question; `Quay lại` will come back to the present one."""
        return self.keep(next_question(dialog, step, data))

    def keep(self, dialog: Dialog) -> Dialog:
        self.work.talks.put_dialog(*self._chat, dialog, self.work.now + DIALOG_LIFE)
        return dialog

    def end(self) -> None:
        self.work.talks.drop_dialog(*self._chat)

    def respond(self, message: Message) -> Reaction:
        """A dialog's next question: over its own message where a button was pressed, else below."""
        action = self.incoming.token or ""
        if action.partition(":")[0] in OF_A_DIALOG:
            return Reaction(redraw=Redraw(message))
        return say(message)


def words(text_name: str, rows: Rows = (), /, **facts: object) -> Message:
    """A message with the words of `data/texts/chat/<text_name>.txt`."""
    return Message(text(f"chat/{text_name}", **facts), rows)


def choice(dialog: Dialog, label: str, value: str) -> Button:
    return button(label, Verb.ANSWER, sign(dialog), value)


def way_out(dialog: Dialog) -> tuple[Button, ...]:
    """`Quay lại` one step, or out of the dialog at its first."""
    return (button("Quay lại", Verb.BACK, sign(dialog)),)
