"""What the lead or the clerk sends: a roster is read here, every other paper in `documents`."""

import base64
import re

from bot.chat.dialogs.people.managing import manager_for
from bot.chat.dialogs.plans import calendars, documents
from bot.chat.dialogs.step import Step
from bot.chat.incoming import Upload
from bot.chat.reaction import Reaction, say
from bot.chat.talk import Talk, choice, way_out, words
from bot.cluster.people import Cluster, Person
from bot.cluster.rights import manages_cluster
from bot.cluster.roster import RosterError
from bot.errors import BadInputError
from bot.flows.people.roster import import_roster, preview_roster
from bot.flows.plans.letters_in import LETTERS
from bot.flows.plans.previewing import PLANS
from bot.flows.work import Dialog
from bot.message import Message
from bot.notices.cards import Rows
from bot.plan.reader import read_plan, read_text
from bot.vocabulary import strip_marks

NAME = "files"
SIZE_LIMIT = 10 * 1024 * 1024
ROSTER_LIMIT = 1024 * 1024  #: a roster that waits stands in the dialog's row
PASTED = 160  #: characters; a shorter text is a remark, whatever stands in it
_ROSTER_MARKS = ("danh sach", "danhsach", "roster", "nhan su")  #: without marks, words apart
_DATE = re.compile(r"(?<!\d)\d{1,2}\s*(?:[/.\-]|\s+tháng\s+)\s*\d{1,2}(?!\d)", re.IGNORECASE)


def begin(talk: Talk, upload: Upload) -> Reaction:
    """Raises NotAllowedError, BadInputError (too large, not readable, not ours)."""
    if calendars.takes(talk, upload):
        return calendars.begin(talk, upload)
    manager = manager_for(talk)
    if upload.size > SIZE_LIMIT or upload.content is None or len(upload.content) > SIZE_LIMIT:
        raise BadInputError("Tệp lớn hơn 10 MB, không đọc được. Đề nghị gửi tệp nhỏ hơn.")
    if _is_roster(upload):
        return _begin_roster(talk, manager, upload.name, upload.content)
    deadline = talk.work.workdays(manager.cluster_id).deadline
    return documents.begin(talk, upload.name, read_plan(upload.name, upload.content, deadline=deadline))


def pasted(talk: Talk, typed: str) -> Reaction | None:
    """A plan or a letter that was pasted into the chat is taken like a file; None: it is a remark.

    Only the lead's and the clerk's: what others paste is a remark.
    """
    if len(typed) < PASTED or typed.startswith("/") or len(_DATE.findall(typed)) < 2:
        return None
    if not any(manages_cluster(person, person.cluster_id) for person in talk.people):
        return None
    manager = manager_for(talk)
    try:
        reading = read_text(typed, deadline=talk.work.workdays(manager.cluster_id).deadline)
    except BadInputError:
        return None
    hosted = [session for session in reading.sessions if session.hosts and session.date_text]
    if (reading.doc_type in PLANS and len(hosted) >= 2) or (reading.doc_type in LETTERS and hosted):
        return documents.begin(talk, "văn bản vừa dán", reading)
    return None


def _begin_roster(talk: Talk, manager: Person, name: str, content: bytes) -> Reaction:
    if len(content) > ROSTER_LIMIT:
        raise BadInputError("Danh sách gửi qua chat tối đa 1 MB. Đề nghị bỏ hình ảnh trong tệp rồi gửi lại.")
    changes = preview_roster(talk.work.people, _cluster(talk, manager), content)
    dialog = talk.begin(NAME, "roster", name=name[:200], content=base64.b64encode(content).decode())
    return say(words("roster_review", _rows(dialog), changes=changes))


def _cluster(talk: Talk, manager: Person) -> Cluster:
    return talk.scene.cluster(manager.cluster_id).cluster


def _is_roster(upload: Upload) -> bool:
    """A table of people by its head, whatever the file is called."""
    head = (upload.content or b"")[:400].decode("utf-8", errors="ignore").casefold()
    name = re.sub(r"[\W_]+", " ", strip_marks(upload.name).casefold())
    named = any(mark in name for mark in _ROSTER_MARKS)
    return upload.name.casefold().endswith((".csv", ".xlsx")) and (named or "chức vụ" in head)


def _rows(dialog: Dialog) -> Rows:
    return ((choice(dialog, "Xác nhận", "yes"), *way_out(dialog)),)


def _ask_again(talk: Talk, dialog: Dialog) -> Message:
    return words("file_waiting", _rows(dialog), name=dialog.data["name"])


def _take_roster(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    if said != "yes":
        raise BadInputError("Đề nghị bấm Xác nhận để nhập, hoặc Quay lại để thôi.")
    content = base64.b64decode(dialog.data["content"])
    manager = manager_for(talk)
    try:
        changes = import_roster(talk.work, _cluster(talk, manager), content)
    except RosterError:
        talk.end()
        raise
    talk.end()
    return talk.respond(words("roster_done", changes=changes))


STEPS = {"roster": Step(_ask_again, _take_roster)}
