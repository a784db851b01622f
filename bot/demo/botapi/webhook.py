"""Posts updates to the bot's webhook, one after another, again until it takes them."""

import asyncio
import contextlib

import aiohttp

from bot.clock import SystemClock
from bot.demo.botapi.service import ChatService

_RETRY_AFTER = (0.1, 0.3, 1.0, 3.0)  #: seconds; the last one repeats
_TIMEOUT = aiohttp.ClientTimeout(total=15)
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header


class WebhookSender:
    """Runs while the server runs; idle while no webhook is set."""

    def __init__(self, service: ChatService) -> None:
        self._service = service
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _run(self) -> None:
        updates, webhook = self._service.updates, self._service.webhook
        session: aiohttp.ClientSession | None = None
        failures = 0
        try:
            while True:
                if not webhook.url:
                    await webhook.changed.wait()
                    webhook.changed.clear()
                    continue
                await updates.wait()
                update = updates.first()
                if update is None or not webhook.url:
                    continue
                session = session or aiohttp.ClientSession(timeout=_TIMEOUT)
                error = await self._post(session, update)
                if error is None:
                    failures = 0
                    webhook.posted += 1
                    updates.confirm(update["update_id"] + 1)
                    continue
                webhook.last_error, webhook.last_error_at = error, SystemClock().now()
                await asyncio.sleep(_RETRY_AFTER[min(failures, len(_RETRY_AFTER) - 1)])
                failures += 1
        finally:
            if session is not None:
                await session.close()

    async def _post(self, session: aiohttp.ClientSession, update: dict[str, object]) -> str | None:
        """None when the other side took it, otherwise what getWebhookInfo says."""
        webhook = self._service.webhook
        headers = {_SECRET_HEADER: webhook.secret} if webhook.secret else {}
        try:
            async with session.post(webhook.url, json=update, headers=headers) as reply:
                await reply.read()
                if 200 <= reply.status < 300:
                    return None
                return f"Wrong response from the webhook: {reply.status} {reply.reason}"
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError:
            return "Connection refused"
