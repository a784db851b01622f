"""Webhooks: a request is known by its secret before a byte of its body is read; it is answered when what
it brought is stored, and before it is acted on."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.hooks import Hook

log = logging.getLogger(__name__)

LARGEST_BODY = 1024 * 1024  #: bytes; an update of either service has a tenth of it at most
READ_SECONDS = 10.0
STORE_SECONDS = 15.0
SAY_AGAIN = 60.0  #: seconds between two lines about the same trouble of the same bot

#: channel, bot, what became of a request
Counted = Callable[[str, str, str], None]


class Hooks:
    """The doors of all bots."""

    def __init__(
        self, hooks: Sequence[Hook], counted: Counted, timer: Callable[[], float] = time.monotonic
    ) -> None:
        self._hooks = {hook.path: hook for hook in hooks}
        self._counted = counted
        self._timer = timer
        self._said: dict[tuple[str, str], float] = {}

    def routes(self) -> list[Route]:
        return [Route(path, self.answer, methods=["GET", "POST"]) for path in self._hooks]

    async def answer(self, request: Request) -> Response:
        hook = self._hooks[request.url.path]
        if request.method != "POST":  # somebody looks whether there is a door
            return PlainTextResponse("ok")
        status, result = await self._taken(hook, request)
        self._counted(hook.channel, hook.bot, result)
        return PlainTextResponse("ok" if status == 200 else result, status)

    async def _taken(self, hook: Hook, request: Request) -> tuple[int, str]:
        if not hook.knows(request.headers.get(hook.header, "")):
            self._say(hook, "bore a wrong secret: another program, or another WEBHOOK_SECRET than was set")
            return 403, "wrong secret"
        try:
            async with asyncio.timeout(READ_SECONDS):
                body = await _bounded(request)
        except (TimeoutError, ClientDisconnect):
            self._say(hook, "did not come to its end")
            return 408, "incomplete"
        if body is None:
            self._say(hook, f"had more than {LARGEST_BODY // 1024} KiB and was not read")
            return 413, "too large"
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            self._say(hook, "was no JSON")
            return 400, "no JSON"
        return await self._stored(hook, update)

    async def _stored(self, hook: Hook, update: Any) -> tuple[int, str]:
        try:
            async with asyncio.timeout(STORE_SECONDS):
                fresh = await hook.accept(update)
        except Exception:  # it is delivered again
            log.exception("an update of %s bot %s is not stored", hook.channel, hook.bot)
            return 503, "not stored"
        return 200, "stored" if fresh else "ignored"

    def _say(self, hook: Hook, what: str) -> None:
        now, key = self._timer(), (hook.path, what)
        if now - self._said.get(key, float("-inf")) >= SAY_AGAIN:
            self._said[key] = now
            about = {"channel": hook.channel, "bot": hook.bot}
            log.warning("a webhook request for %s bot %s %s", hook.channel, hook.bot, what, extra=about)


async def _bounded(request: Request) -> bytes | None:
    """None: it is too large; the rest of it is not read."""
    declared = request.headers.get("content-length", "0")
    if not declared.isdigit() or int(declared[:20]) > LARGEST_BODY:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)
