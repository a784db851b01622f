"""How an event is written: one line each, of names and values, for whatever gathers them."""

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TextIO

FORMATS = ("text", "logfmt", "json")

#: What every record has; whatever else stands on it was given with the event.
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:/@%+,;()[]{}")


def formatter(wanted: str | None, stream: TextIO | None = None) -> logging.Formatter:
    """One of FORMATS; None: `text`, which people read, at a terminal, else `logfmt`."""
    if wanted is None:
        wanted = "text" if (stream or sys.stderr).isatty() else "logfmt"
    if wanted == "text":
        return logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    return _Lines(as_json=wanted == "json")


class _Lines(logging.Formatter):
    """`time`, `level`, `at` (who says it), `msg`, what else was given; of an error `error` and `trace`."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "at": record.name,
            "msg": record.getMessage(),
        }
        fields |= {key: value for key, value in vars(record).items() if key not in _USUAL}
        trace = record.exc_text or (self.formatException(record.exc_info) if record.exc_info else "")
        if trace:
            fields |= {"error": trace.rstrip().rpartition("\n")[2], "trace": trace}
        if record.stack_info:
            fields["stack"] = record.stack_info
        return json.dumps(fields, ensure_ascii=False, default=str) if self._as_json else _logfmt(fields)


def _logfmt(fields: Mapping[str, object]) -> str:
    return " ".join(f"{name}={_value(value)}" for name, value in fields.items())


def _value(value: object) -> str:
    text = str(value)
    return text if text and _PLAIN.issuperset(text) else json.dumps(text, ensure_ascii=False)
