"""`/healthz`: whether this process does its work, for whoever restarts it when it does not."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.http.asking import SERVICE

log = logging.getLogger(__name__)

STALE = 60.0  #: seconds without a beat of the sender
PATIENCE = 5.0  #: seconds that the database is given

OK = "ok"


@dataclass(frozen=True, slots=True)
class Pulse:
    """The sender as seen from outside.  `age` of its last beat in seconds; None: it is being stopped."""

    age: float | None
    leads: bool


class Health:
    """`ask_database` reads the installation's number; it runs on `executor`, one at a time, and raises
    where no database answers."""

    def __init__(
        self,
        pulse: Callable[[], Pulse],
        ask_database: Callable[[], str],
        executor: Executor,
        *,
        patience: float = PATIENCE,
    ) -> None:
        self._pulse = pulse
        self._ask_database = ask_database
        self._executor = executor
        self._patience = patience
        self._asking: asyncio.Future[str] | None = None

    async def answer(self, request: Request) -> Response:
        """200 where all is well, else 503; which part is wrong, in words without addresses or names."""
        pulse = self._pulse()
        parts = {"sender": _sender(pulse), "database": await self._database()}
        well = all(said == OK for said in parts.values())
        body = {"service": SERVICE, "status": OK if well else "failing", **parts, "leads": pulse.leads}
        if self._asking is not None and parts["database"] == OK:
            body["installation"] = self._asking.result()
        return JSONResponse(body, 200 if well else 503, headers={"Cache-Control": "no-store"})

    async def _database(self) -> str:
        if self._asking is None or self._asking.done():  # one that hangs is not asked a second time
            loop = asyncio.get_running_loop()
            self._asking = loop.run_in_executor(self._executor, self._ask_database)
        done, _ = await asyncio.wait({self._asking}, timeout=self._patience)
        if not done:
            return f"no answer within {self._patience:g} s"
        error = self._asking.exception()
        if error is not None:
            log.warning("the database does not answer (%s)", type(error).__name__)
            return "does not answer"
        return OK


def _sender(pulse: Pulse) -> str:
    if pulse.age is None:
        return "stopping"
    return OK if pulse.age < STALE else f"no sign of life for {pulse.age:.0f} s"
