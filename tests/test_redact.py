"""Invariant 12: no token, code or phone number in any log line or traceback."""

import io
import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from bot.redact import install_logging, redact

TOKEN = "7000000001:AAdemo-local-server-only-not-a-secret0"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"POST https://api.telegram.org/bot{TOKEN}/sendMessage", "POST https://api.telegram.org/bot[token]/sendMessage"),
        (f"InvalidToken: {TOKEN} was rejected", "InvalidToken: [token] was rejected"),
        ("text: /start K7QM-2XPA done", "text: /start [code] done"),
        ("https://t.me/x_bot?start=K7QM2XPA", "https://t.me/x_bot?start=[code]"),
        ("{'code': 'K7QM2XPA', 'name': 'Mai'}", "{'code': '[code]', 'name': 'Mai'}"),
        ("gọi 0912345678 nhé", "gọi [phone] nhé"),
        ("gọi 0912 345 678, 0225.3.861.234", "gọi [phone], 0225.3.861.234"),
        ("gọi +84 912 345 678", "gọi [phone]"),
        ("(0225) 3861234 và 84912345678", "[phone] và [phone]"),
        ("0.9123456789 s at 2023-10-03 02:00:00.123456", "0.9123456789 s at 2023-10-03 02:00:00.123456"),
        ("chat 7000000123, message 12345", "chat 7000000123, message 12345"),
    ],
)  # fmt: skip
def test_what_is_taken_out_and_what_stays(text: str, clean: str) -> None:
    assert redact(text) == clean


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (list(root.handlers), root.level, logging.getLogRecordFactory(), sys.excepthook)
    thread_hook = threading.excepthook
    stream = io.StringIO()
    install_logging(logging.DEBUG, stream)
    yield stream
    root.handlers[:], level, factory, sys.excepthook = before
    root.setLevel(level)
    logging.setLogRecordFactory(factory)
    threading.excepthook = thread_hook
    logging.captureWarnings(False)


def test_arguments_and_tracebacks_are_cleaned(log: io.StringIO) -> None:
    try:
        try:
            raise KeyError(f"bot{TOKEN}")
        except KeyError as cause:
            raise ValueError("call 0912345678") from cause
    except ValueError:
        logging.getLogger("anything").exception("url %s", f"https://x/bot{TOKEN}/getMe")
    text = log.getvalue()
    assert "Traceback" in text
    assert "KeyError" in text
    assert "AAdemo" not in text
    assert "0912345678" not in text


def test_records_are_clean_for_every_other_handler_too(
    log: io.StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("x").warning("phone %s", "0912345678")
    assert caplog.records[-1].getMessage() == "phone [phone]"


def test_a_record_with_wrong_arguments_does_no_harm(log: io.StringIO) -> None:
    logging.getLogger("x").warning("%d apples", "0912345678")
    assert "apples" in log.getvalue()
    assert "0912345678" not in log.getvalue()


def test_what_nobody_caught_is_cleaned(log: io.StringIO) -> None:
    def fail() -> None:
        raise ValueError(f"bot{TOKEN}")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    error = ValueError("call 0912345678")
    sys.excepthook(ValueError, error, None)
    assert "[token]" in log.getvalue()
    assert "[phone]" in log.getvalue()
    assert "AAdemo" not in log.getvalue()


def test_installing_twice_logs_once(log: io.StringIO) -> None:
    install_logging(logging.INFO, log)
    logging.getLogger("x").info("hello")
    assert log.getvalue().count("hello") == 1
