"""One Zalo bot over HTTP: `POST {api_url}/bot<TOKEN>/<method>` with a JSON body.

The address holds the token: it is never logged, and no error that leaves here holds it.
"""

import hashlib
import ssl
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx

from bot.channels.zalo.errors import NothingNewError, later, lost, result_of

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
POLL_SECONDS = 30
POLL_MARGIN = 10.0  #: a poll is answered so many seconds later than asked, at most
CONNECTIONS = 32
IDLE_SECONDS = 5.0  #: after which an unused connection is closed
_KEY_LIMIT = 24


@dataclass(frozen=True, slots=True)
class BotName:
    """Who a bot is, as `getMe` says."""

    id: str
    name: str

    @property
    def link(self) -> str:
        """Opens the chat; it cannot carry a code."""
        return f"https://bot.zaloplatforms.com/bots/{self.id}"


def bot_key(token: str) -> str:
    """What stands for the bot in addresses and rows: the number before the token's colon, which stays when
    the token is reset; for a token of another form, a few digits of its hash."""
    number, colon, _ = token.partition(":")
    if colon and number.isalnum() and len(number) <= _KEY_LIMIT:
        return number
    return hashlib.sha256(token.encode()).hexdigest()[:10]


class ZaloClient:
    """Opened at once, closed with `close()`.  Every method raises the outbox's errors (see `errors`)."""

    def __init__(self, token: str, api_url: str, *, read_seconds: float = READ_SECONDS) -> None:
        self.key = bot_key(token)
        self._root = f"{api_url.rstrip('/')}/bot{token}/"
        self.read_seconds = read_seconds
        self._http = _open(kept=CONNECTIONS)
        # A poll is called back at a stop.  httpcore 1.0.9, called back while it closes connections that
        # were idle too long, drops the rest of them unclosed: so a poll has none but its own.
        self._polls = _open(kept=1)

    async def close(self) -> None:
        await self._polls.aclose()
        await self._http.aclose()

    async def get_me(self) -> BotName:
        found = await self.call("getMe")
        if not isinstance(found, dict):
            raise later("getMe answered without a bot")
        return BotName(str(found.get("id", "")), str(found.get("account_name") or ""))

    async def send_message(self, chat_id: str, text: str) -> str:
        """The message id; plain text of 1 to 2000 UTF-16 units."""
        sent = await self.call("sendMessage", chat_id=chat_id, text=text)
        return _message_id(sent)

    async def send_photo(self, chat_id: str, url: str) -> str:
        """The message id; the service fetches the picture from its public address."""
        return _message_id(await self.call("sendPhoto", chat_id=chat_id, photo=url))

    async def get_update(self, seconds: int = POLL_SECONDS) -> Any:
        """The next update, which is thereby consumed; None: nothing came."""
        try:
            return await self._call(
                self._polls, "getUpdates", read=seconds + POLL_MARGIN, params={"timeout": seconds}
            )
        except NothingNewError:
            return None

    async def set_webhook(self, url: str, secret: str) -> Any:
        """Gives what the service's own verification of the address says, if anything."""
        answer = await self.call("setWebhook", url=url, secret_token=secret)
        return answer.get("verification") if isinstance(answer, dict) else None

    async def webhook_url(self) -> str:
        """Empty: none is set."""
        answer = await self.call("getWebhookInfo")
        return str(answer.get("url") or "") if isinstance(answer, dict) else ""

    async def delete_webhook(self) -> None:
        await self.call("deleteWebhook")

    async def call(self, method: str, **params: Any) -> Any:
        return await self._call(self._http, method, read=self.read_seconds, params=params)

    async def _call(
        self, http: httpx.AsyncClient, method: str, *, read: float, params: dict[str, Any]
    ) -> Any:
        timeout = httpx.Timeout(read, connect=CONNECT_SECONDS, pool=None)
        try:
            answer = await http.post(self._root + method, json=params, timeout=timeout)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol) as error:
            # `from None`: these errors hold the request, and the request holds the token.
            raise later(type(error).__name__) from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise lost(type(error).__name__) from None
        return result_of(answer.status_code, answer.content)


def _open(*, kept: int) -> httpx.AsyncClient:
    """`kept`: so many connections at most stay open between two requests."""
    limits = httpx.Limits(
        max_connections=CONNECTIONS, max_keepalive_connections=kept, keepalive_expiry=IDLE_SECONDS
    )
    return httpx.AsyncClient(limits=limits, trust_env=False, verify=_trusted())


@cache
def _trusted() -> ssl.SSLContext:
    """Whose certificates are taken: the same for every bot, and slow to read."""
    return httpx.create_ssl_context(trust_env=False)


def _message_id(sent: Any) -> str:
    return str(sent.get("message_id", "")) if isinstance(sent, dict) else ""
