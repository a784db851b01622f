"""A second stand-in for the Zalo Bot Platform, written from the facts alone and from nothing of ours.

It shares no line with `bot.demo.zaloapi`: what the two understand differently is a fault of one of them.
Threads and the standard library only.  It notes in `complaints` whatever a client of good manners never asks.
"""

import contextlib
import json
import re
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

Json = dict[str, Any]

PEOPLE, MESSAGES = 50, 3000  #: of a free bot, the latter in a month
_PATH = re.compile(r"/bot([^/]+)/([A-Za-z]+)")
#: Each method: what answers it, and what it may be given.
_KNOWN = {
    "getMe": ("_me", set()),
    "getUpdates": ("_update", {"timeout"}),
    "getWebhookInfo": ("_webhook", set()),
    "setWebhook": ("_set_webhook", {"url", "secret_token"}),
    "deleteWebhook": ("_delete_webhook", set()),
    "sendMessage": ("_message", {"chat_id", "text", "parse_mode"}),
    "sendPhoto": ("_photo", {"chat_id", "photo", "caption"}),
    "sendChatAction": ("_action", {"chat_id", "action"}),
    "sendSticker": ("_sticker", {"chat_id", "sticker"}),
}


class RefusalError(Exception):
    def __init__(self, code: int | str, why: str, *, status: int = 200, page: bool = False) -> None:
        super().__init__(why)
        self.code, self.why, self.status, self.page = code, why, status, page


@dataclass
class Account:
    """A bot.  Its `id` has nothing in common with its token."""

    token: str
    id: str
    name: str
    people: dict[str, str] = field(default_factory=dict)  #: id → shown name
    heard: dict[str, list[str]] = field(default_factory=dict)  #: chat → what the bot said there
    waiting: deque[Json] = field(default_factory=deque)
    sent: int = 0
    webhook: str = ""
    poll: int = 0  #: the number of the newest poll: an earlier one ends


