"""The stand-in over HTTP: tokens, errors inside 200, both body shapes, faults on order."""

import asyncio
import json
from typing import Any, Self
from urllib.parse import unquote

from bot.demo.botapi.wire import Connection, Cut, Hang, Outcome, Request, Response
from bot.demo.zaloapi.model import ApiError, Json, ZaloBot
from bot.demo.zaloapi.photos import PhotoFetcher
from bot.demo.zaloapi.service import ZaloService
from bot.demo.zaloapi.webhook import WebhookSender


class ZaloServer:
    """`async with ZaloServer(service) as server: server.url`.  `port` 0 picks a free one.

    Every second refusal has its code as a string, as the real one sometimes does.
    """

    def __init__(
        self,
        service: ZaloService | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        *,
        leads_to: str | None = None,
    ) -> None:
        """`leads_to`: where every public address is reached on this machine: webhooks are posted there, and
        photos fetched; without it no webhook arrives, and any address is taken for a photo's."""
        self.service = service or ZaloService()
        self.host = host
        self.port = port
        self.calls: list[tuple[str, Json]] = []  #: (method, params) of everything but polls
        self._server: asyncio.Server | None = None
        self._connections: set[Connection] = set()
        self._refusals = 0
        self.webhooks = WebhookSender(self.service, leads_to)
        self._photos = PhotoFetcher(leads_to) if leads_to else None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: Connection(self._handle, self._connections), self.host, self.port
        )
        self.port = self._server.sockets[0].getsockname()[1]
        await self.webhooks.start()
        if self._photos is not None:
            await self._photos.start()
            self.service.fetch = self._photos.fetch

    async def stop(self) -> None:
        """Cuts every connection; may be started again on the same port."""
        if self._server is None:
            return
        await self.webhooks.stop()
        if self._photos is not None:
            await self._photos.stop()
        self._server.close()
        for connection in tuple(self._connections):
            connection.abort()
        await self._server.wait_closed()
        self._server = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _handle(self, request: Request) -> Outcome:
        token, _, method = unquote(request.path).removeprefix("/bot").partition("/")
        try:
            bot = self._bot(request, token)
            params = _params(request)
            if method != "getUpdates":
                self.calls.append((method, params))
            fault = self.service.faults.take(method, None)
            if fault is None:
                return _json(self._good(method, await self.service.call(bot, method, params)))
            if fault.acts:
                await self.service.call(bot, method, params)
        except ApiError as refusal:
            self._refusals += 1
            return _json(refusal.body(as_string=self._refusals % 2 == 0))
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.ending == "hang":
            return Hang()
        if fault.ending == "close":
            return Cut()
        return Response(fault.status, fault.body, fault.content_type)

    def _good(self, method: str, result: Any) -> Json:
        if method == "getUpdates" and not self.service.flat:
            return {"ok": True, "result": {"ok": True, "result": result}}
        return {"ok": True, "result": result}

    def _bot(self, request: Request, token: str) -> ZaloBot:
        if not request.path.startswith("/bot"):
            raise ApiError(404, "Not found")
        bot = self.service.bots.get(token)
        if bot is None:
            raise ApiError(401, "Unauthorized")
        return bot


def _params(request: Request) -> Json:
    if not request.body:
        return {}
    try:
        params = json.loads(request.body)
    except ValueError:
        raise ApiError(400, "Bad request: the body is no JSON") from None
    if request.method != "POST" or not isinstance(params, dict):
        raise ApiError(400, "Bad request")
    return params


def _json(body: Json) -> Response:
    return Response(200, json.dumps(body, ensure_ascii=False).encode())
