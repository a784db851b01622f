"""Everything this program answers over HTTP, on one port, beside its work."""

import datetime as dt
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from bot.channels.hooks import Hook
from bot.clock import Clock
from bot.flows.work import Work
from bot.http import health, metrics
from bot.http.asking import HEALTH
from bot.http.guarding import Direct
from bot.http.hooks import Hooks
from bot.http.installation import installation, name_it
from bot.http.links import Links
from bot.http.serving import keep_serving
from bot.outbox.port import Address, Outcome, State
from bot.outbox.reports import Backlog
from bot.outbox.sender import Sender
from bot.settings import Settings
from bot.storage.work import Desk


class Bots(Protocol):
    """Names a bot by its public number; it is part of no secret."""

    def __call__(self, address: Address) -> str: ...


class Front:
    """`watch` a sender, `run` beside it, `close` at the end.  Has threads of its own: a question about the
    health waits behind no exchange."""

    def __init__(self, settings: Settings, desk: Desk, bot_of: Bots) -> None:
        self._settings = settings
        self._desk = desk
        self._executor = ThreadPoolExecutor(2, thread_name_prefix="http")
        self._sender: Sender | None = None
        desk.run(name_it)
        self._pages: list[BaseRoute] = []  #: beside /healthz and /metrics
        self.metrics = metrics.Metrics(_Figures(desk), bot_of, self._pulse, self._executor)
        self._health = health.Health(self._health_pulse, self._ask_database, self._executor)

    def watch(self, sender: Sender) -> None:
        self._sender = sender

    def _private(self) -> list[Route]:
        """Only where there is an address to reach them by."""
        return Links(self._desk, self._executor).routes() if self._settings.public_url else []

    def take(self, hooks: Sequence[Hook]) -> None:
        """What chat services post; before `run`."""
        self._pages.extend(Hooks(hooks, self.metrics.webhook).routes())

    @property
    def app(self) -> Starlette:
        direct = Direct(self._settings.public_url)
        app = Starlette(
            routes=[
                Route(HEALTH, self._health.answer),
                Route(metrics.PATH, direct(self.metrics.answer)),
                *self._private(),
                *self._pages,
            ]
        )
        app.router.redirect_slashes = False  # an address is there, or it is not
        return app

    def recorded(self, outcomes: Sequence[Outcome], now: dt.datetime) -> None:
        self.metrics.recorded(outcomes, now)

    async def run(self) -> None:
        """Until cancelled."""
        await keep_serving(self.app, self._settings.listens_on, self._settings.http_port)

    def close(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _ask_database(self) -> str:
        return self._desk.see(installation)

    def _pulse(self) -> tuple[float, bool]:
        return (self._sender.beat_age, self._sender.leads) if self._sender else (0.0, False)

    def _health_pulse(self) -> health.Pulse:
        sender = self._sender
        if sender is None or sender.pulse is None:
            return health.Pulse(None, False)
        return health.Pulse(sender.beat_age, sender.leads)


class _Figures:
    """Implements `metrics.Figures`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._clock: Clock = desk.clock

    def backlog(self) -> Backlog:
        return self._desk.see(_backlog)

    def states(self) -> Mapping[State, int]:
        return self._desk.see(lambda work: work.reports.states())

    def now(self) -> dt.datetime:
        return self._clock.now()


def _backlog(work: Work) -> Backlog:
    return work.reports.backlog(work.now)
