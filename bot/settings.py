"""Settings from the environment (or `.env`), as one frozen object."""

import re
from contextlib import suppress
from functools import cached_property
from typing import Literal
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import BadInputError

DEFAULT_DATABASE = "sqlite:///nhaclich.db"
TELEGRAM = "https://api.telegram.org"
_SECRET = re.compile(r"[A-Za-z0-9_-]{8,256}")


class Settings(BaseSettings):
    """Every name here is written in the README."""

    model_config = SettingsConfigDict(env_file=".env", frozen=True, extra="ignore", env_ignore_empty=True)

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = TELEGRAM
    telegram_proxy: SecretStr | None = None  #: may hold a password
    zalo_bot_tokens: SecretStr | None = None
    zalo_api_url: str = "https://bot-api.zaloplatforms.com"
    database_url: SecretStr = SecretStr(DEFAULT_DATABASE)  #: may hold a password
    timezone: str = "Asia/Ho_Chi_Minh"
    public_url: str | None = None
    http_host: str | None = None  #: the address to listen on; see `listens_on`
    http_port: int = Field(default=8080, ge=1, le=65535)
    webhook_secret: SecretStr | None = None
    send_rate: float = Field(default=28, ge=0, le=1000)
    log_format: Literal["text", "logfmt", "json"] | None = None  #: see `bot.loglines`

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("unknown time zone") from error
        return name

    @field_validator("telegram_api_url", "zalo_api_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        """The address of the server; a trailing "/bot" is forgiven."""
        url = url.strip().rstrip("/").removesuffix("/bot")
        if not _is_address(url, "http", "https"):
            raise ValueError("not a web address")
        return url

    @field_validator("telegram_proxy")
    @classmethod
    def _proxy_address(cls, proxy: SecretStr | None) -> SecretStr | None:
        if proxy is not None and not _is_address(proxy.get_secret_value(), "http", "socks5", "socks5h"):
            raise ValueError("not the address of a proxy")
        return proxy

    @field_validator("public_url")
    @classmethod
    def _public_address(cls, url: str | None) -> str | None:
        """Without a slash at its end."""
        url = (url or "").strip().rstrip("/")
        if not url:
            return None
        parts = urlsplit(url)
        if not _is_address(url, "http", "https") or parts.query or parts.fragment or "@" in parts.netloc:
            raise ValueError("not a web address")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _safe_secret(cls, secret: SecretStr | None) -> SecretStr | None:
        """What both services take: Telegram these letters, Zalo at least 8 of them (setWebhook)."""
        if secret is not None and not _SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("not a secret for webhooks")
        return secret

    @field_validator("telegram_bot_token")
    @classmethod
    def _token(cls, token: SecretStr | None) -> SecretStr | None:
        """Blanks around it come from copying."""
        bare = token.get_secret_value().strip() if token is not None else ""
        if any(letter.isspace() or letter in "/?#%" for letter in bare):
            raise ValueError("not a token")
        return SecretStr(bare) if bare else None

    @property
    def listens_on(self) -> str:
        """Without a public address only this machine may ask how the bot is."""
        return self.http_host or ("0.0.0.0" if self.public_url else "127.0.0.1")  # noqa: S104 - meant so

    @property
    def secrets(self) -> list[str]:
        """Every value that must not be shown: tokens, whole and without their number, and passwords."""
        found: list[str] = []
        for given in (self.telegram_bot_token, self.zalo_bot_tokens, self.webhook_secret):
            for token in given.get_secret_value().split(",") if given is not None else ():
                found += [token.strip(), token.strip().rpartition(":")[2]]
        for address in (self.database_url, self.telegram_proxy):
            with suppress(ValueError):
                parts = urlsplit(address.get_secret_value()) if address is not None else None
                if parts is not None and parts.password:
                    found += [parts.password, unquote(parts.password)]
        return found

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def read_settings() -> Settings:
    """Raises BadInputError naming each setting that cannot be used and what it must be, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        names = sorted({str(part["loc"][0]).upper() for part in error.errors() if part["loc"]})
        told = "; ".join(f"{name} {_MUST_BE.get(name, 'không đúng dạng')}" for name in names)
        raise BadInputError(
            f"Cài đặt không dùng được: {told}. Đề nghị xem lại tệp .env hoặc biến môi trường.",
            detail="; ".join(f"{part['loc']}: {part['msg']}" for part in error.errors(include_input=False)),
        ) from None
    except (UnicodeDecodeError, OSError) as error:
        raise BadInputError(
            "Không đọc được tệp .env. Đề nghị lưu lại với bảng mã UTF-8.", detail=type(error).__name__
        ) from None


def _is_address(text: str, *schemes: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


_MUST_BE = {
    "SEND_RATE": "phải là số từ 0 đến 1000",
    "TIMEZONE": "phải là tên múi giờ như Asia/Ho_Chi_Minh",
    "TELEGRAM_API_URL": "phải là địa chỉ bắt đầu bằng http:// hoặc https://",
    "ZALO_API_URL": "phải là địa chỉ bắt đầu bằng http:// hoặc https://",
    "TELEGRAM_PROXY": "phải là địa chỉ bắt đầu bằng http://, socks5:// hoặc socks5h://",
    "TELEGRAM_BOT_TOKEN": "không phải mã bot mà @BotFather cấp",
    "LOG_FORMAT": "phải là text, logfmt hoặc json",
    "HTTP_PORT": "phải là số từ 1 đến 65535",
    "PUBLIC_URL": "phải là địa chỉ bắt đầu bằng https://",
    "WEBHOOK_SECRET": "phải có từ 8 đến 256 ký tự, chỉ gồm chữ không dấu, số, - và _",
}
