"""Settings: read from the environment and `.env`, refused by name and never by value."""

from pathlib import Path

import pytest

from bot.errors import BadInputError
from bot.settings import DEFAULT_DATABASE, TELEGRAM, Settings, read_settings


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_everything_has_a_default() -> None:
    settings = read_settings()
    assert settings.telegram_bot_token is None
    assert settings.telegram_api_url == TELEGRAM
    assert settings.database_url.get_secret_value() == DEFAULT_DATABASE
    assert settings.send_rate == 28
    assert str(settings.tz) == "Asia/Ho_Chi_Minh"


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SEND_RATE=5\nTIMEZONE=UTC\nUNKNOWN=1\n", "utf-8")
    monkeypatch.setenv("SEND_RATE", "7")
    assert read_settings().send_rate == 7
    assert read_settings().timezone == "UTC"


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TELEGRAM_BOT_TOKEN", "TELEGRAM_PROXY", "SEND_RATE", "DATABASE_URL"):
        monkeypatch.setenv(name, "")
    assert read_settings() == Settings()
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "  ")
    assert read_settings().telegram_bot_token is None


def test_what_copying_leaves_around_is_forgiven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", " 7000000001:AAabc \n")
    monkeypatch.setenv("TELEGRAM_API_URL", "http://127.0.0.1:8081/bot/")
    settings = read_settings()
    assert settings.telegram_bot_token is not None
    assert settings.telegram_bot_token.get_secret_value() == "7000000001:AAabc"
    assert settings.telegram_api_url == "http://127.0.0.1:8081"


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "7000000001:AAabc")
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:sekret@host/x")
    monkeypatch.setenv("TELEGRAM_PROXY", "socks5://u:sekret@host:1080")
    shown = f"{read_settings()!r} {read_settings()}"
    assert "AAabc" not in shown
    assert "sekret" not in shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SEND_RATE", "-1"),
        ("SEND_RATE", "inf"),
        ("HTTP_PORT", "0"),
        ("TIMEZONE", "Mars/Base"),
        ("TELEGRAM_API_URL", "ftp://example.org"),
        ("TELEGRAM_API_URL", "http://example.org:port"),
        ("TELEGRAM_PROXY", "socks4://example.org"),
        ("TELEGRAM_BOT_TOKEN", "one two"),
        ("TELEGRAM_BOT_TOKEN", "7000000001:AA/../getMe"),
    ],
)
def test_what_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadInputError) as error:
        read_settings()
    assert f"{name} " in str(error.value)
    assert value not in str(error.value) + error.value.detail
    assert error.value.__cause__ is None


def test_all_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEND_RATE", "many")
    monkeypatch.setenv("TIMEZONE", "here")
    with pytest.raises(BadInputError, match=r"SEND_RATE.*TIMEZONE"):
        read_settings()
