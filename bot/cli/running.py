"""`nhaclich run` and `nhaclich demo`."""

import asyncio
import gc
import logging
import os
import signal
import sys
from collections.abc import Coroutine
from typing import Annotated, Any

import typer

from bot.cli.terminal import say
from bot.errors import BadInputError
from bot.loglines import formatter
from bot.outbox.watchdog import Watchdog
from bot.redact import conceal, install_logging
from bot.settings import read_settings
from bot.storage.opening import open_desk

_HOW_TO_BEGIN = (
    "Chưa có TELEGRAM_BOT_TOKEN hoặc ZALO_BOT_TOKENS; có một trong hai là chạy được. Cách lấy: trên "
    "Telegram, nhắn @BotFather, gõ /newbot; trên Zalo, tạo bot ở Zalo Bot Creator. Chép mã bot vào tệp "
    ".env (TELEGRAM_BOT_TOKEN=... hoặc ZALO_BOT_TOKENS=...) rồi chạy lại. Chưa có mã vẫn chạy thử được: "
    "nhaclich demo"
)
STUCK = 75  #: the code with which a process ends that cannot begin anew


def run() -> None:
    """Chạy bot trên kênh thật."""
    from bot.app import Service, has_a_channel  # the whole bot: no other command needs it

    install_logging(logging.INFO)
    settings = read_settings()
    conceal(*settings.secrets)
    install_logging(logging.INFO, form=formatter(settings.log_format))
    if not has_a_channel(settings):
        raise BadInputError(_HOW_TO_BEGIN)
    desk = open_desk(settings)
    spare_the_collector()
    service = Service(settings, desk, listens=True)
    dog = Watchdog(lambda: service.sender.pulse, begin_anew)
    dog.start()
    try:
        asyncio.run(_until_stopped(service.run()))
    finally:
        dog.stop()
        desk.close()


def spare_the_collector() -> None:
    """What is loaded by now stays, and what a message needs is mostly freed without the garbage collector:
    it need not look through everything after every few hundred objects."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def begin_anew() -> None:
    """This process becomes a fresh one with the same command; where that cannot be done, it ends."""
    logging.shutdown()
    if os.name == "posix":
        os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - our own command line
    os._exit(STUCK)


def demo(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Cổng của trang chat.")] = 8080,
) -> None:
    """Chạy thử trọn vẹn trên máy này: không cần mã bot, không cần mạng."""
    install_logging(logging.WARNING)
    from bot.demo.main import run_demo  # the demo server is loaded only where it is wanted

    def ready(address: str) -> None:
        say(f"Mở trình duyệt: {address}   (dừng: Ctrl+C)")

    asyncio.run(_until_stopped(run_demo(port, ready)))


async def _until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """SIGTERM and Ctrl+C end the work in order: what is on the wire is finished first."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(sign, task.cancel)
        except NotImplementedError:  # Windows
            signal.signal(sign, lambda *_: loop.call_soon_threadsafe(task.cancel))
    try:
        await task
    except asyncio.CancelledError:
        logging.getLogger(__name__).info("stopped")
