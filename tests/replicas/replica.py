"""A whole bot in a process of its own, at another time (the shift in seconds)."""

import asyncio
import sys
from datetime import datetime, timedelta

from bot.app import Service
from bot.cli.running import _until_stopped
from bot.clock import SystemClock
from bot.settings import read_settings
from bot.storage.opening import open_desk


class ShiftedClock:
    """Runs as the machine's clock does, some time before or after it."""

    def __init__(self, seconds: float) -> None:
        self._shift = timedelta(seconds=seconds)
        self._clock = SystemClock()

    def now(self) -> datetime:
        return self._clock.now() + self._shift


def main(shift: str) -> None:
    settings = read_settings()
    desk = open_desk(settings, ShiftedClock(float(shift)))
    asyncio.run(_until_stopped(Service(settings, desk, listens=True).run()))


if __name__ == "__main__":
    main(*sys.argv[1:])
