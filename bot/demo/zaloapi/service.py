"""What the platform does: people write to bots, bots poll and answer."""

import asyncio
import datetime as dt
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from bot.clock import Clock, SystemClock
from bot.demo.botapi.faults import Faults
from bot.demo.zaloapi.model import TEXT_LIMIT, ApiError, Json, Plan, ZaloBot, ZaloMessage
from bot.demo.zaloapi.photos import check_address
from bot.message import utf16_length

LONGEST_POLL = 50


class ZaloService:
    """Belongs to one event loop.  `flat`: updates come without their wrapping, as some do."""

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock = clock or SystemClock()
        self.bots: dict[str, ZaloBot] = {}  #: by token
        self.faults = Faults()
        self.flat = False
        self.arrived = asyncio.Event()  #: somebody wrote, or a webhook was set
        self.verify: Callable[[ZaloBot], Awaitable[Json]] | None = None  #: tries an address that is set
        #: Looks at the picture of an address, raises ApiError; None: whatever stands there is taken.
        self.fetch: Callable[[str], Awaitable[None]] | None = None
        self._listeners: list[Callable[[ZaloBot, str, int], None]] = []

    def add_bot(self, token: str, name: str = "Nhắc Lịch", *, plan: Plan | None = None) -> ZaloBot:
        bot = ZaloBot(token.partition(":")[0], token, name, plan or Plan())
        self.bots[token] = bot
        return bot

    def listen(self, listener: Callable[[ZaloBot, str, int], None]) -> Callable[[], None]:
        """Told the bot, the chat and the number (from 1) of each message; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # People

    def write(
        self, bot: ZaloBot, person: str, text: str, name: str = "Cô Mai", group: str = ""
    ) -> Json | None:
        """Somebody writes to the bot (in a group).  None: the bot is full and never hears of it."""
        return self.post(bot, person, "message.text.received", {"text": text}, name=name, group=group)

    def post(
        self, bot: ZaloBot, person: str, event: str, content: Json, *, name: str = "Cô Mai", group: str = ""
    ) -> Json | None:
        limit = bot.plan.people
        if person not in bot.people and limit is not None and len(bot.people) >= limit:
            return None
        bot.people.setdefault(person, name)
        chat_id = group or person
        message = self._said(bot, chat_id, str(content.get("text", "")), from_bot=False)
        update: Json = {
            "event_name": event,
            "message": {
                "from": {"id": person, "display_name": name, "is_bot": False},
                "chat": {"id": chat_id, "chat_type": "GROUP" if group else "PRIVATE"},
                "message_id": message.id,
                "date": message.date,
                **content,
            },
        }
        self.deliver(bot, update)
        return update

    def deliver(self, bot: ZaloBot, update: Json) -> None:
        """Also a second time: the platform repeats what it thinks was lost."""
        bot.updates.append(update)
        self.arrived.set()
        if bot.poll is not None and not bot.poll.done():
            bot.poll.set_result(None)

    def block(self, bot: ZaloBot, person: str) -> None:
        bot.blocked.add(person)

    # Bots

    async def call(self, bot: ZaloBot, method: str, params: Json) -> Any:
        """The `result`.  Raises ApiError."""
        if method == "getUpdates":
            return await self._get_update(bot, params)
        if method == "getMe":
            return {
                "id": bot.id,
                "account_name": bot.name,
                "account_type": "BASIC",
                "can_join_groups": False,
            }
        if method == "sendMessage":
            return self._send(bot, params)
        if method == "sendPhoto":
            return await self._send_photo(bot, params)
        if method in ("sendSticker", "sendChatAction"):
            self._check_chat(bot, params)
            return {}
        if method == "setWebhook":
            return await self._set_webhook(bot, params)
        if method == "deleteWebhook":
            bot.webhook = None
            return {"url": ""}
        if method == "getWebhookInfo":
            return {"url": bot.webhook[0] if bot.webhook else "", "updated_at": self._now()}
        raise ApiError(404, "Method not found")

    async def _get_update(self, bot: ZaloBot, params: Json) -> Json:
        if bot.webhook is not None:
            raise ApiError(400, "Can't use getUpdates method while webhook is active")
        if bot.poll is not None and not bot.poll.done():
            bot.poll.set_exception(ApiError(409, "Conflict: terminated by other getUpdates request"))
        if not bot.updates:
            seconds = min(float(params.get("timeout") or 0), LONGEST_POLL)
            bot.poll = waiting = asyncio.get_running_loop().create_future()
            try:
                await asyncio.wait_for(waiting, seconds)
            except TimeoutError:
                raise ApiError(408, "Request timeout") from None
            finally:
                if bot.poll is waiting:
                    bot.poll = None
        if not bot.updates:
            raise ApiError(408, "Request timeout")
        return bot.updates.popleft()

    def _send(self, bot: ZaloBot, params: Json) -> Json:
        text = params.get("text")
        if not isinstance(text, str) or not 1 <= utf16_length(text) <= TEXT_LIMIT or not text.strip():
            raise ApiError(400, "Bad request: text must be 1 to 2000 characters")
        return self._sent(bot, self._check_chat(bot, params), text)

    async def _send_photo(self, bot: ZaloBot, params: Json) -> Json:
        caption = params.get("caption", "")
        if not isinstance(caption, str) or utf16_length(caption) > TEXT_LIMIT:
            raise ApiError(400, "Bad request: caption")
        url = check_address(params.get("photo"))
        chat_id = self._check_chat(bot, params)
        if self.fetch is not None:
            await self.fetch(url)
        return self._sent(bot, chat_id, caption, url)

    def _sent(self, bot: ZaloBot, chat_id: str, text: str, photo: str = "") -> Json:
        if bot.plan.messages is not None and bot.sent >= bot.plan.messages:
            raise ApiError(429, "Monthly message quota exceeded")
        bot.sent += 1
        message = self._said(bot, chat_id, text, from_bot=True, photo=photo)
        return {"message_id": message.id, "date": message.date}

    def _check_chat(self, bot: ZaloBot, params: Json) -> str:
        chat_id = params.get("chat_id")
        if not isinstance(chat_id, str) or chat_id not in bot.chats:
            raise ApiError(400, "Bad request: chat not found")
        if chat_id in bot.blocked:
            raise ApiError(400, "Bad request: the user has blocked the bot")
        return chat_id

    async def _set_webhook(self, bot: ZaloBot, params: Json) -> Json:
        url, secret = str(params.get("url") or ""), str(params.get("secret_token") or "")
        if not url.startswith("https://") or not 8 <= len(secret) <= 256:
            raise ApiError(400, "Bad request: url or secret_token")
        bot.webhook = (url, secret)
        self.arrived.set()
        verified = await self.verify(bot) if self.verify else {"ok": False, "outcome": "NOT_TRIED"}
        return {"url": url, "updated_at": self._now(), "verification": verified}

    def _said(self, bot: ZaloBot, chat_id: str, text: str, *, from_bot: bool, photo: str = "") -> ZaloMessage:
        message = ZaloMessage(secrets.token_hex(8), text, from_bot, self._now(), photo)
        chat = bot.chats.setdefault(chat_id, [])
        chat.append(message)
        for listener in tuple(self._listeners):
            listener(bot, chat_id, len(chat))
        return message

    def _now(self) -> int:
        return int(self.clock.now().astimezone(dt.UTC).timestamp() * 1000)
