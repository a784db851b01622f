"""The receiving side: `python -m bench.server PEOPLE limits|none CORE` prints its address and serves."""

import asyncio
import json
import sys

from bench.world import FIRST_CHAT, use_core
from bot.demo.botapi import BotApiServer, ChatService, Limits


async def main(people: int, limits: str, core: str) -> None:
    if core:
        use_core(int(core))
    service = ChatService(limits=Limits() if limits == "limits" else Limits.none())
    for number in range(people):
        service.add_user(FIRST_CHAT + number, "Mai", started=True)
    async with BotApiServer(service) as server:
        print(server.url, flush=True)
        await report(service)


async def report(service: ChatService) -> None:
    """On every line of input: how many were accepted and refused, and when the first and last came."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while await reader.readline():
        times = [one.sent_at.timestamp() for one in service.sent()]
        print(json.dumps({"times": times, "refused": len(service.refused)}), flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
