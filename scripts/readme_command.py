"""Print a command exactly as the README gives it: `python scripts/readme_command.py demo|test`."""

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"


def command(name: str) -> str:
    """The code block after `<!-- command: name -->`.  Raises LookupError."""
    found = re.search(
        rf"<!-- command: {re.escape(name)} -->\s*```sh\n(.*?)\n```",
        README.read_text(encoding="utf-8"),
        re.DOTALL,
    )
    if found is None:
        raise LookupError(f"the README has no command {name!r}")
    return found.group(1)


if __name__ == "__main__":
    sys.stdout.write(command(sys.argv[1]) + "\n")
