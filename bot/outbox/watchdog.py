"""A thread that notices a sender which has stopped, also where the event loop itself hangs."""

import logging
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)

EVERY = 5.0  #: seconds between two looks
PATIENCE = 11  #: looks in a row without a new beat: within a minute


class Watchdog:
    """`beat` changes as long as the sender lives; None: it is not to be watched now.

    Looks are counted, not seconds: a machine that slept does not make a sender look stuck.
    `bite` is called once, in the watching thread.
    """

    def __init__(
        self, beat: Callable[[], float | None], bite: Callable[[], None], *, every: float = EVERY
    ) -> None:
        self._beat = beat
        self._bite = bite
        self._every = every
        self._leave = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._watch, name="watchdog", daemon=True).start()

    def stop(self) -> None:
        self._leave.set()

    def _watch(self) -> None:
        last, looks = self._beat(), 0
        while not self._leave.wait(self._every):
            beat = self._beat()
            looks = looks + 1 if beat is not None and beat == last else 0
            last = beat
            if looks >= PATIENCE:
                log.critical("the sender gives no sign of life for %.0f s", looks * self._every)
                self._bite()
                return
