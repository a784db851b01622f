"""A lean HTTP/1.1 server on asyncio: keep-alive, bodies by length or in chunks, nothing else.

A general web server costs more per request than the whole Bot API call, and does not let a test
cut or hang a connection on purpose.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

BODY_LIMIT = 55 * 1024 * 1024
_HEAD_LIMIT = 64 * 1024
_REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found"}


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    query: str
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    body: bytes
    content_type: str = "application/json"


@dataclass(frozen=True, slots=True)
class Hang:
    """Answer nothing, keep the connection."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Close the connection without an answer."""


Outcome = Response | Hang | Cut
Handler = Callable[[Request], Outcome | Awaitable[Outcome]]


class Connection(asyncio.Protocol):
    """One client.  Requests on it are answered in order; a handler that waits holds the next one back."""

    def __init__(self, handler: Handler, open_connections: set["Connection"]) -> None:
        self._handler = handler
        self._open = open_connections
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None
        self._task: asyncio.Task[None] | None = None
        self._hanging = False
        self._continued = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._open.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._open.discard(self)
        if self._task is not None:
            self._task.cancel()
        self._transport = None

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._serve()

    def _serve(self) -> None:
        while self._task is None and not self._hanging and self._transport is not None:
            try:
                request = self._next_request()
            except ValueError:
                self._write(Response(400, b'{"ok":false,"error_code":400,"description":"Bad Request"}'))
                self._close()
                return
            if request is None:
                return
            outcome = self._handler(request)
            if isinstance(outcome, Response | Hang | Cut):
                self._finish(outcome)
            else:
                self._task = asyncio.ensure_future(self._later(outcome))

    async def _later(self, outcome: Awaitable[Outcome]) -> None:
        try:
            result = await outcome
        except Exception as error:
            result = Response(500, f'{{"ok":false,"description":"{type(error).__name__}"}}'.encode())
        self._task = None
        self._finish(result)
        self._serve()

    def _finish(self, outcome: Outcome) -> None:
        if isinstance(outcome, Response):
            self._write(outcome)
        elif isinstance(outcome, Cut):
            self.abort()
        else:
            self._hanging = True

    def _write(self, response: Response) -> None:
        if self._transport is None:
            return
        reason = _REASONS.get(response.status, "Status")
        self._transport.write(
            f"HTTP/1.1 {response.status} {reason}\r\nContent-Type: {response.content_type}\r\n"
            f"Content-Length: {len(response.body)}\r\n\r\n".encode("latin-1")
            + response.body
        )

    def _close(self) -> None:
        if self._transport is not None:
            self._transport.close()

    def _next_request(self) -> Request | None:
        """The first whole request in the buffer, taken out of it.  Raises ValueError for none at all."""
        buffer = self._buffer
        head_end = buffer.find(b"\r\n\r\n")
        if head_end < 0:
            if len(buffer) > _HEAD_LIMIT:
                raise ValueError("head too long")
            return None
        lines = buffer[:head_end].decode("latin-1").split("\r\n")
        method, target, _ = lines[0].split(" ", 2)
        length, content_type, chunked = 0, "", False
        for line in lines[1:]:
            name, _, value = line.partition(":")
            name = name.lower()
            if name == "content-length":
                length = int(value)
            elif name == "content-type":
                content_type = value.strip()
            elif name == "transfer-encoding":
                chunked = "chunked" in value.lower()
            elif name == "expect" and not self._continued and self._transport is not None:
                self._continued = True
                self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        start = head_end + 4
        if not 0 <= length <= BODY_LIMIT:
            raise ValueError("body too long")
        if chunked:
            found = _chunks(buffer, start)
            if found is None:
                return None
            body, end = found
        else:
            end = start + length
            if len(buffer) < end:
                return None
            body = bytes(buffer[start:end])
        del buffer[:end]
        self._continued = False
        path, _, query = target.partition("?")
        return Request(method, path, query, content_type, body)


def _chunks(buffer: bytearray, at: int) -> tuple[bytes, int] | None:
    """The body of a chunked request and where it ends; None: not whole yet."""
    pieces: list[bytes] = []
    while True:
        line_end = buffer.find(b"\r\n", at)
        if line_end < 0:
            return None
        size = int(bytes(buffer[at:line_end]).split(b";")[0], 16)
        start = line_end + 2
        if sum(map(len, pieces)) + size > BODY_LIMIT:
            raise ValueError("body too long")
        if len(buffer) < start + size + 2:
            return None
        if size == 0:
            return b"".join(pieces), start + 2
        pieces.append(bytes(buffer[start : start + size]))
        at = start + size + 2
