"""The `nhaclich` command."""

import logging
import os
import sys

import typer
from rich.console import Console

from bot.cli import care, documents, running
from bot.errors import NhacLichError
from bot.redact import redact

app = typer.Typer(
    name="nhaclich",
    help="Nhắc Lịch: trợ lý lịch sinh hoạt chuyên môn cụm trường.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(documents.plan, name="plan")
app.add_typer(documents.roster, name="roster")
app.add_typer(documents.calendar, name="calendar")
app.command("demo")(running.demo)
app.command("run")(running.run)
app.command("status")(care.status)
app.command("doctor")(care.doctor)
app.command("backup")(care.backup)
app.command("restore")(care.restore)


def main() -> None:
    """Run the command.  Whatever goes wrong, the user reads a sentence and no traceback."""
    errors = Console(stderr=True)
    try:
        app()
    except NhacLichError as error:
        errors.print(redact(str(error)), markup=False, highlight=False)
        if error.detail and os.environ.get("NHACLICH_DEBUG"):
            errors.print(redact(error.detail), markup=False, highlight=False)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        logging.getLogger(__name__).debug("unexpected", exc_info=True)
        errors.print(
            f"Có lỗi ngoài dự kiến ({type(error).__name__}). Chạy lại với NHACLICH_DEBUG=1 để xem chi tiết.",
            markup=False,
        )
        if os.environ.get("NHACLICH_DEBUG"):
            raise
        sys.exit(1)
