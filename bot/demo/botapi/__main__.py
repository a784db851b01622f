"""The server in a process of its own: `python -m bot.demo.botapi --port N [--token T] [--no-limits]`.

Prints one JSON line {"url", "token"} once it listens; /control/… is on.
"""

import argparse
import asyncio
import contextlib
import json
import sys

from bot.demo.botapi.limits import Limits
from bot.demo.botapi.server import BotApiServer
from bot.demo.botapi.service import DEFAULT_TOKEN, ChatService


async def _serve(port: int, token: str, limits: Limits) -> None:
    service = ChatService(token=token, limits=limits)
    async with BotApiServer(service, port=port, control=True) as server:
        sys.stdout.write(json.dumps({"url": server.url, "token": token}) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bot.demo.botapi", description="Local Bot API server")
    options.add_argument("--port", type=int, default=0, help="0: any free port")
    options.add_argument("--token", default=DEFAULT_TOKEN)
    options.add_argument("--no-limits", action="store_true", help="no flood control")
    given = options.parse_args()
    limits = Limits.none() if given.no_limits else Limits()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(given.port, given.token, limits))


if __name__ == "__main__":
    main()
