"""The command and our Bot API server as real processes, as a user's machine has them."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_OURS = (
    "TELEGRAM_",
    "ZALO_",
    "DATABASE_",
    "NHACLICH_",
    "PUBLIC_",
    "HTTP_PORT",
    "WEBHOOK_",
    "SEND_",
    "TIMEZONE",
)


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """The environment of a child: nothing of ours in it but `extra`."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith((*_OURS, "COLUMNS", "FORCE_COLOR"))}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": ""} | dict(extra)


@dataclass
class Office:
    """An empty folder in which somebody works with `nhaclich`."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str | Path, typed: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
        """One command, to its end.  `typed` is what the user types; then stdin is at its end."""
        return subprocess.run(
            [sys.executable, "-m", "bot", *map(str, words)],
            cwd=self.folder,
            env=environment(self.settings | settings),
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )

    def ok(self, *words: str | Path, typed: str = "", **settings: str) -> str:
        """The same where it must go well; what it printed."""
        done = self.run(*words, typed=typed, **settings)
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    @contextmanager
    def start(self, *words: str, log: Path, **settings: str) -> Iterator["subprocess.Popen[bytes]"]:
        """A command that goes on; killed at the end if it has not ended."""
        with log.open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", *words],
                cwd=self.folder,
                env=environment(self.settings | settings),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
            )
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


class Chats:
    """Our Bot API server in a process of its own, driven through its control API."""

    def __init__(self, url: str, token: str) -> None:
        self.url = url
        self.token = token

    def get(self, view: str) -> Any:
        return self._ask(urllib.request.Request(f"{self.url}/control/{view}"))

    def post(self, action: str, **given: Any) -> Any:
        body = json.dumps(given).encode()
        return self._ask(urllib.request.Request(f"{self.url}/control/{action}", data=body, method="POST"))

    def _ask(self, request: urllib.request.Request) -> Any:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                raise AssertionError(f"{request.full_url}: {error.read().decode()}") from None

    @property
    def settings(self) -> dict[str, str]:
        return {"TELEGRAM_BOT_TOKEN": self.token, "TELEGRAM_API_URL": self.url}


@contextmanager
def chats(**extra: str) -> Iterator[Chats]:
    """The server, with Telegram's limits on, on any free port."""
    command = [sys.executable, "-m", "bot.demo.botapi", "--port", "0"]
    with subprocess.Popen(command, env=environment(extra), stdout=subprocess.PIPE, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            yield Chats(told["url"], told["token"])
        finally:
            process.kill()


def wait_until(condition: Any, within: float = 30.0, every: float = 0.1) -> Any:
    """What `condition()` gives as soon as it is true.  AssertionError after `within` seconds."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        if found := condition():
            return found
        time.sleep(every)
    raise AssertionError(f"not true within {within:g} s: {condition}")
