"""Who may ask what."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

Answer = Callable[[Request], Awaitable[Response]]

_HERE = ("127.0.0.1", "localhost", "::1")  #: a public address for trying it out
_OF_A_PROXY = ("x-forwarded-for", "x-real-ip", "forwarded", "via")


class Direct:
    """For figures that concern nobody outside: who comes through the public address finds nothing."""

    def __init__(self, public_url: str | None) -> None:
        host = urlsplit(public_url).hostname if public_url else None
        self._public_host = None if host in _HERE else host

    def __call__(self, answer: Answer) -> Answer:
        async def guarded(request: Request) -> Response:
            if self._is_from_outside(request):
                return PlainTextResponse("Not Found", 404)
            return await answer(request)

        return guarded

    def _is_from_outside(self, request: Request) -> bool:
        if any(name in request.headers for name in _OF_A_PROXY):
            return True
        return self._public_host is not None and _host(request.headers.get("host", "")) == self._public_host


def _host(netloc: str) -> str | None:
    try:
        return urlsplit(f"//{netloc}").hostname
    except ValueError:
        return None
