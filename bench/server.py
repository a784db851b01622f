"""The receiving side: `python -m bench.server PEOPLE limits|none CORE` prints its address and serves.

It also plays people who ask something, and holds the watch.
"""

import asyncio
import json
import sys
import time

from bench.world import FIRST_CHAT, use_core
from bot.demo.botapi import BotApiServer, ChatService, Limits
from bot.demo.botapi.model import ChatEvent


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
    """Does what each line of input says, and prints a line where it is asked for figures."""
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    watch = Watch(service)
    while line := (await reader.readline()).decode().strip():
        what, _, rest = line.partition(" ")
        if what == "counts":
            times = [one.sent_at.timestamp() for one in service.sent()]
            print(json.dumps({"times": times, "refused": len(service.refused)}), flush=True)
        elif what == "waits":
            print(json.dumps(await watch.waits()), flush=True)
        else:
            chat, _, words = rest.partition(" ")
            watch.begin(int(chat), what, words)


class Watch:
    """From the moment that somebody does something to the first message or change that she gets."""

    def __init__(self, service: ChatService) -> None:
        self._service = service
        self._begun: dict[int, float] = {}
        self._waits: list[float] = []
        service.listen(self._heard)

    def begin(self, chat: int, what: str, words: str) -> None:
        assert chat not in self._begun, "still waiting for the answer before"
        if what == "say":
            self._service.type(chat, words)
        else:
            self._service.press(chat, self._service.last(chat).id, words)
        self._begun[chat] = time.perf_counter()

    async def waits(self) -> list[float]:
        """Since the last time that it was asked; once nobody waits any more."""
        await self._service.until(lambda: not self._begun, within=30.0)
        found, self._waits = self._waits, []
        return found

    def _heard(self, event: ChatEvent) -> None:
        if event.chat_id in self._begun and event.kind in ("message", "edit"):
            self._waits.append(time.perf_counter() - self._begun.pop(event.chat_id))


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
