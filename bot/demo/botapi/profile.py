"""What the bot says of itself (commands, descriptions) and where its updates go (the webhook)."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from bot.demo.botapi.model import Json, bad_request
from bot.demo.botapi.params import Params

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class Profile:
    """Commands by scope and language, and the three texts of the profile."""

    def __init__(self, name: str) -> None:
        self.texts: dict[tuple[str, str], str] = {("name", ""): name}
        self._commands: dict[tuple[str, int | None, str], list[Json]] = {}

    def set_text(self, what: str, limit: int, params: Params) -> None:
        """`what` is the parameter's own name: name, description, short_description."""
        text = params.text(what)
        if len(text) > limit:
            raise bad_request(f"BOT_{'TITLE' if what == 'name' else 'ABOUT'}_INVALID")
        self.texts[(what, params.text("language_code"))] = text

    def set_commands(self, params: Params) -> None:
        commands = params.structure("commands", [])
        if not isinstance(commands, list) or len(commands) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(str(command.get("description", ""))) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self._commands[self._key(params)] = commands

    def get_commands(self, params: Params) -> list[Json]:
        return self._commands.get(self._key(params), [])

    def delete_commands(self, params: Params) -> None:
        self._commands.pop(self._key(params), None)

    def commands_for(self, user_id: int) -> list[Json]:
        """The narrowest scope wins, Vietnamese before no language (Bot API, BotCommandScope)."""
        many = "all_group_chats" if user_id < 0 else "all_private_chats"
        for scope in (("chat", user_id), (many, None), ("default", None)):
            for language in ("vi", ""):
                found = self._commands.get((*scope, language))
                if found:
                    return found
        return []

    @staticmethod
    def _key(params: Params) -> tuple[str, int | None, str]:
        scope: Any = params.structure("scope") or {}
        chat_id = scope.get("chat_id")
        kind = str(scope.get("type", "default"))
        return kind, int(chat_id) if chat_id is not None else None, params.text("language_code")


@dataclass(slots=True)
class Webhook:
    """Where updates are posted; an empty `url` means long polling."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_at: datetime | None = None
    posted: int = 0  #: updates the other side took with a 2xx
    changed: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def set(self, params: Params) -> None:
        """Plain http is taken only for this machine.  Raises ApiError 400."""
        url = params.text("url")
        if url:
            parts = urlsplit(url)
            if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
                raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        secret = params.text("secret_token")
        if secret and not _SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        self.url, self.secret = url, secret
        self.max_connections = params.integer("max_connections", 40)
        self.last_error, self.last_error_at = "", None
        self.changed.set()

    def info(self, pending: int, allowed: list[str] | None) -> Json:
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": pending,
            "max_connections": self.max_connections,
        }
        if self.last_error_at is not None:
            info["last_error_date"] = int(self.last_error_at.timestamp())
            info["last_error_message"] = self.last_error
        if allowed is not None:
            info["allowed_updates"] = allowed
        return info
