"""Settings from the environment (or `.env`), as one frozen object."""

from functools import cached_property
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import BadInputError

DEFAULT_DATABASE = "sqlite:///nhaclich.db"
TELEGRAM = "https://api.telegram.org"


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
    http_port: int = Field(default=8080, ge=1, le=65535)
    webhook_secret: SecretStr | None = None
    send_rate: float = Field(default=28, ge=0, le=1000)

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("unknown time zone") from error
        return name

    @field_validator("telegram_api_url", "zalo_api_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        """The address of the server; a trailing "/bot" is forgiven."""
        url = url.rstrip("/").removesuffix("/bot")
        if not url.startswith(("http://", "https://")):
            raise ValueError("not a web address")
        return url

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


def read_settings() -> Settings:
    """Raises BadInputError naming the setting that cannot be used, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        names = sorted({str(part["loc"][0]).upper() for part in error.errors() if part["loc"]})
        raise BadInputError(
            f"Cài đặt không dùng được: {', '.join(names)}. Đề nghị xem lại tệp .env hoặc biến môi trường.",
            detail="; ".join(f"{part['loc']}: {part['msg']}" for part in error.errors(include_input=False)),
        ) from None
