"""Everything a change must pass: style, types, structure, tests.  Goes on after a failure, and fails then."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

#: (what it is, command).  Tools are those of the environment that runs this file.
CHECKS = (
    ("style", [str(BIN / "ruff"), "check", "."]),
    ("format", [str(BIN / "ruff"), "format", "--check", "."]),
    ("types", [str(BIN / "mypy")]),
    ("structure", [str(BIN / "lint-imports"), "--no-cache"]),
    ("tests", [sys.executable, "-m", "pytest", "-n", os.environ.get("NHACLICH_WORKERS", "3"), "-rs"]),
)


def main() -> int:
    failed = []
    for name, command in CHECKS:
        started = time.monotonic()
        result = subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 - the commands above
        took = time.monotonic() - started
        verdict = "ok" if result.returncode == 0 else "FAILED"
        sys.stdout.write(f"== {name}: {verdict} ({took:.0f} s)\n")
        sys.stdout.flush()
        if result.returncode != 0:
            failed.append(name)
    if shutil.which("chromium") is None and shutil.which("google-chrome") is None:
        sys.stdout.write("== note: no browser found, so the tests of the chat page were skipped\n")
    if failed:
        sys.stdout.write(f"== failed: {', '.join(failed)}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
