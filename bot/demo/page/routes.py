"""What the page asks: the state, one chat, and everything that a visitor does."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from bot.demo.botapi import ChatService
from bot.demo.page import shapes
from bot.demo.page.events import Hub
from bot.demo.stage import Stage
from bot.errors import BadInputError, NhacLichError

_FILE_LIMIT = 20 * 1024 * 1024
_TEXT_LIMIT = 4096  #: what a chat app lets a person type into one message
_STEPS = {"day": timedelta(days=1), "week": timedelta(weeks=1)}

Endpoint = Callable[[Request], Awaitable[Response]]


class Api:
    """The page's requests.  Errors come back as {"error": a sentence to show} with status 400."""

    def __init__(self, service: ChatService, stage: Stage, hub: Hub) -> None:
        self._service = service
        self._stage = stage
        self._hub = hub
        self._turning = asyncio.Lock()
        self._rebuilding = asyncio.Lock()

    def routes(self) -> list[Route]:
        post = ["POST"]
        return [
            Route("/api/state", _shown(self.state)),
            Route("/api/chat/{chat:int}", _shown(self.chat)),
            Route("/api/events", self.events),
            Route("/api/file/{id}", self.file),
            Route("/api/type", _shown(self.type), methods=post),
            Route("/api/press", _shown(self.press), methods=post),
            Route("/api/attach", _shown(self.attach), methods=post),
            Route("/api/clock", _shown(self.clock), methods=post),
            Route("/api/load", _shown(self.load), methods=post),
            Route("/api/restart", _shown(self.restart), methods=post),
        ]

    async def state(self, request: Request) -> object:
        async with self._rebuilding:
            return shapes.state(await self._stage.view(), self._service)

    async def chat(self, request: Request) -> object:
        chat_id = self._chat(request.path_params["chat"])
        return {
            "messages": [shapes.message(one) for one in self._service.messages(chat_id)],
            "commands": list(self._service.commands(chat_id)),
        }

    async def events(self, request: Request) -> Response:
        return StreamingResponse(self._hub.stream(), media_type="text/event-stream")

    async def file(self, request: Request) -> Response:
        """Always as a download: a document somebody sent is never rendered in our origin."""
        file = self._service.files.get(request.path_params["id"])
        if file is None:
            return Response("Không có tệp này.", 404)
        disposition = f"attachment; filename*=UTF-8''{quote(file.name)}"
        headers = {"Content-Disposition": disposition}
        return Response(file.content, media_type="application/octet-stream", headers=headers)

    async def type(self, request: Request) -> object:
        given = await _body(request)
        text = str(given.get("text", "")).strip()
        if not text:
            raise BadInputError("Chưa có chữ nào để gửi.")
        if len(text) > _TEXT_LIMIT:
            raise BadInputError(f"Một tin nhắn dài nhất {_TEXT_LIMIT} ký tự; tin này có {len(text)}.")
        return {"id": self._service.type(self._chat(given.get("chat")), text).id}

    async def press(self, request: Request) -> object:
        given = await _body(request)
        chat_id = self._chat(given.get("chat"))
        try:
            message = self._service.message(chat_id, int(given["message"]))
            button = message.keyboard[int(given["row"])][int(given["column"])]
        except (LookupError, TypeError, ValueError):
            raise BadInputError("Nút này không còn trên tin nhắn nữa.") from None
        if button.data is None:
            raise BadInputError("Nút này mở một liên kết.")
        return {"id": self._service.forge_press(chat_id, message.id, button.data).id}

    async def attach(self, request: Request) -> object:
        async with request.form(max_files=1) as form:
            chat_id = self._chat(form.get("chat"))
            name, content = await _file(form.get("file"), "tệp")
            caption = str(form.get("text", ""))
        return {"id": self._service.send_file(chat_id, name, content, caption=caption).id}

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
        """The id of a private chat.  Raises BadInputError."""
        try:
            chat = self._service.chats[int(value)]
        except (KeyError, TypeError, ValueError):
            raise BadInputError("Không có người này trong bản chạy thử.") from None
        if chat.user is None:
            raise BadInputError("Đây là một nhóm, không phải một người.")
        return chat.id


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