class OtherZalo:
    """`with OtherZalo() as zalo`.  `now()` gives milliseconds; `disturb` is called with (method, number of
    the call) before a call is done and may raise RefusalError."""

    def __init__(self, now: Callable[[], int], disturb: Callable[[str, int], None] | None = None) -> None:
        self._now = now
        self._disturb = disturb
        self._news = threading.Condition()
        self._calls = 0
        self._served = 0
        self.accounts: dict[str, Account] = {}
        self.complaints: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, kind, answer = outer._answer(self.path, self.headers.get("Content-Type", ""), body)
                with contextlib.suppress(OSError):  # whoever asked has hung up
                    self.send_response(status)
                    self.send_header("Content-Type", kind)
                    self.send_header("Content-Length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer)

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._news:
            for account in self.accounts.values():
                account.poll += 1
            self._news.notify_all()
        self._server.shutdown()
        self._server.server_close()

    def add(self, token: str, id: str, name: str) -> Account:
        account = self.accounts[token] = Account(token, id, name)
        return account

    # What people do

    def writes(self, account: Account, person: str, name: str, text: str) -> bool:
        """False: the bot is full, and does not hear of it."""
        if person not in account.people and len(account.people) >= PEOPLE:
            return False
        account.people[person] = name
        account.heard.setdefault(person, [])
        self.happens(account, person, "message.text.received", {"text": text})
        return True

    def happens(self, account: Account, person: str, event: str, content: Json, *, times: int = 1) -> None:
        """Anything of this person, delivered so many times."""
        message = {
            "from": {"id": person, "display_name": account.people[person], "is_bot": False},
            "chat": {"id": person, "chat_type": "PRIVATE"},
            "message_id": uuid.uuid4().hex,
            "date": self._now(),
        }
        with self._news:
            for _ in range(times):
                account.waiting.append({"event_name": event, "message": message | content})
            self._news.notify_all()

    # What a bot asks

    def _answer(self, path: str, kind: str, body: bytes) -> tuple[int, str, bytes]:
        try:
            result: Json = {"ok": True, "result": self._called(path, kind, body)}
            return 200, "application/json", json.dumps(result).encode()
        except RefusalError as no:
            if no.page:
                return no.status, "text/html", f"<html><h1>{no.why}</h1></html>".encode()
            said = {"ok": False, "description": no.why, "error_code": no.code}
            return no.status, "application/json; charset=utf-8", json.dumps(said).encode()

    def _called(self, path: str, kind: str, body: bytes) -> object:
        found = _PATH.fullmatch(path)
        account = self.accounts.get(found[1]) if found else None
        if found is None or account is None:
            raise RefusalError(401, "Unauthorized")
        method = found[2]
        params = self._params(method, kind, body)
        if method not in _KNOWN:
            raise self._complaint(404, f"no method {method}")
        answers, may_be_given = _KNOWN[method]
        if odd := set(params) - may_be_given:
            raise self._complaint(400, f"{method} with {odd}")
        with self._news:
            self._calls += 1
            number = self._calls
        if self._disturb is not None:
            self._disturb(method, number)
        result: object = getattr(self, answers)(account, params)
        return result

    def _params(self, method: str, kind: str, body: bytes) -> Json:
        try:
            params = json.loads(body.decode("utf-8")) if body else {}
        except ValueError:
            raise self._complaint(400, f"{method}: no JSON in UTF-8") from None
        if not isinstance(params, dict) or "json" not in kind:
            raise self._complaint(400, f"{method}: no JSON object, {kind!r}")
        return params

    def _complaint(self, code: int, why: str) -> RefusalError:
        self.complaints.append(why)
        return RefusalError(str(code), why)

    def _me(self, account: Account, params: Json) -> Json:
        return {
            "id": account.id,
            "account_name": account.name,
            "account_type": "BASIC",
            "can_join_groups": False,
        }

    def _update(self, account: Account, params: Json) -> Json:
        wait = params.get("timeout", 30)
        if not isinstance(wait, int) or not 0 <= wait <= 60:
            raise self._complaint(400, f"getUpdates with timeout {wait!r}")
        if account.webhook:
            raise RefusalError(400, "a webhook is set")
        until = time.monotonic() + wait
        with self._news:
            account.poll += 1
            mine = account.poll
            self._news.notify_all()
            while not account.waiting and mine == account.poll and time.monotonic() < until:
                self._news.wait(until - time.monotonic())
            if mine != account.poll or not account.waiting:
                raise RefusalError("408", "Request timeout")
            event = account.waiting.popleft()
            self._served += 1
            return event if self._served % 2 else {"ok": True, "result": event}  # flat or wrapped

    def _message(self, account: Account, params: Json) -> Json:
        text = params.get("text")
        if not isinstance(text, str) or not 1 <= len(text.encode("utf-16-le")) // 2 <= 2000:
            raise self._complaint(400, f"sendMessage with a text of {len(str(text))}")
        return self._said(account, params, text)

    def _photo(self, account: Account, params: Json) -> Json:
        if not re.match(r"https?://[^/]+\.[^/]+/", str(params.get("photo"))):
            raise self._complaint(400, f"sendPhoto of {params.get('photo')!r}")
        return self._said(account, params, f"[{params['photo']}]")

    def _sticker(self, account: Account, params: Json) -> Json:
        return self._said(account, params, "[sticker]")

    def _action(self, account: Account, params: Json) -> Json:
        return {}

    def _said(self, account: Account, params: Json, text: str) -> Json:
        chat = params.get("chat_id")
        if not isinstance(chat, str) or chat not in account.heard:
            raise RefusalError(400, "chat not found")
        with self._news:
            if account.sent >= MESSAGES:
                raise RefusalError(429, "quota")
            account.sent += 1
            account.heard[chat].append(text)
        return {"message_id": uuid.uuid4().hex, "date": self._now()}

    def _set_webhook(self, account: Account, params: Json) -> Json:
        url, secret = params.get("url"), params.get("secret_token")
        if not str(url).startswith("https://") or not 8 <= len(str(secret)) <= 256:
            raise self._complaint(400, "setWebhook")
        account.webhook = str(url)
        verification = {"ok": False, "outcome": "UNREACHABLE", "status_code": 0, "hint": ""}
        return {"url": url, "updated_at": self._now(), "verification": verification}

    def _delete_webhook(self, account: Account, params: Json) -> Json:
        account.webhook = ""
        return {}

    def _webhook(self, account: Account, params: Json) -> Json:
        return {"url": account.webhook, "updated_at": self._now()}
