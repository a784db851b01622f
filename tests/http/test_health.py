"""`/healthz` and `/metrics`, asked over real HTTP."""

import asyncio
import logging
import socket
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import URL
from starlette.applications import Starlette
from starlette.routing import Route

from bot.demo.botapi import BotApiServer
from bot.http.asking import ask_health
from bot.http.health import Health, Pulse
from bot.http.installation import installation
from bot.http.metrics import Metrics
from bot.http.serving import keep_serving
from bot.notices.notice import Kind
from bot.outbox.port import Address, Claimed, Outcome, State
from bot.outbox.reports import Backlog
from tests.http.conftest import MAI, Listening, free_port, listening, of_telegram, until

NOW = datetime(2023, 12, 11, 1, 0, tzinfo=UTC)


async def test_a_bot_that_works_says_so(server: BotApiServer, sqlite_url: URL) -> None:
    async with listening(of_telegram(server, sqlite_url)) as bot:
        await bot.answers()
        answer = await bot.web.get("/healthz")
        assert answer.status_code == 200
        said = answer.json()
        assert said.pop("installation") == bot.desk.see(installation)
        assert said == {
            "service": "nhaclich",
            "status": "ok",
            "sender": "ok",
            "database": "ok",
            "leads": True,
        }
        assert await asyncio.to_thread(ask_health, bot.settings, bot.desk.see(installation)) is True
        assert await asyncio.to_thread(ask_health, bot.settings, "of another database") is None

        bot.service.sender.beat -= 61  # it hangs
        answer = await bot.web.get("/healthz")
        assert answer.status_code == 503
        assert answer.json()["sender"].startswith("no sign of life for 6")
        assert await asyncio.to_thread(ask_health, bot.settings, bot.desk.see(installation)) is False


async def _ask(health: Health, times: int = 1) -> list[httpx.Response]:
    app = Starlette(routes=[Route("/healthz", health.answer)])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as web:
        return list(await asyncio.gather(*(web.get("/healthz") for _ in range(times))))


async def test_a_database_that_fails_is_named_without_its_address() -> None:
    def fails() -> str:
        raise ConnectionError("postgresql://u:sekret@host/x refused")

    with ThreadPoolExecutor(1) as executor:
        (answer,) = await _ask(Health(lambda: Pulse(0.0, True), fails, executor))
    assert answer.status_code == 503
    assert answer.json()["database"] == "does not answer"
    assert "sekret" not in answer.text


async def test_a_database_that_hangs_is_asked_once() -> None:
    asked, go_on = [], threading.Event()

    def hangs() -> str:
        asked.append(1)
        go_on.wait(10)
        return ""

    with ThreadPoolExecutor(4) as executor:
        health = Health(lambda: Pulse(0.0, True), hangs, executor, patience=0.05)
        answers = await _ask(health, 3)
        go_on.set()
        assert [answer.status_code for answer in answers] == [503, 503, 503]
        assert answers[0].json()["database"] == "no answer within 0.05 s"
        assert len(asked) == 1
        await asyncio.sleep(0.05)
        assert (await _ask(health))[0].status_code == 200


async def test_a_bot_that_stops_is_not_well() -> None:
    with ThreadPoolExecutor(1) as executor:
        (answer,) = await _ask(Health(lambda: Pulse(None, True), lambda: "", executor))
    assert (answer.status_code, answer.json()["sender"]) == (503, "stopping")


