"""`python -m bench [NAME …] [--quick]` prints one table, ratios in one run."""

import argparse
import asyncio
import logging
import platform

from rich.console import Console
from rich.table import Table

from bench import answers, big, lateness, pace, papers, throughput

MEASURES = {
    "pace": pace.measure,
    "answers": answers.measure,
    "lateness": lateness.measure,
    "throughput": throughput.measure,
    "big": big.measure,
    "papers": papers.measure,
}


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench", description="Measure delivery and papers")
    options.add_argument("names", nargs="*", help=f"of {', '.join(MEASURES)}; all without any")
    options.add_argument("--quick", action="store_true", help="fewer messages, rougher figures")
    given = options.parse_args()
    if unknown := set(given.names) - set(MEASURES):
        options.error(f"no such measure: {', '.join(sorted(unknown))}")
    logging.disable(logging.INFO)
    table = Table("what", "measured", "reach", "note", title=f"Python {platform.python_version()}")
    for name, measure in MEASURES.items():
        if not given.names or name in given.names:
            for row in asyncio.run(measure(given.quick)):
                table.add_row(row.what, row.measured, row.reach, row.note)
    console = Console(width=160)
    console.print(table)
    console.print(
        "One bot cannot pass 28 messages a second, which is 100 000 an hour, whatever the machine: "
        "one core carries many bots."
    )


if __name__ == "__main__":
    main()
