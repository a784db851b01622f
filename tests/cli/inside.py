"""The command in this process: the same `main`, without the second that a start takes."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from tests.cli.processes import environment


@dataclass
class Said:
    code: int
    out: str
    err: str


@dataclass
class Desk:
    """Runs commands in a folder; what they print is caught."""

    folder: Path

    def run(self, *words: str | Path, typed: str = "", **settings: str) -> Said:
        out, err = (_File(), _File())
        with _in(self.folder, settings), pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "argv", ["nhaclich", *map(str, words)])
            patch.setattr(sys, "stdin", io.StringIO(typed))
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            with pytest.raises(SystemExit) as end:
                main()
        code = end.value.code
        return Said(code if isinstance(code, int) else 0, out.text, err.text)

    def refused(self, *words: str | Path, typed: str = "", **settings: str) -> str:
        """What is said where the command must fail: one short Vietnamese text, no traceback."""
        said = self.run(*words, typed=typed, **settings)
        assert said.code == 1, said
        assert said.err.strip(), said
        assert "Traceback" not in said.err + said.out
        assert "Có lỗi ngoài dự kiến" not in said.err
        return said.err.strip()


class _File(io.TextIOWrapper):
    """A pipe: not a screen."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="\n")

    @property
    def text(self) -> str:
        self.flush()
        content = self.buffer
        assert isinstance(content, io.BytesIO)
        return content.getvalue().decode()


@contextmanager
def _in(folder: Path, settings: dict[str, str]) -> Iterator[None]:
    """In this folder, with an environment of these settings alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in set(os.environ) - set(environment({})):
            patch.delenv(name)
        for name, value in settings.items():
            patch.setenv(name, value)
        yield
