"""The demo's web side: `create_demo_app` for the page, `serve` to run it.

The page and the Bot API listen on two ports of 127.0.0.1: the page here, the bot's side in
`bot.demo.botapi.BotApiServer`.  Both share one ChatService and one event loop.
"""

import asyncio
import socket

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from bot.demo.page.events import Hub
from bot.demo.page.guard import Guard
from bot.demo.page.routes import Api
from bot.demo.phones import Phones
from bot.demo.stage import Stage
from bot.errors import NhacLichError
from bot.resources import data_path

HOST = "127.0.0.1"


def create_demo_app(phones: Phones, stage: Stage) -> Starlette:
    """The page over the phones and a stage; needs the running event loop of both."""
    hub = Hub(phones, stage)
    static = data_path("demo")

    async def index(request: Request) -> Response:
        return FileResponse(static / "index.html", headers={"Cache-Control": "no-cache"})

    routes = [
        Route("/", index),
        *Api(phones, stage, hub).routes(),
        Mount("/static", StaticFiles(directory=static)),
    ]
    app = Starlette(
        routes=routes, middleware=[Middleware(Guard), Middleware(GZipMiddleware, minimum_size=1000)]
    )
    app.state.hub = hub
    return app


async def serve(app: Starlette, port: int, *, started: asyncio.Event | None = None) -> None:
    """Serve on 127.0.0.1 until cancelled or interrupted; `started` is set once it listens.

    Raises NhacLichError when the port is taken.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise NhacLichError(
            f"Cổng {port} trên máy này đang có chương trình khác dùng; hãy chọn cổng khác bằng --port.",
            detail=f"bind {HOST}:{port}: {error.strerror}",
        ) from error
    config = uvicorn.Config(
        app,
        log_config=None,  # our own, as everywhere
        log_level="warning",
        lifespan="off",
        timeout_graceful_shutdown=2,
    )
    server = _Server(config, app.state.hub)
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        if started is not None:
            while not server.started and not running.done():  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(0.01)
            started.set()
        await asyncio.shield(running)
    except asyncio.CancelledError:
        server.should_exit = True
        await running
        raise
    finally:
        listener.close()


class _Server(uvicorn.Server):
    """Ends the streams of events first: they would hold the shutdown up."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._hub.close()
        await super().shutdown(sockets)
