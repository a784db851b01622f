"""No token, code, password or phone number in any log line or traceback (invariant 12)."""

import logging
import re
import sys
import threading
import traceback
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import quote

_LETTER = "[BCFGHJKMNPQRSTVXZ2-9]"

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    # Bot tokens: in the address of every request, and bare, as they stand in a setting.
    (re.compile(r"bot\d+:[\w-]+"), "bot[token]"),
    (re.compile(r"(?<=/)bot[^/\s\"']{12,}(?=/)"), "bot[token]"),
    (re.compile(r"\b\d{6,}:[A-Za-z0-9_-]{20,}"), "[token]"),
    # Codes: after /start, in a link, and where they are named.
    (re.compile(r"(/start(?:@\w+)?\s+)[\w-]+"), r"\1[code]"),
    (re.compile(r"([?&](?:start|startapp|code)=)[\w%-]+"), r"\1[code]"),
    (re.compile(r"((?:join_code|code_hash|[\"']code[\"'])[\"']?\s*[=:]\s*[\"']?)[\w-]+"), r"\1[code]"),
    # Registration codes and join codes by themselves (`bot.cluster.codes`: their letters and groups).
    (
        re.compile(rf"(?<![\w-])(?=[\d -]*[a-z])(?:{_LETTER}{{4}}[- ]?){{2}}{_LETTER}{{4}}(?![\w-])", re.I),
        "[code]",
    ),
    (re.compile(rf"(?<![\w-])(?=[\d-]*[A-Z]){_LETTER}{{3}}-{_LETTER}{{3}}(?![\w-])"), "[code]"),
    # Addresses that open something to whoever has them.
    (re.compile(r"(/(?:f|cal)/)[\w-]{16,}"), r"\1[link]"),
    # Passwords and secrets: in an address, in a connection string, in a header or a setting.
    (re.compile(r"(\w+://[^\s:/@'\"]*:)[^\s@'\"]+(?=@)"), r"\1[password]"),
    (
        re.compile(
            r"((?:password|passwd|secret[_-]?token|webhook[_-]?secret|api[_-]secret[_-]token)"
            r"[\"']?\)?\s*[=:,]\s*\(?b?[\"']?)[^\s\"'&,;)}\]]+",
            re.I,
        ),
        r"\1[secret]",
    ),
    # Phone numbers of Viet Nam: 10 digits (11 for some fixed lines) after 0, or after +84.
    (re.compile(r"(?<![\w.])\(?0\d{2,3}\)?[ .-]?\d{3}[ .-]?\d{3,4}(?![\w])"), "[phone]"),
    (re.compile(r"(?<![\w.])\+84[ .-]?\d{2,3}[ .-]?\d{3}[ .-]?\d{3,4}(?![\w])"), "[phone]"),
    (re.compile(r"(?<![\w.])84[35789]\d{8}(?![\w])"), "[phone]"),
)

_QUIET = ("httpx", "httpcore", "apscheduler", "aiohttp.access", "uvicorn.access", "alembic")
_SHORTEST = 8  #: letters of a value that is looked for as it stands; shorter ones are words as well

_OF_A_RECORD = frozenset(vars(logging.makeLogRecord({})))

#: Values that are secret whatever form they have, and as they stand in an address.
_concealed: set[str] = set()


def conceal(*values: str) -> None:
    """From now on these never appear: the secrets of the settings."""
    _concealed.update(
        form for value in values for form in (value, quote(value, safe="")) if len(value) >= _SHORTEST
    )


def redact(text: str) -> str:
    """The text without secrets, registration codes and Vietnamese phone numbers."""
    for value in sorted(_concealed, key=len, reverse=True):
        text = text.replace(value, "[secret]")
    for pattern, instead in _PATTERNS:
        text = pattern.sub(instead, text)
    return text


class Redacting(logging.Filter):
    """Cleans every record that passes: its message, its traceback, its stack."""

    def filter(self, record: logging.LogRecord) -> bool:
        clean(record)
        return True


def clean(record: logging.LogRecord) -> None:
    """The record's words become fixed and clean; handlers that come later see nothing else."""
    try:
        message = record.getMessage()
    except Exception:
        message = str(record.msg)
    record.msg, record.args = redact(message), ()
    if record.exc_info and record.exc_info[1] is not None:
        record.exc_text = redact("".join(traceback.format_exception(record.exc_info[1])).rstrip("\n"))
        record.exc_info = None
    elif record.exc_text:
        record.exc_text = redact(record.exc_text)
    if record.stack_info:
        record.stack_info = redact(record.stack_info)
    for name, value in vars(record).items():
        if name not in _OF_A_RECORD and isinstance(value, str):
            setattr(record, name, redact(value))


def install_logging(
    level: int | str = logging.INFO, stream: TextIO | None = None, form: logging.Formatter | None = None
) -> None:
    """Log to `stream` (stderr), every record of every logger cleaned as it is made.

    Also exceptions that nobody caught, in any thread, and warnings.  Calling it again replaces the
    handler of the call before.
    """
    logging.setLogRecordFactory(_make_record)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(form or logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(Redacting())
    root = logging.getLogger()
    for old in [one for one in root.handlers if any(isinstance(f, Redacting) for f in one.filters)]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread


def _make_record(*args: Any, **kwargs: Any) -> logging.LogRecord:
    record = logging.LogRecord(*args, **kwargs)
    clean(record)
    return record


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("bot").critical("the program ended", exc_info=(kind, error, trace))


def _uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None:
        where = args.thread.name if args.thread else "a thread"
        trace = (args.exc_type, args.exc_value, args.exc_traceback)
        logging.getLogger("bot").critical("%s ended", where, exc_info=trace)
