"""`/metrics`: figures for Prometheus.

What this process did is counted as it happens; what waits is read from the database when somebody looks,
over the queue's own indexes; the whole table is counted once a minute at most.
"""

import asyncio
import datetime as dt
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor
from typing import Protocol

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.outbox.port import Address, Outcome, State
from bot.outbox.reports import Backlog

PATH = "/metrics"
COUNT_EVERY = 60.0  #: seconds between two counts of the whole table
#: Seconds: from what "at once" means to a person, to a morning's delay.
LATENESS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600, 21600)
_NONE = "none"  #: the channel of a notice for which nobody could be written to


class Figures(Protocol):
    """Read from the database, each in one short read."""

    def backlog(self) -> Backlog: ...

    def states(self) -> Mapping[State, int]: ...

    def now(self) -> dt.datetime: ...


class Metrics:
    """One registry for each service, so that several may live in one process.

    `bot_of` names the bot of an address by its public number; `pulse` gives the age of the sender's beat
    in seconds and whether this process leads.
    """

    def __init__(
        self,
        figures: Figures,
        bot_of: Callable[[Address], str],
        pulse: Callable[[], tuple[float, bool]],
        executor: Executor,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._executor = executor
        self._bot_of = bot_of
        self.registry = CollectorRegistry(auto_describe=False)
        ProcessCollector(registry=self.registry)
        self._finished = Counter(
            "nhaclich_notices_finished",
            "Notices that this process brought to an end, by how they ended.",
            ("channel", "bot", "state"),
            registry=self.registry,
        )
        self._retried = Counter(
            "nhaclich_notice_retries",
            "Notices that were refused for now and went back to the queue.",
            ("channel", "bot"),
            registry=self.registry,
        )
        self._lateness = Histogram(
            "nhaclich_notice_lateness_seconds",
            "From the instant a notice was due (after a retry: due again) to its recorded delivery.",
            ("channel", "bot"),
            buckets=LATENESS,
            registry=self.registry,
        )
        self._updates = Counter(
            "nhaclich_webhook_requests",
            "Webhook requests by what became of them.",
            ("channel", "bot", "result"),
            registry=self.registry,
        )
        beat = Gauge(
            "nhaclich_sender_beat_age_seconds", "Since the sender's last beat.", registry=self.registry
        )
        beat.set_function(lambda: pulse()[0])
        leads = Gauge("nhaclich_leads", "1 where this process polls and sends.", registry=self.registry)
        leads.set_function(lambda: float(pulse()[1]))
        self.registry.register(_Queue(figures, timer))

    def recorded(self, outcomes: Sequence[Outcome], now: dt.datetime) -> None:
        """Count what was written down."""
        for outcome in outcomes:
            address = outcome.address
            labels = (address.channel, self._bot_of(address)) if address is not None else (_NONE, _NONE)
            if outcome.state is not State.PENDING:
                self._finished.labels(*labels, outcome.state.value).inc()
            elif address is not None:
                self._retried.labels(*labels).inc()
            if outcome.state is State.SENT:
                self._lateness.labels(*labels).observe(max(0.0, (now - outcome.row.due).total_seconds()))

    def webhook(self, channel: str, bot: str, result: str) -> None:
        self._updates.labels(channel, bot, result).inc()

    async def answer(self, request: Request) -> Response:
        """Prometheus' text format."""
        loop = asyncio.get_running_loop()
        body = await loop.run_in_executor(self._executor, generate_latest, self.registry)
        return PlainTextResponse(body, headers={"Content-Type": CONTENT_TYPE_LATEST})


class _Queue:
    """Gauges of the database.  Where it does not answer they are left out, and `up` says so."""

    def __init__(self, figures: Figures, timer: Callable[[], float]) -> None:
        self._figures = figures
        self._timer = timer
        self._counted: tuple[float, Mapping[State, int]] | None = None

    def describe(self) -> Iterable[Metric]:
        return ()

    def collect(self) -> Iterable[Metric]:
        try:
            backlog, states = self._figures.backlog(), self._states()
        except Exception:
            yield _gauge("nhaclich_database_up", "1 where the database answers.", 0)
            return
        yield _gauge("nhaclich_database_up", "1 where the database answers.", 1)
        yield _gauge("nhaclich_notices_due", "Notices that are due and not sent yet.", backlog.due)
        yield _gauge("nhaclich_notices_in_hand", "Notices that a process is sending.", backlog.in_hand)
        yield _gauge(
            "nhaclich_queue_age_seconds", "How long the oldest due notice has been due.", self._age(backlog)
        )
        counted = GaugeMetricFamily(
            "nhaclich_notices_stored",
            "All notices in the database by state, counted once a minute.",
            labels=["state"],
        )
        for state in State:
            counted.add_metric([state.value], states.get(state, 0))
        yield counted

    def _age(self, backlog: Backlog) -> float:
        if backlog.oldest_due is None:
            return 0.0
        return max(0.0, (self._figures.now() - backlog.oldest_due).total_seconds())

    def _states(self) -> Mapping[State, int]:
        now = self._timer()
        if self._counted is None or now - self._counted[0] >= COUNT_EVERY:
            self._counted = (now, self._figures.states())
        return self._counted[1]


def _gauge(name: str, said: str, value: float) -> Metric:
    return GaugeMetricFamily(name, said, value=value)
