"""A stuck process becomes a fresh one with the same command, whatever its threads are doing."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.processes import environment

_STUCK = """
import sys, threading, time
from pathlib import Path
from bot.cli.running import begin_anew
from bot.outbox.watchdog import Watchdog

starts = Path(sys.argv[1])
starts.write_text(starts.read_text() + "x")
if starts.read_text() == "xx":
    sys.exit(3)
Watchdog(lambda: 7.0, begin_anew, every=0.01).start()
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="it ends there, and is started by whoever watches it")
def test_it_begins_anew(tmp_path: Path) -> None:
    (tmp_path / "starts").write_text("")
    (tmp_path / "stuck.py").write_text(_STUCK)
    command = [sys.executable, str(tmp_path / "stuck.py"), str(tmp_path / "starts")]
    done = subprocess.run(command, env=environment({}), timeout=30, capture_output=True)
    assert done.returncode == 3, done.stderr
    assert (tmp_path / "starts").read_text() == "xx"
