"""What the page asks: the state, one chat, and everything that a visitor does."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.demo.page import shapes
from bot.demo.page.events import Hub
from bot.demo.page.preview import picture_type, show
from bot.demo.phones import Phones
from bot.demo.stage import Stage
from bot.errors import BadInputError, NhacLichError
from bot.resources import data_path

_FILE_LIMIT = 20 * 1024 * 1024
_TEXT_LIMIT = 4096  #: what a chat app lets a person type into one message
_SAMPLES = {"plan": ("plans", "an-tien-2023-2024.txt"), "roster": ("roster", "an-tien.csv")}
_STEPS = {"day": timedelta(days=1), "week": timedelta(weeks=1)}

Endpoint = Callable[[Request], Awaitable[Response]]


class Api:
    """The page's requests.  Errors come back as {"error": a sentence to show} with status 400."""

    def __init__(self, phones: Phones, stage: Stage, hub: Hub) -> None:
        self._phones = phones
        self._stage = stage
        self._hub = hub
        self._turning = asyncio.Lock()
        self._rebuilding = asyncio.Lock()

    def routes(self) -> list[Route]:
        post = ["POST"]
        return [
            Route("/api/state", _shown(self.state)),
            Route("/api/chat/{chat}", _shown(self.chat)),
            Route("/api/events", self.events),
            Route("/api/file/{id}", self.file),
            Route("/api/picture/{id}", self.picture),
            Route("/api/preview/{id}", _shown(self.preview)),
            Route("/api/sample/{which}", self.sample),
            Route("/api/type", _shown(self.type), methods=post),
            Route("/api/press", _shown(self.press), methods=post),
            Route("/api/read", _shown(self.read), methods=post),
            Route("/api/attach", _shown(self.attach), methods=post),
            Route("/api/clock", _shown(self.clock), methods=post),
            Route("/api/load", _shown(self.load), methods=post),
            Route("/api/restart", _shown(self.restart), methods=post),
        ]

    async def state(self, request: Request) -> object:
        async with self._rebuilding:
            return shapes.state(await self._stage.view(), self._phones, self._hub.run)

    async def chat(self, request: Request) -> object:
        chat_id = self._chat(request.path_params["chat"])
        return {
            "messages": [shapes.message(one) for one in self._phones.bubbles(chat_id)],
            "commands": list(self._phones.commands(chat_id)),
        }

    async def events(self, request: Request) -> Response:
        return StreamingResponse(self._hub.stream(), media_type="text/event-stream")

    async def file(self, request: Request) -> Response:
        """Always as a download: a document somebody sent is never rendered in our origin."""
        file = self._phones.file(request.path_params["id"])
        if file is None:
            return Response("Không có tệp này.", 404)
        disposition = f"attachment; filename*=UTF-8''{quote(file.name)}"
        headers = {"Content-Disposition": disposition}
        return Response(file.content, media_type="application/octet-stream", headers=headers)

    async def picture(self, request: Request) -> Response:
        """A PNG or JPEG itself, to be shown in a message; nothing else."""
        file = self._phones.file(request.path_params["id"])
        mime = picture_type(file.content) if file else None
        if file is None or mime is None:
            return Response("Không có ảnh này.", 404)
        return Response(file.content, media_type=mime)

    async def preview(self, request: Request) -> object:
        """What is in a paper, as plain data (see `preview`)."""
        file = self._phones.file(request.path_params["id"])
        if file is None:
            raise BadInputError("Không có tệp này.")
        return await asyncio.to_thread(show, file)

    async def sample(self, request: Request) -> Response:
        """The plan and the roster of the demo, for whoever wants to see what such files look like."""
        path = _SAMPLES.get(request.path_params["which"])
        if path is None:
            return Response("Không có tệp này.", 404)
        return FileResponse(data_path(*path), media_type="application/octet-stream", filename=path[-1])

    async def type(self, request: Request) -> object:
        given = await _body(request)
        text = str(given.get("text", "")).strip()
        if not text:
            raise BadInputError("Chưa có chữ nào để gửi.")
        if len(text) > _TEXT_LIMIT:
            raise BadInputError(f"Một tin nhắn dài nhất {_TEXT_LIMIT} ký tự; tin này có {len(text)}.")
        self._phones.type(self._chat(given.get("chat")), text)
        return {}

    async def press(self, request: Request) -> object:
        given = await _body(request)
        chat_id = self._chat(given.get("chat"))
        try:
            where = [int(given[name]) for name in ("message", "row", "column")]
            self._phones.press(chat_id, *where)
        except (LookupError, TypeError, ValueError):
            raise BadInputError("Nút này không còn trên tin nhắn nữa.") from None
        return {}

    async def read(self, request: Request) -> object:
        """Somebody looked at a chat, up to this message: its count goes, on every open page."""
        given = await _body(request)
        up_to = given.get("message")
        self._phones.read(self._chat(given.get("chat")), up_to if isinstance(up_to, int) else None)
        return {}

    async def attach(self, request: Request) -> object:
        async with request.form(max_files=1) as form:
            chat_id = self._chat(form.get("chat"))
            name, content = await _file(form.get("file"), "tệp")
            caption = str(form.get("text", ""))
        self._phones.attach(chat_id, name, content, caption)
        return {}

    async def clock(self, request: Request) -> object:
        """{"step": "next" | "day" | "week" | seconds}: forward, one turn after another."""
        step = (await _body(request)).get("step")
        async with self._turning:
            instant = await self._goal(step)
            if instant is not None:
                await self._stage.advance_to(instant)
        self._hub.stage_changed()
        return {"now": self._stage.now(), "moved": instant is not None}

    async def load(self, request: Request) -> object:
        async with request.form(max_files=2) as form:
            plan_name, plan = await _file(form.get("plan"), "kế hoạch")
            roster_name, roster = await _file(form.get("roster"), "danh sách người")
        async with self._turning:
            await self._rebuild(self._stage.load(plan_name, plan, roster_name, roster))
        return {}

    async def restart(self, request: Request) -> object:
        async with self._turning:
            await self._rebuild(self._stage.restart())
        return {}

    async def _rebuild(self, change: Awaitable[None]) -> None:
        async with self._rebuilding:
            with self._hub.rebuilding():
                await change

    async def _goal(self, step: object) -> datetime | None:
        if step == "next":
            notices = (await self._stage.view()).notices
            return notices[0].due if notices else None
        if isinstance(step, str) and step in _STEPS:
            return self._stage.now() + _STEPS[step]
        if isinstance(step, int) and 0 < step <= 7 * 86400:
            return self._stage.now() + timedelta(seconds=step)
        raise BadInputError("Đồng hồ chỉ chạy tới, mỗi lần nhiều nhất một tuần.")

    def _chat(self, value: Any) -> int:
        """The id of a chat that has a phone.  Raises BadInputError."""
        try:
            chat = int(value)
        except (TypeError, ValueError):
            chat = 0
        if not self._phones.has(chat):
            raise BadInputError("Không có người này trong bản chạy thử.")
        return chat


def _shown(handler: Callable[[Request], Awaitable[object]]) -> Endpoint:
    """The handler's result as JSON; its expected errors as a sentence."""

    @wraps(handler)
    async def endpoint(request: Request) -> Response:
        status, content = 200, None
        try:
            content = await handler(request)
        except NhacLichError as error:
            status, content = 400, {"error": str(error)}
        body = json.dumps(content, default=shapes.encode, ensure_ascii=False)
        return Response(body, status, media_type="application/json")

    return endpoint


async def _body(request: Request) -> dict[str, Any]:
    try:
        given = await request.json()
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise BadInputError("Yêu cầu không đọc được.")
    return given


async def _file(value: Any, what: str) -> tuple[str, bytes]:
    if value is None or isinstance(value, str) or not value.filename:
        raise BadInputError(f"Chưa chọn {what}.")
    content: bytes = await value.read(_FILE_LIMIT + 1)
    if len(content) > _FILE_LIMIT:
        raise BadInputError(f"Tệp {value.filename} lớn hơn 20 MB.")
    return str(value.filename), content
