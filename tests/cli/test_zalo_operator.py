"""What an operator reads where something about Zalo is wrong: in the log of `run`, and from `doctor`."""

import asyncio
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from bot.demo.zaloapi import Plan, ZaloServer, ZaloService
from tests.cli.inside import Desk
from tests.cli.processes import Office, wait_until
from tests.http.conftest import free_port

GOOD, OTHER = "1001:good-zalo-token-abcdef", "1002:other-zalo-token-abcdef"


@dataclass
class Zalo:
    """The local server, in a thread of its own."""

    server: ZaloServer
    loop: asyncio.AbstractEventLoop

    @property
    def settings(self) -> dict[str, str]:
        return {"ZALO_BOT_TOKENS": GOOD, "ZALO_API_URL": self.server.url, "HTTP_PORT": str(free_port())}

    def do(self, work: Callable[[ZaloService], Any]) -> None:
        self.loop.call_soon_threadsafe(work, self.server.service)

    def write(self, text: str) -> None:
        self.do(lambda service: service.write(service.bots[GOOD], "mai", text))


@pytest.fixture
def zalo() -> Iterator[Zalo]:
    service = ZaloService()
    service.add_bot(GOOD)
    loop = asyncio.new_event_loop()
    server = ZaloServer(service)
    loop.run_until_complete(server.start())
    thread = Thread(target=loop.run_forever)
    thread.start()
    yield Zalo(server, loop)
    asyncio.run_coroutine_threadsafe(server.stop(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@contextmanager
def running(office: Office, log: Path, **settings: str) -> Iterator[Callable[[str], int]]:
    """`nhaclich run`; gives how many lines of its log hold these words, once there is one."""

    def lines(words: str) -> int:
        wait_until(lambda: words in log.read_text("utf-8"))
        return sum(words in line for line in log.read_text("utf-8").splitlines())

    with office.start("run", log=log, **settings):
        yield lines


def _another_page(method: str, service: ZaloService) -> None:
    service.faults.gateway(method, status=200, times=50)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "bot.log"


def test_a_bot_that_answers_is_named(office: Office, zalo: Zalo, log: Path) -> None:
    with running(office, log, **zalo.settings) as lines:
        assert lines("Zalo bot 1001 is “Nhắc Lịch”") == 1
        assert "Zalo: Nhắc Lịch trả lời." in Desk(office.folder).run("doctor", **zalo.settings).out


def test_a_wrong_token_is_told_by_the_bot_it_stands_for(office: Office, zalo: Zalo, log: Path) -> None:
    both = zalo.settings | {"ZALO_BOT_TOKENS": f"{GOOD}, {OTHER}"}
    with running(office, log, **both) as lines:
        assert lines("Zalo bot 1002: the token is wrong or was reset (ZALO_BOT_TOKENS); it stops") == 1
        assert lines("Zalo bot 1001 is “Nhắc Lịch”") == 1, "the other one goes on"
    said = Desk(office.folder).run("doctor", **both)
    assert said.code == 1
    assert "Zalo: Nhắc Lịch trả lời." in said.out
    assert "Cần sửa: Zalo, bot 1002: Zalo không nhận mã bot. Đề nghị kiểm tra ZALO_BOT_TOKENS." in said.out
    alone = office.run("run", **zalo.settings | {"ZALO_BOT_TOKENS": OTHER})
    assert alone.returncode == 1
    assert "Zalo không nhận mã bot nào. Đề nghị kiểm tra ZALO_BOT_TOKENS." in alone.stderr
    everything = log.read_text("utf-8") + said.out + said.err + alone.stdout + alone.stderr
    assert "other-zalo-token" not in everything


@pytest.mark.parametrize("changed", ["old", "page"])
def test_another_base_address_is_asked_about_once(
    office: Office, zalo: Zalo, log: Path, changed: str
) -> None:
    wrong = zalo.settings
    if changed == "old":
        wrong["ZALO_API_URL"] += "/v1"
    else:  # something else answers there
        for method in ("getMe", "getUpdates", "deleteWebhook"):
            zalo.do(partial(_another_page, method))
    with running(office, log, **wrong) as lines:
        assert lines("Zalo bot 1001 cannot be reached (") == 1
        wait_until(lambda: len(zalo.server.calls) > 3 or changed == "old")
        assert lines("is ZALO_API_URL right?); trying on") == 1
    said = Desk(office.folder).run("doctor", **wrong)
    assert said.code == 1
    assert "ZALO_API_URL" in said.out


def test_no_way_to_zalo(office: Office, zalo: Zalo) -> None:
    said = Desk(office.folder).run("doctor", **zalo.settings | {"ZALO_API_URL": "http://127.0.0.1:9"})
    expected = "Zalo, bot 1001: Không tới được Zalo (ConnectError). Đề nghị kiểm tra mạng và ZALO_API_URL."
    assert f"Cần sửa: {expected}" in said.out


def test_a_used_up_quota(office: Office, zalo: Zalo, log: Path) -> None:
    zalo.do(lambda service: setattr(service.bots[GOOD], "plan", Plan(50, 1)))
    with running(office, log, **zalo.settings) as lines:
        for _ in range(3):
            zalo.write("/lich")
        assert lines("Zalo bot 1001: the messages of") == 1
        assert lines("are used up; nothing goes out until it ends") == 1
        said = Desk(office.folder).run("doctor", **zalo.settings)
        assert said.code == 1
        month = dt.datetime.now(dt.timezone(dt.timedelta(hours=7))).month
        assert f"bot Nhắc Lịch: 0/50 người, 1/3000 tin tháng {month} (đã hết tin của tháng)." in said.out
        assert "Thêm một bot vào ZALO_BOT_TOKENS" in said.out


def test_two_programs_with_one_token(office: Office, zalo: Zalo, log: Path, tmp_path: Path) -> None:
    second = Office(tmp_path / "second")
    second.folder.mkdir()
    with (
        running(office, log, **zalo.settings) as lines,
        running(second, tmp_path / "second.log", **zalo.settings),
    ):
        assert lines("another program polls Zalo bot 1001 with the same token; waiting") >= 1


def test_a_port_that_is_taken(office: Office, zalo: Zalo, log: Path) -> None:
    taken = zalo.settings | {"HTTP_PORT": str(zalo.server.port)}
    with running(office, log, **taken) as lines:
        assert lines(f"port {zalo.server.port} of 127.0.0.1 cannot be used") == 1
        zalo.write("chào")
        wait_until(lambda: zalo.server.service.bots[GOOD].from_bot("mai"))  # messages go out all the same
