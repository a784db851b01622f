"""Invariant 12: no token, code or phone number in any log line or traceback."""

import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import text as sql
from sqlalchemy.exc import DatabaseError

from bot import redact as redacting
from bot.loglines import FORMATS, formatter
from bot.redact import conceal, install_logging, redact
from bot.settings import Settings
from bot.storage.engine import open_engine

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


SECRET, PASSWORD = "mot-bi-mat-rat-dai", "m@t kh4u:rat/kho"
ZALO = "1459232241454765289:MpYwAbCdEfGhIjKlMnOpQrStUv"
LINK = "q8Jx0Zk3mVw7Yt2Lr5Nn9Bb1Cc4Dd6Ff8Gg0Hh2Jj4K"
NEVER = (
    "AAdemo",
    "MpYwAbCd",
    SECRET,
    PASSWORD,
    "m%40t",
    "rat/kho",
    "BCFG",
    "bcfghjkm2345",
    "KM5-7XZ",
    "0912",
    "912 345",
    LINK,
)


@pytest.fixture
def settings_kept() -> Iterator[None]:
    address = f"postgresql://nhaclich:{quote(PASSWORD, safe='')}@db:5432/nhaclich"
    settings = Settings.model_validate(
        {
            "telegram_bot_token": TOKEN,
            "zalo_bot_tokens": ZALO,
            "webhook_secret": SECRET,
            "database_url": address,
            "telegram_proxy": "socks5://u:mat-khau-proxy@host:1080",
        }
    )
    before = set(redacting._concealed)
    conceal(*settings.secrets)
    yield
    redacting._concealed.clear()
    redacting._concealed.update(before)


#: What a library or a careless line may hold; none of it may be read afterwards.
ATTACKS = [
    f"https://api.telegram.org/bot{TOKEN}/getMe",
    f"https://bot-api.zaloplatforms.com/bot{ZALO}/sendMessage",
    f"TELEGRAM_BOT_TOKEN={TOKEN} ZALO_BOT_TOKENS={ZALO},{ZALO}",
    TOKEN.rpartition(":")[2],
    quote(TOKEN, safe=""),
    f"{{'X-Telegram-Bot-Api-Secret-Token': '{SECRET}'}}",
    f"[(b'x-bot-api-secret-token', b'{SECRET}')]",
    f"WEBHOOK_SECRET={SECRET}",
    f"setWebhook secret_token={SECRET}&url=x",
    f"postgresql://nhaclich:{quote(PASSWORD, safe='')}@db:5432/nhaclich",
    f"connection failed: host=db user=nhaclich password='{PASSWORD}' dbname=x",
    f"FATAL: password '{PASSWORD}' is wrong",
    "mã BCFG-HJKM-2345, bcfghjkm2345, BCFG HJKM 2345; mã cụm KM5-7XZ",
    "https://t.me/nhaclich_bot?start=BCFGHJKM2345",
    "gọi 0912345678, +84 912 345 678, 84912345678, 0912.345.678, 0912-345-678",
    f"GET /f/{LINK} và webcal://lich.example/cal/{LINK}.ics",
]


LOGGERS = ["bot", "uvicorn.error", "uvicorn.access", "httpx", "httpcore.http11", "aiohttp.access", "asyncio"]


@pytest.mark.parametrize("name", LOGGERS)
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.usefixtures("settings_kept")
def test_nothing_secret_is_read_in_any_log(log: io.StringIO, name: str, form: str) -> None:
    """In the words, the arguments, what is given beside them, and every cause of an error."""
    install_logging(logging.DEBUG, log, formatter(form))
    logger = logging.getLogger(name)
    before = (logger.level, logger.propagate)
    logger.setLevel(logging.DEBUG)
    logger.propagate = True  # a web server of another test may have silenced it
    for attack in ATTACKS:
        logger.warning(attack.replace("%", "%%"))
        logger.info("%s and %r", attack, {"of": attack}, extra={"address": attack}, stack_info=True)
        try:
            try:
                try:
                    raise OSError(attack)
                except OSError as error:
                    raise ConnectionError(attack) from error
            except ConnectionError:
                raise RuntimeError({"request": attack}) from None
        except RuntimeError as error:
            error.add_note(attack)
            logger.exception("failed: %s", attack)
            logger.error("once more", exc_info=ExceptionGroup(attack, [error, ValueError(attack)]))
    logger.setLevel(before[0])
    logger.propagate = before[1]
    text = log.getvalue()
    assert text.count("once more") == len(ATTACKS)
    for secret in NEVER:
        assert secret not in text, secret


def test_a_line_for_each_event(log: io.StringIO) -> None:
    install_logging(logging.INFO, log, formatter("logfmt"))
    try:
        raise ValueError('line one\nline "two"')
    except ValueError:
        logging.getLogger("bot.x").exception("it failed", extra={"bot": "77", "result": "not stored"})
    (line,) = log.getvalue().splitlines()
    assert ' level=error at=bot.x msg="it failed" bot=77 result="not stored" error=' in line
    assert line.startswith("time=")
    assert "Traceback (most recent call last):\\n" in line

    install_logging(logging.INFO, log, formatter("json"))
    logging.getLogger("bot.x").info("thứ Năm", extra={"bot": "77"})
    said = json.loads(log.getvalue().splitlines()[-1])
    assert (said["level"], said["at"], said["msg"], said["bot"]) == ("info", "bot.x", "thứ Năm", "77")


def test_people_read_text_at_a_terminal() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    record = logging.makeLogRecord({"name": "bot", "levelname": "INFO", "msg": "chào"})
    assert "INFO bot: chào" in formatter(None, Terminal()).format(record)
    assert "msg=" in formatter(None, io.StringIO()).format(record)


def test_errors_of_the_database_do_not_tell_what_was_written(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'x.db'}")
    with pytest.raises(DatabaseError) as caught, engine.begin() as db:
        db.execute(sql("INSERT INTO nowhere VALUES (:name)"), {"name": "Nguyễn Thị Hồng"})
    engine.dispose()
    assert "Hồng" not in str(caught.value)
