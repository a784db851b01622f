"""The `nhaclich` command."""

import os
import sys
import traceback

import typer

from bot.cli import care, documents, health, papers, running
from bot.cli.terminal import complain, hang_up, speak_utf8
from bot.errors import NhacLichError
from bot.redact import redact

DEBUG = "NHACLICH_DEBUG"

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
app.add_typer(papers.papers, name="papers")
app.command("demo")(running.demo)
app.command("run")(running.run)
app.command("status")(care.status)
app.command("doctor")(health.doctor)
app.command("backup")(care.backup)
app.command("restore")(care.restore)


def main() -> None:
    """Run the command and exit: 0 done, 1 not done, 2 no such command or option, 130 interrupted.

    Whatever goes wrong, the user reads a Vietnamese sentence on stderr and no traceback.
    """
    speak_utf8()
    try:
        code = app(standalone_mode=False, prog_name="nhaclich")
        sys.stdout.flush()
    except NhacLichError as error:
        complain(redact(str(error)))
        if error.detail and os.environ.get(DEBUG):
            complain(redact(error.detail))
        code = 1
    except typer.TyperException as error:
        complain(_misused(error))
        code = error.exit_code
    except typer.Abort:
        complain("Đã dừng, chưa thay đổi gì.")
        code = 1
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        hang_up()
        code = 1
    except Exception as error:
        complain(_unexpected(error))
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _misused(error: typer.TyperException) -> str:
    """What is wrong with the words after `nhaclich`, and where their use is explained."""
    context = getattr(error, "ctx", None)
    where = f"{context.command_path} --help" if context is not None else "nhaclich --help"
    option = getattr(error, "option_name", None)
    parameter = getattr(error, "param", None)
    if option:
        fault = f"Không dùng được tùy chọn {option}."
    elif parameter is not None and type(error).__name__ == "MissingParameter":
        fault = f"Còn thiếu {parameter.metavar or parameter.name}."
    elif parameter is not None:
        fault = f"Giá trị của {parameter.opts[-1] if parameter.opts else parameter.name} không dùng được."
    elif not str(error):
        return f"Còn thiếu tên lệnh. Xem cách dùng: {where}"
    else:
        fault = "Lệnh chưa đúng."
    return f"{fault} Xem cách dùng: {where}"


def _unexpected(error: Exception) -> str:
    if os.environ.get(DEBUG):
        return redact("".join(traceback.format_exception(error)))
    return (
        f"Có lỗi ngoài dự kiến ({type(error).__name__}); chưa chắc việc đã xong. "
        f"Đề nghị chạy lại; nếu vẫn vậy, chạy với {DEBUG}=1 để xem chi tiết."
    )
