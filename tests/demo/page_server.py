"""The page on a free port, and a browser for it where the machine has one."""

import asyncio
import contextlib
import shutil
import socket
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from bot.demo.web import HOST, create_demo_app, serve
from tests.demo.fake_stage import FakeStage

_BROWSERS = ("chromium", "google-chrome", "chromium-browser", "google-chrome-stable")
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextlib.asynccontextmanager
async def page_served() -> AsyncIterator[tuple[FakeStage, str]]:
    """The stage and the page's address."""
    async with FakeStage() as stage:
        port = free_port()
        started = asyncio.Event()
        app = create_demo_app(stage.phones, stage)
        running = asyncio.create_task(serve(app, port, started=started))
        await started.wait()
        try:
            yield stage, f"http://{HOST}:{port}"
        finally:
            running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await running


@contextlib.asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Skips the test where no browser is installed."""
    found = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser on this machine (looked for {', '.join(_BROWSERS)})")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=found, args=_ARGUMENTS)
        try:
            yield launched
        finally:
            await launched.close()
