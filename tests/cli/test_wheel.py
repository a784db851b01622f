"""The installed package outside the checkout: the data travels in the wheel.

Builds the wheel, installs it under the constraints in an empty environment and works in another folder.  A
minute and the package index are needed, so it runs where NHACLICH_DEEP=1 is set.
"""

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import PLAN
from tests.cli.processes import ROOT, environment, wait_until
from tests.long import only_deep

pytestmark = only_deep("builds and installs a wheel")


def _do(*command: str | Path, cwd: Path) -> str:
    clean = {name: value for name, value in environment({}).items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [*map(str, command)], cwd=cwd, env=clean, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the commands of an empty environment with the wheel in it."""
    place = tmp_path_factory.mktemp("wheel")
    _do(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", place, ROOT, cwd=place)
    (wheel,) = place.glob("*.whl")
    _do(sys.executable, "-m", "venv", place / "venv", cwd=place)
    bin_folder = place / "venv" / "bin"
    _do(bin_folder / "python", "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", wheel, cwd=place)
    return bin_folder


def test_nothing_comes_from_the_checkout(installed: Path, tmp_path: Path) -> None:
    told = _do(installed / "python", "-c", "import bot; print(bot.__file__)", cwd=tmp_path)
    assert str(ROOT) not in told
    reading = json.loads(_do(installed / "nhaclich", "plan", "check", PLAN, "--json", cwd=tmp_path))
    assert [s["invite_deadline"] for s in reading["sessions"]] == [
        "2023-10-09",
        "2023-11-03",
        "2023-12-11",
        "2024-03-07",
    ]


def test_plan_and_status_with_a_database_of_its_own(installed: Path, tmp_path: Path) -> None:
    _do(installed / "nhaclich", "plan", "import", PLAN, "--yes", cwd=tmp_path)
    assert "B4" in _do(installed / "nhaclich", "status", cwd=tmp_path)


def test_the_demo_runs(installed: Path, tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "demo.log"
    clean = {name: value for name, value in environment({}).items() if name != "PYTHONPATH"}
    command = [str(installed / "nhaclich"), "demo", "--port", str(port)]
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=tmp_path, env=clean, stdout=out, stderr=out) as demo,
    ):
        try:
            wait_until(lambda: f"http://127.0.0.1:{port}" in log.read_text("utf-8"), 60)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
                assert "Nhắc Lịch" in page.read().decode()
            demo.send_signal(signal.SIGINT)
            assert demo.wait(20) == 0
        finally:
            demo.kill()
    assert "Traceback" not in log.read_text("utf-8")
