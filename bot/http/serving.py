"""Listening on a port while the bot works: what goes wrong here never stops the bot from sending."""

import asyncio
import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

log = logging.getLogger(__name__)

RETRY = 30.0  #: seconds until a port that is in use is tried again
AT_ONCE = 200  #: requests; more are answered 503 at once
BACKLOG = 128


async def keep_serving(app: ASGIApp, host: str, port: int, *, retry: float = RETRY) -> None:
    """Until cancelled.  A port that cannot be had is said once, and tried again every `retry` seconds."""
    told = False
    while True:
        try:
            listener = _listen(host, port)
        except OSError as error:
            if not told:
                log.error(
                    "port %d of %s cannot be used (%s): no health, metrics, webhooks or links until it is "
                    "free; messages go out all the same.  Another port: HTTP_PORT",
                    port,
                    host,
                    error.strerror or type(error).__name__,
                )
            told = True
            await asyncio.sleep(retry)
            continue
        log.info("listening on http://%s:%d", host, port)
        try:
            await _serve(app, listener)
        finally:
            listener.close()


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere it would let two programs share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


async def _serve(app: ASGIApp, listener: socket.socket) -> None:
    config = uvicorn.Config(
        app,
        log_config=None,  # our own, which shows no secret
        log_level="warning",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        limit_concurrency=AT_ONCE,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=3,
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        server.should_exit = True
        await asyncio.wait({running})
        raise


class _Server(uvicorn.Server):
    """A stop is the program's to decide, not the web server's."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
