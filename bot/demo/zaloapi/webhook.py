"""Posts what people write to the webhooks of bots, again until it is taken, and tries an address when it
is set."""

import asyncio
import contextlib
from urllib.parse import urlsplit

import aiohttp

from bot.demo.zaloapi.model import Json, ZaloBot
from bot.demo.zaloapi.service import ZaloService

HEADER = "X-Bot-Api-Secret-Token"
_RETRY_AFTER = 0.1
_TIMEOUT = aiohttp.ClientTimeout(total=10)


class WebhookSender:
    """`leads_to` stands for the proxy that ends TLS before a bot: the address on this machine to which
    every public one leads.  Without it no address can be reached."""

    def __init__(self, service: ZaloService, leads_to: str | None) -> None:
        self._service = service
        self._leads_to = leads_to
        self._task: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None
        self.posted: list[int] = []  #: the status of every answer, in order

    async def start(self) -> None:
        self._session = aiohttp.ClientSession(timeout=_TIMEOUT)
        self._service.verify = self._verify
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        if self._session is not None:
            await self._session.close()

    async def _run(self) -> None:
        while True:
            self._service.arrived.clear()
            waiting = [bot for bot in self._service.bots.values() if bot.webhook and bot.updates]
            if not waiting:
                await self._service.arrived.wait()
            for bot in waiting:
                if await self._post(bot, self._shaped(bot.updates[0])) in range(200, 300):
                    bot.updates.popleft()
                else:
                    await asyncio.sleep(_RETRY_AFTER)

    def _shaped(self, update: Json) -> Json:
        return update if self._service.flat else {"ok": True, "result": update}

    async def _verify(self, bot: ZaloBot) -> Json:
        status = await self._post(bot, {"event_name": "webhook.verification"})
        hint = "" if status == 200 else "The webhook must answer 2xx"
        return {
            "ok": status == 200,
            "outcome": "OK" if status == 200 else "FAILED",
            "status_code": status,
            "hint": hint,
        }

    async def _post(self, bot: ZaloBot, body: Json) -> int:
        """The status; 0: nobody answers."""
        if bot.webhook is None or self._session is None or self._leads_to is None:
            return 0
        url, secret = bot.webhook
        try:
            address = f"{self._leads_to}{urlsplit(url).path}"
            async with self._session.post(address, json=body, headers={HEADER: secret}) as answer:
                await answer.read()
                self.posted.append(answer.status)
                return answer.status
        except (TimeoutError, aiohttp.ClientError):
            return 0
