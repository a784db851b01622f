"""The Bot API over HTTP: paths, tokens, faults and the webhook around one ChatService."""

import asyncio
import json
from collections.abc import Awaitable
from typing import Any, Self
from urllib.parse import unquote

from bot.demo.botapi.control import Control
from bot.demo.botapi.faults import Fault
from bot.demo.botapi.methods import call
from bot.demo.botapi.model import ApiError, Json
from bot.demo.botapi.params import Params, read_params
from bot.demo.botapi.service import ChatService
from bot.demo.botapi.webhook import WebhookSender
from bot.demo.botapi.wire import Connection, Cut, Hang, Outcome, Request, Response

_NOT_FOUND = ApiError(404, "Not Found")


class BotApiServer:
    """Serves one ChatService; `async with BotApiServer(service) as server: server.url`.

    `port` 0 picks a free one.  `control` adds /control/… (see `control`), for a server in a process
    of its own.  A bot's base address is `server.base_url` + token, files are under `server.file_url`.
    """

    def __init__(
        self,
        service: ChatService | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        control: bool = False,
    ) -> None:
        self.service = service or ChatService()
        self.host = host
        self.port = port
        self._control = Control(self.service) if control else None
        self._server: asyncio.Server | None = None
        self._connections: set[Connection] = set()
        self._webhook = WebhookSender(self.service)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def base_url(self) -> str:
        return f"{self.url}/bot"

    @property
    def file_url(self) -> str:
        return f"{self.url}/file/bot"

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: Connection(self._handle, self._connections), self.host, self.port
        )
        self.port = self._server.sockets[0].getsockname()[1]
        self._webhook.start()

    async def stop(self) -> None:
        """Cuts every connection; may be started again on the same port."""
        await self._webhook.stop()
        if self._server is not None:
            self._server.close()
        for connection in tuple(self._connections):
            connection.abort()
        if self._server is not None:
            await self._server.wait_closed()
            self._server = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def _handle(self, request: Request) -> Outcome | Awaitable[Outcome]:
        try:
            return self._route(request)
        except ApiError as refusal:
            return _json(refusal.code, refusal.body())

    def _route(self, request: Request) -> Outcome | Awaitable[Outcome]:
        path = unquote(request.path)
        if path.startswith("/bot"):
            token, _, method = path[4:].partition("/")
            self._check_token(token)
            params = read_params(request.content_type, request.body, request.query)
            return self._call(method.rstrip("/"), params)
        if path.startswith("/file/bot"):
            token, _, file_path = path[9:].partition("/")
            self._check_token(token)
            file = self.service.files.get(file_path.rpartition("/")[2])
            if file is None:
                raise _NOT_FOUND
            return Response(200, file.content, "application/octet-stream")
        if path.startswith("/control/") and self._control is not None:
            return self._control.handle(path.removeprefix("/control/"), request)
        raise _NOT_FOUND

    def _check_token(self, token: str) -> None:
        if token == self.service.token:
            return
        number, _, secret = token.partition(":")
        if number.isdigit() and secret:
            raise ApiError(401, "Unauthorized")
        raise _NOT_FOUND

    def _call(self, method: str, params: Params) -> Outcome | Awaitable[Outcome]:
        faults = self.service.faults
        if faults:
            fault = faults.take(method, params.integer("chat_id") if params.has("chat_id") else None)
            if fault is not None:
                return self._spoil(fault, method, params)
        result = call(self.service, method, params)
        if asyncio.iscoroutine(result):
            return _await_result(result)
        return _json(200, {"ok": True, "result": result})

    async def _spoil(self, fault: Fault, method: str, params: Params) -> Outcome:
        if fault.acts:
            try:
                result = call(self.service, method, params)
                if asyncio.iscoroutine(result):
                    await result
            except ApiError as refusal:
                return _json(refusal.code, refusal.body())
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.ending == "hang":
            return Hang()
        if fault.ending == "close":
            return Cut()
        return Response(fault.status, fault.body, fault.content_type)


async def _await_result(result: Awaitable[Any]) -> Outcome:
    try:
        return _json(200, {"ok": True, "result": await result})
    except ApiError as refusal:
        return _json(refusal.code, refusal.body())


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _json(status: int, body: Json) -> Response:
    return Response(status, _encode(body).encode())
