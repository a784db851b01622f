"""How words reach the terminal: wrapped on a screen, whole lines in a pipe or a file."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import TextIO

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot.errors import BadInputError

_out = Console(highlight=False, emoji=False, markup=False)
_errors = Console(highlight=False, emoji=False, markup=False, stderr=True)
_YES = ("c", "co", "có", "y", "yes")
_NO = ("", "k", "khong", "không", "n", "no")


def say(text: str, *, bold: bool = False) -> None:
    """A sentence or a line.  Square brackets in it are only brackets."""
    _print(_out, Text(text, style="bold" if bold else ""))


def complain(text: str) -> None:
    """The same, on stderr."""
    _print(_errors, Text(text))


def say_facts(facts: Iterable[tuple[str, str]], *, indent: int = 0) -> None:
    """Words with their values, the values one under another and wrapped there."""
    rows = list(facts)
    width = max((len(word) for word, _ in rows), default=0) + 1
    if not _out.is_terminal:
        for word, value in rows:
            say(f"{' ' * indent}{word + ':':{width}} {value}".rstrip())
        return
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True, width=width)
    table.add_column(overflow="fold")
    for word, value in rows:
        table.add_row(Text(f"{word}:", style="bold"), Text(value))
    _out.print(Padding(table, (0, 0, 0, indent)))


def agreed(question: str, *, yes: bool) -> bool:
    """`yes` or the answer to the question.  Raises BadInputError where nobody is there to answer."""
    if yes:
        return True
    while True:
        try:
            said = typer.prompt(f"{question} [có/không]", default="", show_default=False)
        except typer.Abort:
            raise BadInputError("Chưa có trả lời nên chưa thay đổi gì. Để khỏi hỏi: thêm --yes.") from None
        word = said.strip().casefold()
        if word in _YES or word in _NO:
            return word in _YES
        complain("Đề nghị gõ “có” hoặc “không”.")


def speak_utf8() -> None:
    """Vietnamese can be written wherever the output goes, whatever the locale says."""
    for stream in (sys.stdout, sys.stderr):
        if (stream.encoding or "").lower().replace("-", "") != "utf8":
            with suppress(AttributeError, ValueError):  # a stream that is no file
                stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def hang_up() -> None:
    """The reader of the pipe has gone: what is still buffered goes nowhere, without a complaint."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print(console: Console, text: Text) -> None:
    stream: TextIO = console.file  # type: ignore[assignment]
    console.print(text, soft_wrap=not console.is_terminal)
    stream.flush()
