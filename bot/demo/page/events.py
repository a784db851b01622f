"""The stream of server-sent events: what happens in the chats and on the stage, to every open page."""

import asyncio
import contextlib
import json
import logging
import secrets
from collections.abc import AsyncIterator, Iterator

from bot.demo.botapi import ChatEvent
from bot.demo.page import shapes
from bot.demo.phones import Phones
from bot.demo.stage import Stage

_log = logging.getLogger(__name__)
_TOGETHER = 0.08  #: seconds: changes of the stage this close go out as one
_HEARTBEAT = 15.0
_QUEUE_LIMIT = 20_000


class Hub:
    """Fans events out.  A page too slow for its queue is told to reload (`reset`)."""

    def __init__(self, phones: Phones, stage: Stage) -> None:
        self._phones = phones
        self._stage = stage
        self._queues: set[asyncio.Queue[str | None]] = set()
        self._push: asyncio.Task[None] | None = None
        self._rebuilding = False
        self.run = secrets.token_hex(4)  #: another one after each new beginning
        self._ends = [phones.listen(self._chat_event), stage.listen(self.stage_changed)]

    def close(self) -> None:
        """End every stream."""
        for end in self._ends:
            end()
        self._ends.clear()
        for queue in self._queues:
            queue.put_nowait(None)

    async def stream(self) -> AsyncIterator[str]:
        """The lines for one page."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._queues.add(queue)
        try:
            yield "retry: 1000\n\n"
            while True:
                try:
                    line = await asyncio.wait_for(queue.get(), _HEARTBEAT)
                except TimeoutError:
                    line = ": still here\n\n"
                if line is None:
                    return
                yield line
        finally:
            self._queues.discard(queue)

    @contextlib.contextmanager
    def rebuilding(self) -> Iterator[None]:
        """While the stage begins anew nothing of it is shown; afterwards every page asks for everything."""
        self._rebuilding = True
        try:
            yield
        finally:
            self._rebuilding = False
            self.run = secrets.token_hex(4)
        self._broadcast("reset", {})

    def stage_changed(self) -> None:
        """A fresh view goes out shortly."""
        if self._queues and not self._rebuilding and (self._push is None or self._push.done()):
            self._push = asyncio.get_running_loop().create_task(self._push_stage())

    async def _push_stage(self) -> None:
        await asyncio.sleep(_TOGETHER)
        if self._rebuilding:
            return
        try:
            view = await self._stage.view()
        except Exception:  # a broken picture must not end the stream
            _log.exception("the stage could not be shown")
            return
        self._broadcast("stage", shapes.stage(view))

    def _chat_event(self, event: ChatEvent) -> None:
        if not self._queues or self._rebuilding:
            return
        if event.kind in ("message", "edit"):
            assert event.message_id is not None
            self._broadcast(event.kind, shapes.message(self._phones.bubble(event.chat_id, event.message_id)))
        elif event.kind == "read":
            unread = self._phones.unread(event.chat_id)
            self._broadcast("read", {"chat": event.chat_id, "unread": unread})
        else:
            about = {"chat": event.chat_id, "id": event.message_id, "text": event.text, "alert": event.alert}
            self._broadcast(event.kind, about)
        if event.kind not in ("typing", "read"):
            self.stage_changed()

    def _broadcast(self, kind: str, content: shapes.Json) -> None:
        line = f"event: {kind}\ndata: {json.dumps(content, default=shapes.encode, ensure_ascii=False)}\n\n"
        for queue in self._queues:
            if queue.qsize() > _QUEUE_LIMIT:
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait("event: reset\ndata: {}\n\n")
            queue.put_nowait(line)
