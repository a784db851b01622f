"""Firefox by WebDriver BiDi, which it speaks itself: no driver beside it."""

import asyncio
import contextlib
import itertools
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp

_NAMES = ("firefox", "firefox-esr")
_LISTENS = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")
_PREFERENCES = """user_pref("app.update.enabled", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("toolkit.telemetry.enabled", false);
"""


def found() -> str | None:
    """The program, where there is one."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


class Firefox:
    """One tab.  Commands answer in order."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.errors: list[str] = []  #: uncaught errors and console errors of the page
        self._tab = ""

    async def begin(self, width: int, height: int) -> None:
        await self._do("session.new", capabilities={})
        await self._do("session.subscribe", events=["log.entryAdded"])
        tabs = await self._do("browsingContext.getTree")
        self._tab = tabs["contexts"][0]["context"]
        size = {"width": width, "height": height}
        await self._do("browsingContext.setViewport", context=self._tab, viewport=size)

    async def open(self, address: str) -> None:
        await self._do("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    async def evaluate(self, expression: str) -> Any:
        """A text, number or truth value; raises AssertionError where the page throws."""
        answer = await self._do(
            "script.evaluate", expression=expression, target={"context": self._tab}, awaitPromise=True
        )
        assert answer["type"] == "success", answer
        return answer["result"].get("value")

    async def until(self, expression: str, within: float = 60.0) -> Any:
        """Its value, once it is true."""
        async with asyncio.timeout(within):
            while not (value := await self.evaluate(expression)):  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        return value

    async def _do(self, method: str, **params: Any) -> Any:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            said = await self._socket.receive_json(timeout=60)
            if said.get("method") == "log.entryAdded" and said["params"]["level"] == "error":
                self.errors.append(said["params"]["text"])
            if said.get("id") == number:
                assert said["type"] == "success", said
                return said["result"]


@contextlib.asynccontextmanager
async def firefox(
    program: str, profile: Path, width: int = 1440, height: int = 900
) -> AsyncIterator[Firefox]:
    (profile / "user.js").write_text(_PREFERENCES)
    process = await asyncio.create_subprocess_exec(
        program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stderr is not None
        async with asyncio.timeout(60):
            while (listens := _LISTENS.search(await process.stderr.readline())) is None:
                assert process.returncode is None, "Firefox ended at once"
        reading = asyncio.create_task(_drain(process.stderr))
        async with (
            aiohttp.ClientSession() as http,
            http.ws_connect(f"{listens[1].decode()}/session") as socket,
        ):
            browser = Firefox(socket)
            await browser.begin(width, height)
            yield browser
        reading.cancel()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        await process.wait()


async def _drain(stream: asyncio.StreamReader) -> None:
    while await stream.readline():
        pass
