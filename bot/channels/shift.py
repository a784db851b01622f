"""Of several processes only one polls: work that goes on while this process leads."""

import asyncio
from collections.abc import Awaitable, Callable

LOOK_EVERY = 0.2  #: seconds between two looks at whether this process leads


async def while_leading(
    leads: Callable[[], bool], work: Callable[[], Awaitable[None]], finish: Callable[[], Awaitable[None]]
) -> None:
    """Run `work` whenever this process leads, until cancelled; what `work` raises ends it.

    Where the lead is lost the work is cancelled and `finish` awaited, which sees what is in hand to its
    end.  At a stop the caller finishes.
    """
    while True:
        while not leads():  # noqa: ASYNC110 - a lead is a row, and tells nobody
            await asyncio.sleep(LOOK_EVERY)
        working = asyncio.ensure_future(work())
        try:
            while leads() and not working.done():
                await asyncio.wait({working}, timeout=LOOK_EVERY)
        finally:
            if not working.done():
                working.cancel()
                await asyncio.wait({working})
        if not working.cancelled():
            working.result()
            return
        await finish()
