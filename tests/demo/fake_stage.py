"""A stage of our own for the page's tests: 26 people, the real four sessions, and a very small bot."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

from bot.clock import TurnableClock
from bot.demo.botapi import ChatService, Limits
from bot.demo.botapi.methods import call
from bot.demo.botapi.params import Params
from bot.demo.phones import Phones, TelegramPhones
from bot.demo.stage import Happened, StagePerson, Story, UpcomingNotice, View
from bot.errors import BadInputError
from tests.demo.fake_data import (
    AUTHORITY,
    DAYS_OFF,
    GUEST,
    HOST,
    NOTICES,
    POSTS,
    SCHOOLS,
    SESSIONS,
    START,
    WEEKDAYS,
)


def day(value: date) -> str:
    return f"{WEEKDAYS[value.weekday()]} {value:%d/%m/%Y}"


class FakeStage:
    """`async with FakeStage() as stage`: its bot answers while inside."""

    def __init__(self) -> None:
        self.clock = TurnableClock(START)
        self.service = ChatService(limits=Limits.none(), clock=self.clock)
        self.phones = Phones(TelegramPhones(self.service))
        self.advances: list[datetime] = []
        self._listeners: list[Callable[[], None]] = []
        self._begin()

    def _begin(self) -> None:
        self.clock.turn_to(START)
        self.sessions = {one.code: one for one in SESSIONS}
        self.log: list[Happened] = []
        self._numbers = count(1)
        self.notices = list(NOTICES)
        self.people = []
        chat = count(101)
        for school in SCHOOLS:
            for post in POSTS:
                name = "Lê Thị Minh Hồng" if (school, post) == ("Sao Sáng", POSTS[0]) else f"{post} {school}"
                number = next(chat)
                self.people.append(StagePerson(number, name, post, f"MN {school}", number))
        for post in ("Lãnh đạo Phòng", "Chuyên viên mầm non", "Cốt cán 1"):
            number = next(chat)
            self.people.append(StagePerson(number, f"{post} GD&ĐT", post, "Phòng GD&ĐT", number))
        self.people.append(
            StagePerson(900, "Bếp trưởng chưa đăng ký", "Bếp trưởng", "MN Bát Trang", None, "")
        )
        for person in self.people:
            if person.chat_id is not None:
                self.service.add_user(person.chat_id, person.name, started=True)
        self._do("setMyCommands", commands=[{"command": "lich", "description": "Lịch của cụm"}])
        self.send(HOST, f"<b>Buổi B2, {day(date(2023, 11, 8))}</b> do trường ta đăng cai.", "Xin đổi lịch")

    async def __aenter__(self) -> "FakeStage":
        self._task = asyncio.create_task(self._answer())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()

    # -- Stage ----------------------------------------------------------------------------------

    def now(self) -> datetime:
        return self.clock.now()

    async def view(self) -> View:
        return View(
            now=self.now(),
            cluster="Cụm An Tiến",
            school_year="2023-2024",
            first_day=date(2023, 9, 5),
            last_day=date(2024, 5, 31),
            people=tuple(self.people),
            sessions=tuple(self.sessions.values()),
            days_off=DAYS_OFF,
            notices=tuple(self.notices),
            log=tuple(self.log),
            story=Story("B2", GUEST, HOST, AUTHORITY),
        )

    async def advance_to(self, instant: datetime) -> None:
        self.advances.append(instant)
        while self.notices and self.notices[0].due <= instant:
            notice = self.notices.pop(0)
            self.clock.turn_to(notice.due)
            self._invite(notice)
        if instant > self.now():
            self.clock.turn_to(instant)
        self._changed()

    async def load(self, plan_name: str, plan: bytes, roster_name: str, roster: bytes) -> None:
        if b"TT" not in plan:
            raise BadInputError(f"Không tìm thấy bảng buổi sinh hoạt nào trong {plan_name}.")
        await self.restart()

    async def restart(self) -> None:
        self.service.reset()
        self._begin()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # -- the very small bot ---------------------------------------------------------------------

    def send(self, chat: int, text: str, *labels: str) -> None:
        rows = [[{"text": label, "callback_data": label}] for label in labels]
        self._do(
            "sendMessage", chat_id=chat, text=text, parse_mode="HTML", reply_markup={"inline_keyboard": rows}
        )

    def _do(self, method: str, **given: object) -> None:
        call(self.service, method, Params(given))

    def _changed(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    def _tell(
        self, people: list[int], label: str, session: str, text: str, why: str, offset: str, *buttons: str
    ) -> None:
        names = {person.chat_id: person.name for person in self.people}
        for chat in people:
            self.send(chat, text, *buttons)
            entry = Happened(next(self._numbers), self.now(), chat, names[chat], label, session, why, offset)
            self.log.append(entry)
        self._changed()

    def _invite(self, notice: UpcomingNotice) -> None:
        session = self.sessions[notice.session or ""]
        assert session.date is not None
        text = (
            f"Cụm trường An Tiến kính mời thầy cô dự buổi sinh hoạt chuyên môn:\n\n"
            f"<b>{session.content}</b>\n<i>{day(session.date)}</i>, tại Trường {session.host}.\n"
            "Giờ và phòng: trường đăng cai sẽ báo sau."
        )
        asked = [person.chat_id for person in self.people if person.chat_id and "trưởng" in person.post]
        why = "Người trong cụm được mời trước hạn mời cơ quan quản lý 2 ngày làm việc."
        offset = f"2 ngày làm việc trước {session.deadline:%d/%m/%Y}, 08:00"
        self._tell(
            asked, notice.label, session.code, text, why, offset, "Tham dự", "Vắng mặt", "Thêm vào lịch"
        )

    async def _answer(self) -> None:
        updates = self.service.updates
        while True:
            await updates.wait()
            update = updates.first()
            if update is None:
                continue
            updates.confirm(update["update_id"] + 1)
            if query := update.get("callback_query"):
                self._pressed(query["from"]["id"], query["message"]["message_id"], query["data"], query["id"])
            elif message := update.get("message"):
                self._heard(message["chat"]["id"], message.get("text", ""))

    def _heard(self, chat: int, text: str) -> None:
        if text.startswith("/lich"):
            lines = [
                f"• <b>{one.code}</b> {day(one.date)}: {one.host}"
                for one in self.sessions.values()
                if one.date
            ]
            self.send(chat, "<b>Lịch của cụm</b>\n" + "\n".join(lines))
        else:
            self.send(chat, "Tôi chưa hiểu. Gõ /lich để xem lịch của cụm.")

    def _edit(self, chat: int, message: int, text: str, *labels: str) -> None:
        rows = [[{"text": label, "callback_data": label}] for label in labels]
        markup = {"inline_keyboard": rows}
        self._do(
            "editMessageText",
            chat_id=chat,
            message_id=message,
            text=text,
            parse_mode="HTML",
            reply_markup=markup,
        )

    def _pressed(self, chat: int, message: int, data: str, query: str) -> None:
        self._do(
            "answerCallbackQuery", callback_query_id=query, text="Đã ghi nhận" if data == "Tham dự" else ""
        )
        if data in ("Tham dự", "Vắng mặt"):
            text = self.service.message(chat, message).source
            self._edit(chat, message, f"{text}\n\nTrả lời của thầy cô: <b>{data}</b>", "Đổi câu trả lời")
        elif data == "Xin đổi lịch":
            self.send(chat, "Vì sao trường xin đổi ngày?", "Việc của trường", "Lịch của cấp trên", "Quay lại")
        elif data in ("Việc của trường", "Lịch của cấp trên"):
            days = [day(date(2023, 11, 8) + timedelta(days=step)) for step in (2, 5, 6)]
            self._edit(chat, message, "Trường đề nghị ngày nào?", *days, "Quay lại")
        elif data.endswith("2023"):
            self._edit(chat, message, f"Xin đổi buổi B2 sang <b>{data}</b>?", "Xác nhận", "Quay lại")
        elif data == "Xác nhận":
            self._ask(chat, message)
        elif data == "Đồng ý":
            self._agree(chat, message)

    def _ask(self, chat: int, message: int) -> None:
        self._edit(chat, message, "Đã gửi đề nghị đổi lịch. Ngày cũ vẫn giữ cho đến khi Phòng GD&ĐT đồng ý.")
        self._session("B2", state="asked")
        new = "<b>thứ Sáu 10/11/2023</b>"
        text = f"Cụm trường An Tiến kính đề nghị chuyển buổi B2 từ thứ Tư 08/11/2023 sang {new}."
        why = "Việc đổi ngày do cơ quan quản lý quyết định."
        self._tell([AUTHORITY], "Kính đề nghị đổi lịch", "B2", text, why, "", "Đồng ý", "Không đồng ý")

    def _agree(self, chat: int, message: int) -> None:
        self._edit(chat, message, "Đã ghi nhận: đồng ý chuyển buổi B2 sang thứ Sáu 10/11/2023.")
        self._session(
            "B2",
            state="moved",
            date=date(2023, 11, 10),
            planned_date=date(2023, 11, 8),
            deadline=date(2023, 11, 7),
        )
        people = [person.chat_id for person in self.people if person.chat_id and person.chat_id != chat]
        text = "Buổi B2 chuyển sang <b>thứ Sáu 10/11/2023</b>, tại Trường MN An Tiến. Phòng GD&ĐT đã đồng ý."
        why = "Ai đã được báo ngày cũ thì được báo ngày mới ngay."
        self._tell(people, "Đổi lịch", "B2", text, why, "", "Tham dự", "Vắng mặt")

    def _session(self, code: str, **changes: object) -> None:
        self.sessions[code] = replace(self.sessions[code], **changes)  # type: ignore[arg-type]
        self._changed()
