"""A wall clock that a test turns, for whole processes: libfaketime, which reads the offset from a file."""

import datetime as dt
import os
from pathlib import Path
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_PLACES = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib")


def find_faketime() -> str | None:
    """The library to preload; None where it is not installed (package faketime or libfaketime)."""
    given = os.environ.get("NHACLICH_FAKETIME")
    if given:
        return given
    for place in _PLACES:
        for found in sorted(Path(place).glob("**/faketime/libfaketimeMT.so.1")):
            return str(found)
    return None


class WallClock:
    """The time of every process that was started with `settings`.  It runs on from where it was turned to."""

    def __init__(self, folder: Path, library: str) -> None:
        self._file = folder / "wall-clock"
        self._offset = 0.0
        self.settings = {
            "LD_PRELOAD": library,
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",  # or every .pyc looks outdated
        }

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=self._offset)

    def turn_to(self, instant: dt.datetime) -> None:
        self._offset = (instant - dt.datetime.now(dt.UTC)).total_seconds()
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{self._offset:+.3f}\n")
        os.replace(fresh, self._file)


def at(day: dt.date, hour: int, minute: int = 0, second: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute, second), VIETNAM)
