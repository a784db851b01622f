"""Faults on order: the next calls of a method go wrong in a chosen way."""

import json
from collections import deque
from dataclasses import dataclass
from typing import Any, Literal

_GATEWAY = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"

Ending = Literal["reply", "hang", "close"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What becomes of one call.

    `acts`: the call does its work first (the message is delivered), and only the answer is spoilt.
    `ending`: "reply" answers with status and body, "hang" answers nothing and keeps the connection
    open, "close" cuts it.  `delay`: seconds before the ending.
    """

    ending: Ending = "reply"
    acts: bool = False
    status: int = 500
    body: bytes = b""
    content_type: str = "application/json"
    delay: float = 0.0


class Faults:
    """A queue of faults for each method; "*" stands for any method."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[tuple[Fault, int | None]]] = {}

    def add(self, method: str, fault: Fault, *, times: int = 1, chat_id: int | None = None) -> None:
        """The next `times` calls of `method` (to `chat_id` only, where it is given) end so."""
        self._waiting.setdefault(method.lower(), deque()).extend([(fault, chat_id)] * times)

    def reply(self, method: str, status: int, body: Any = None, *, times: int = 1) -> None:
        """Answer with a JSON body; by default the one that Telegram has for that status."""
        if body is None:
            body = {"ok": False, "error_code": status, "description": "Internal Server Error"}
        self.add(method, Fault(status=status, body=json.dumps(body).encode()), times=times)

    def flood(self, method: str, retry_after: int, *, times: int = 1, chat_id: int | None = None) -> None:
        """429 with `retry_after`."""
        body = {
            "ok": False,
            "error_code": 429,
            "description": f"Too Many Requests: retry after {retry_after}",
            "parameters": {"retry_after": retry_after},
        }
        fault = Fault(status=429, body=json.dumps(body).encode())
        self.add(method, fault, times=times, chat_id=chat_id)

    def gateway(self, method: str, *, status: int = 502, times: int = 1) -> None:
        """Answer with a gateway's HTML page instead of JSON."""
        self.add(method, Fault(status=status, body=_GATEWAY, content_type="text/html"), times=times)

    def hang(self, method: str, *, acts: bool = False, times: int = 1) -> None:
        """No answer ever; with `acts` the work was done."""
        self.add(method, Fault(ending="hang", acts=acts), times=times)

    def close(self, method: str, *, acts: bool = False, times: int = 1) -> None:
        """Cut the connection; with `acts` the work was done."""
        self.add(method, Fault(ending="close", acts=acts), times=times)

    def clear(self) -> None:
        self._waiting.clear()

    def __bool__(self) -> bool:
        return any(self._waiting.values())

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault for this call, used up; None: it goes well."""
        for name in (method.lower(), "*"):
            waiting = self._waiting.get(name)
            if not waiting:
                continue
            for place, (fault, only) in enumerate(waiting):
                if only is None or only == chat_id:
                    del waiting[place]
                    return fault
        return None
