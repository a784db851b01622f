"""How requests reach the Bot API: python-telegram-bot's request class over aiohttp, which is several
times as fast as its default one; through a SOCKS proxy, which aiohttp does not know, the default one."""

import asyncio
import io
import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, cast
from urllib.parse import urlsplit

import aiohttp
import orjson
from telegram import Bot
from telegram.error import NetworkError
from telegram.request import BaseRequest, HTTPXRequest, RequestData

#: python-telegram-bot's coming behaviour; without it every 429 gives a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "1")

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
MEDIA_SECONDS = 60.0
CONNECTIONS = 64
KEEP_ALIVE_SECONDS = 20.0  #: shorter than the other side's, so that no request meets a closing connection
_JSON = {"Content-Type": "application/json"}


class NotSentError(NetworkError):
    """The request surely did not reach the service: no connection could be made."""


class LostError(NetworkError):
    """The connection died or timed out: the request may have been acted upon."""


class AiohttpRequest(BaseRequest):
    """`proxy` is an http:// address.  The session is opened at the first request, in its event loop."""

    def __init__(self, *, proxy: str | None = None, read_timeout: float = READ_SECONDS) -> None:
        self._proxy = proxy
        self.read_seconds = read_timeout
        self._session: aiohttp.ClientSession | None = None
        self._timeouts: dict[tuple[float | None, float | None], aiohttp.ClientTimeout] = {}

    @property
    def read_timeout(self) -> float:
        return self.read_seconds

    async def initialize(self) -> None:
        """Nothing to do: see the class."""

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The service repeats the whole message in its answer; what orjson does not take (half an emoji,
        a gateway's HTML) is left to the standard library."""
        try:
            return cast(dict[str, Any], orjson.loads(payload))
        except orjson.JSONDecodeError:
            return BaseRequest.parse_json_payload(payload)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        session = self._session or self._open()
        files = request_data is not None and request_data.contains_files
        default = MEDIA_SECONDS if files else self.read_seconds
        timeout = self._timeout(
            CONNECT_SECONDS if connect_timeout is BaseRequest.DEFAULT_NONE else connect_timeout,
            default if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout,
        )
        body = _body(request_data) if request_data is not None else None
        headers = _JSON if isinstance(body, bytes) else None
        try:
            async with session.request(
                method, url, data=body, headers=headers, proxy=self._proxy, timeout=timeout
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(type(error).__name__) from None
        except aiohttp.ClientHttpProxyError as error:
            raise NotSentError(f"the proxy refused: {error.status}") from None
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            # `from None`: these errors hold the address, and the address holds the token.
            raise LostError(type(error).__name__) from None

    def _open(self) -> aiohttp.ClientSession:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            loop=asyncio.get_running_loop(),
        )
        return self._session

    def _timeout(self, connect: float | None, read: float | None) -> aiohttp.ClientTimeout:
        known = self._timeouts.get((connect, read))
        if known is None:
            # Waiting for a free connection is our own queueing: it is part of `connect`, generously.
            known = aiohttp.ClientTimeout(total=None, connect=None, sock_connect=connect, sock_read=read)
            self._timeouts[connect, read] = known
        return known


class _Fields:
    """What a transport uses of RequestData, which may not be inherited from."""

    __slots__ = ("json_parameters",)

    contains_files = False
    multipart_data: Mapping[str, object] = MappingProxyType({})

    def __init__(self, json_parameters: dict[str, str]) -> None:
        self.json_parameters = json_parameters


def fields(**given: str | None) -> RequestData:
    """The fields of a request, ready as text.

    python-telegram-bot's own methods build and parse a tree of objects for every message, which takes
    most of the time of a broadcast; all we need back is the message's id.
    """
    return cast(RequestData, _Fields({name: text for name, text in given.items() if text is not None}))


def _body(data: RequestData) -> bytes | aiohttp.FormData:
    """JSON where there is no file: percent-encoding Vietnamese is slow, and longer."""
    if not data.contains_files:
        return orjson.dumps(data.json_parameters)
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, mime) in data.multipart_data.items():
        stream = io.BytesIO(content) if isinstance(content, bytes) else content  # sent in pieces
        form.add_field(name, stream, filename=file_name, content_type=mime)
    return form


def open_request(proxy: str | None = None, *, read_timeout: float = READ_SECONDS) -> BaseRequest:
    """A transport for one bot.  `proxy`: http://…, socks5://… or none."""
    if proxy and urlsplit(proxy).scheme.startswith("socks"):
        return HTTPXRequest(
            connection_pool_size=8,
            proxy=proxy,
            read_timeout=read_timeout,
            connect_timeout=CONNECT_SECONDS,
            pool_timeout=READ_SECONDS,
        )
    return AiohttpRequest(proxy=proxy, read_timeout=read_timeout)


def open_bot(token: str, api_url: str = "https://api.telegram.org", proxy: str | None = None) -> Bot:
    """A bot with its transports; `api_url` may be a self-hosted Bot API server or a test server.

    Usable without `initialize()`; close it with `await bot.shutdown()` after `initialize()`, or
    `await bot.request.shutdown()` otherwise.
    """
    root = api_url.rstrip("/")
    return Bot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=open_request(proxy),
        get_updates_request=open_request(proxy),
    )
