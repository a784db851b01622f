"""The lead or the clerk sends a plan or a roster: shown first, stored after `Xác nhận`."""

import base64

from bot.chat.dialogs.step import Step
from bot.chat.incoming import Upload
from bot.chat.reaction import Reaction, say
from bot.chat.talk import Talk, choice, way_out, words
from bot.cluster.people import Cluster, Person
from bot.cluster.rights import manages_cluster
from bot.cluster.roster import RosterError
from bot.errors import BadInputError, NotAllowedError
from bot.flows.plan_import import Preview, import_plan, preview
from bot.flows.roster import import_roster, preview_roster
from bot.flows.work import Dialog
from bot.message import Message
from bot.notices.cards import Rows
from bot.plan.reader import read_plan
from bot.plan.reading import PlanReading

NAME = "files"
SIZE_LIMIT = 10 * 1024 * 1024
KEPT_LIMIT = 3 * 1024 * 1024  #: a waiting file stands in the dialog's row
_ROSTER_MARKS = ("danh sach", "roster", "danh_sach", "danhsach", "nhan su", "nhan_su")


def begin(talk: Talk, upload: Upload) -> Reaction:
    manager = _manager(talk)
    if upload.size > SIZE_LIMIT or upload.content is None:
        raise BadInputError("Tệp lớn hơn 10 MB, không đọc được. Đề nghị gửi tệp nhỏ hơn.")
    if upload.size > KEPT_LIMIT:
        raise BadInputError("Tệp gửi qua chat tối đa 3 MB. Đề nghị bỏ bớt hình ảnh trong tệp rồi gửi lại.")
    kept = {"name": upload.name[:200], "content": base64.b64encode(upload.content).decode()}
    if _is_roster(upload):
        changes = preview_roster(talk.work.people, _cluster(talk, manager), upload.content)
        dialog = talk.begin(NAME, "roster", **kept)
        return say(words("roster_review", _rows(dialog), changes=changes))
    reading = _read(talk, manager, upload.name, upload.content)
    what = preview(talk.work, reading)
    dialog = talk.begin(NAME, "plan", **kept)
    return say(_plan_message(what, dialog))


def _manager(talk: Talk) -> Person:
    for person in talk.people:
        if manages_cluster(person, person.cluster_id):
            return person
    if not talk.people:
        raise NotAllowedError("Chưa biết đồng chí là ai. Gõ /dangky để đăng ký.")
    raise NotAllowedError(
        "Tệp kế hoạch, danh sách do cụm trưởng hoặc người quản trị gửi. "
        "Cảm ơn thầy/cô; đề nghị chuyển tệp cho cụm trưởng."
    )


def _cluster(talk: Talk, manager: Person) -> Cluster:
    return talk.scene.cluster(manager.cluster_id).cluster


def _is_roster(upload: Upload) -> bool:
    """A table of people by its head, whatever the file is called."""
    head = (upload.content or b"")[:400].decode("utf-8", errors="ignore").casefold()
    named = any(mark in upload.name.casefold() for mark in _ROSTER_MARKS)
    return upload.name.casefold().endswith((".csv", ".xlsx")) and (named or "chức vụ" in head)


def _read(talk: Talk, manager: Person, name: str, content: bytes) -> PlanReading:
    work = talk.work
    workdays = work.workdays(manager.cluster_id)
    return read_plan(name, content, deadline=workdays.deadline)


def _plan_message(what: Preview, dialog: Dialog) -> Message:
    return words("plan_review", _rows(dialog), what=what, reading=what.reading)


def _rows(dialog: Dialog) -> Rows:
    return ((choice(dialog, "Xác nhận", "yes"), *way_out(dialog)),)


def _ask_again(talk: Talk, dialog: Dialog) -> Message:
    return words("file_waiting", _rows(dialog), name=dialog.data["name"])


def _content(dialog: Dialog, said: str) -> bytes:
    if said != "yes":
        raise BadInputError("Đề nghị bấm Xác nhận để nhập, hoặc Quay lại để thôi.")
    return base64.b64decode(dialog.data["content"])


def _take_plan(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    content = _content(dialog, said)
    manager = _manager(talk)
    reading = _read(talk, manager, dialog.data["name"], content)
    import_plan(talk.work, reading, manager)
    talk.end()
    return talk.respond(words("plan_done"))


def _take_roster(talk: Talk, dialog: Dialog, said: str) -> Reaction:
    content = _content(dialog, said)
    manager = _manager(talk)
    try:
        changes = import_roster(talk.work, _cluster(talk, manager), content)
    except RosterError:
        talk.end()
        raise
    talk.end()
    return talk.respond(words("roster_done", changes=changes))


STEPS = {"plan": Step(_ask_again, _take_plan), "roster": Step(_ask_again, _take_roster)}
