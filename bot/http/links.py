"""Private links: `/f/<token>` a file, `/cal/<token>.ics` a calendar.  Nothing can be listed or guessed, and
every address that opens nothing is answered alike."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from typing import TypeVar
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.flows.papers.links import FEEDS, FILES, opened_feed, opened_file
from bot.flows.work import Work
from bot.storage.work import Desk
from bot.vocabulary import strip_marks

T = TypeVar("T")

_GONE = "Liên kết này không còn dùng được. Đề nghị lấy lại từ cuộc trò chuyện với bot.\n"
_FEED_AGE = 900  #: seconds for which a calendar program need not ask again
_PRIVATE = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


class Links:
    def __init__(self, desk: Desk, executor: Executor) -> None:
        self._desk = desk
        self._executor = executor

    def routes(self) -> list[Route]:
        return [
            Route(f"{FILES}{{token:path}}", self.file, methods=["GET"]),
            Route(f"{FEEDS}{{token:path}}.ics", self.feed, methods=["GET"]),
        ]

    async def file(self, request: Request) -> Response:
        token = request.path_params["token"]
        found = await self._see(lambda work: opened_file(work, token))
        if found is None:
            return _gone()
        headers = _PRIVATE | {
            "Cache-Control": "private, no-store",
            "Content-Disposition": _attachment(found.name),
        }
        return Response(found.content, headers=headers, media_type=found.mime)

    async def feed(self, request: Request) -> Response:
        token = request.path_params["token"]
        found = await self._see(lambda work: opened_feed(work, token))
        if found is None:
            return _gone()
        tag = f'"{found.version}"'
        headers = _PRIVATE | {"Cache-Control": f"private, max-age={_FEED_AGE}", "ETag": tag}
        if tag in [
            one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")
        ]:
            return Response(status_code=304, headers=headers)
        headers["Content-Disposition"] = f'inline; filename="{found.document.name}"'
        return Response(found.document.content, headers=headers, media_type="text/calendar; charset=utf-8")

    async def _see(self, use: Callable[[Work], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._executor, self._desk.see, use)


def _tags(header: str) -> list[str]:
    return [one.strip().removeprefix("W/") for one in header.split(",")]


def _gone() -> Response:
    return PlainTextResponse(_GONE, 404, headers=_PRIVATE | {"Cache-Control": "no-store"})


def _attachment(name: str) -> str:
    """The name as it is for those who read RFC 6266, and without marks for the others."""
    plain = "".join(letter for letter in strip_marks(name) if letter.isascii() and letter.isprintable())
    plain = plain.replace('"', "'").replace("\\", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
