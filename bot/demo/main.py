"""`nhaclich demo`: the real bot, local Telegram and Zalo servers and the chat page in one process."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from bot.demo.world import World


async def run_demo(port: int, ready: Callable[[str], None]) -> None:
    """Until cancelled.  `ready` gets the page's address once it listens."""
    import asyncio

    from bot.demo.web import HOST, create_demo_app, serve

    with tempfile.TemporaryDirectory(prefix="nhaclich-demo-") as folder:
        async with World(Path(folder), zalo=True, group=True) as world:
            started = asyncio.Event()
            serving = asyncio.create_task(serve(create_demo_app(world.phones, world), port, started=started))
            opened = asyncio.create_task(started.wait())
            await asyncio.wait({serving, opened}, return_when=asyncio.FIRST_COMPLETED)
            if started.is_set():
                ready(f"http://{HOST}:{port}")
            try:
                await serving
            finally:
                opened.cancel()