async def test_a_port_in_use_is_said_once_and_the_bot_answers(
    server: BotApiServer, sqlite_url: URL, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        async with listening(of_telegram(server, sqlite_url) | {"http_port": taken}):
            server.service.type(MAI, "/lich")
            await until(lambda: len(server.service.sent(MAI)) > 0)
    lines = [one.getMessage() for one in caplog.records if one.levelno >= logging.ERROR]
    assert len(lines) == 1
    assert f"port {taken} of 127.0.0.1 cannot be used" in lines[0]


async def test_a_port_that_becomes_free_is_taken() -> None:
    port = free_port()
    app = Starlette(routes=[])
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        serving = asyncio.create_task(keep_serving(app, "127.0.0.1", port, retry=0.05))
        await asyncio.sleep(0.1)
    async with httpx.AsyncClient(trust_env=False) as web, asyncio.timeout(10):
        while True:
            try:
                assert (await web.get(f"http://127.0.0.1:{port}/")).status_code == 404
                break
            except httpx.ConnectError:
                await asyncio.sleep(0.02)
    serving.cancel()
    await asyncio.wait({serving})
    assert serving.cancelled()


async def test_only_this_machine_is_listened_to_unless_there_is_a_public_address() -> None:
    from bot.settings import Settings

    assert Settings.model_validate({}).listens_on == "127.0.0.1"
    assert Settings.model_validate({"public_url": "https://lich.example"}).listens_on == "0.0.0.0"
    asked = {"public_url": "https://lich.example", "http_host": "10.0.0.2"}
    assert Settings.model_validate(asked).listens_on == "10.0.0.2"


class Rows:
    """A database of three rows that counts how often it is asked."""

    def __init__(self) -> None:
        self.counted = 0
        self.works = True

    def backlog(self) -> Backlog:
        if not self.works:
            raise ConnectionError
        return Backlog(2, 1, NOW - timedelta(seconds=90))

    def states(self) -> dict[State, int]:
        self.counted += 1
        return {State.PENDING: 2, State.UNREACHABLE: 4}

    def now(self) -> datetime:
        return NOW


def _outcome(state: State, chat: str | None, late: float) -> Outcome:
    due = NOW - timedelta(seconds=late)
    row = Claimed(1, 1, Kind.REMINDER, 1, 1, 1, 1, "", due, NOW + timedelta(days=1), {})
    return Outcome(row, state, address=Address("zalo", chat) if chat else None)


async def _scrape(metrics: Metrics) -> dict[str, float]:
    """Read back by Prometheus' own parser: name and labels, by their names → value."""
    app = Starlette(routes=[Route("/metrics", metrics.answer)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as web:
        text = (await web.get("/metrics")).text
    return {
        " ".join([one.name, *(value for _, value in sorted(one.labels.items()))]): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


async def test_the_figures_are_what_was_recorded() -> None:
    rows, now = Rows(), [0.0]
    with ThreadPoolExecutor(1) as executor:
        metrics = Metrics(
            rows,
            lambda address: address.chat_id.partition(":")[0],
            lambda: (0.5, True),
            executor,
            lambda: now[0],
        )
        done: Sequence[Outcome] = [
            _outcome(State.SENT, "77:a", 0.2),
            _outcome(State.SENT, "77:b", 40),
            _outcome(State.FAILED, "77:c", 0),
            _outcome(State.UNREACHABLE, None, 0),
            _outcome(State.PENDING, "77:d", 0),
        ]
        metrics.recorded(done, NOW)
        seen = await _scrape(metrics)
        assert seen["nhaclich_notices_finished_total 77 zalo sent"] == 2
        assert seen["nhaclich_notices_finished_total 77 zalo failed"] == 1
        assert seen["nhaclich_notices_finished_total none none unreachable"] == 1
        assert seen["nhaclich_notice_retries_total 77 zalo"] == 1
        assert seen["nhaclich_notice_lateness_seconds_bucket 77 zalo 0.25"] == 1
        assert seen["nhaclich_notice_lateness_seconds_bucket 77 zalo 60.0"] == 2
        assert seen["nhaclich_notices_due"] == 2
        assert seen["nhaclich_notices_in_hand"] == 1
        assert seen["nhaclich_queue_age_seconds"] == 90
        assert seen["nhaclich_notices_stored unreachable"] == 4
        assert seen["nhaclich_notices_stored missed"] == 0
        assert (seen["nhaclich_leads"], seen["nhaclich_database_up"]) == (1, 1)

        await _scrape(metrics)
        assert rows.counted == 1, "the whole table is counted once a minute"
        now[0] += 61
        await _scrape(metrics)
        assert rows.counted == 2

        rows.works = False
        seen = await _scrape(metrics)
        assert seen["nhaclich_database_up"] == 0
        assert "nhaclich_notices_due" not in seen
        assert seen["nhaclich_notices_finished_total 77 zalo sent"] == 2


async def test_figures_are_for_nobody_outside(server: BotApiServer, sqlite_url: URL) -> None:
    asked = of_telegram(server, sqlite_url) | {"http_host": "127.0.0.1"}
    async with listening(asked) as bot:
        await bot.answers()
        assert await bot.figure("nhaclich_leads") == 1
        for header in ({"X-Forwarded-For": "1.2.3.4"}, {"Forwarded": "for=1.2.3.4"}):
            assert (await bot.web.get("/metrics", headers=header)).status_code == 404
            assert (await bot.web.get("/healthz", headers=header)).status_code == 200
        assert token_free(bot, (await bot.web.get("/metrics")).text)


def token_free(bot: Listening, text: str) -> bool:
    token = bot.settings.telegram_bot_token
    assert token is not None
    return token.get_secret_value().partition(":")[2] not in text
