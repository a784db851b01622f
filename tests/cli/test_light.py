"""A command starts quickly: it does not load what only the running bot needs."""

import subprocess
import sys

HEAVY = ("telegram", "aiohttp", "starlette", "uvicorn", "bot.chat", "bot.channels", "bot.app")


def test_a_command_does_not_load_the_whole_bot() -> None:
    code = f"import bot.cli, sys; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
