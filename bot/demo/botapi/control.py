"""A small HTTP API to a server in a process of its own: act as a person, read what was received.

POST /control/<action> with a JSON object; GET /control/<view>?… ; answers are JSON.

| POST | object |
| --- | --- |
| users | id, name, started (false) |
| type | user_id, text |
| file | user_id, name, content (base64) |
| press | user_id, message_id, button (label or data) |
| forge | user_id, message_id, data |
| block, unblock, deactivate | user_id |
| fault | method, times (1), chat_id, and the fields of `faults.Fault` |
| limits | the fields of Limits; {} takes every limit away |

| GET | gives |
| --- | --- |
| received?after=N | accepted calls with a number above N |
| messages?user_id=N | the chat as the person sees it |
| refused | refused calls |
| press?id=N | whether and how a press was answered |
| counts | received, refused, pending updates |
"""

import base64
import json
from dataclasses import asdict
from typing import Any
from urllib.parse import parse_qs

from bot.demo.botapi.faults import Fault
from bot.demo.botapi.limits import Limits
from bot.demo.botapi.service import ChatService
from bot.demo.botapi.wire import Request, Response


class Control:
    def __init__(self, service: ChatService) -> None:
        self._service = service

    def handle(self, action: str, request: Request) -> Response:
        """Never raises: what went wrong comes back as 400 with a sentence."""
        try:
            if request.method == "GET":
                query = {name: values[0] for name, values in parse_qs(request.query).items()}
                answer = self._view(action, query)
            else:
                answer = self._act(action, json.loads(request.body or b"{}"))
        except (KeyError, LookupError, TypeError, ValueError) as error:
            return Response(400, json.dumps({"error": f"{type(error).__name__}: {error}"}).encode())
        return Response(200, json.dumps(answer, ensure_ascii=False).encode())

    def _act(self, action: str, given: dict[str, Any]) -> Any:
        service = self._service
        if action == "users":
            service.add_user(given["id"], given["name"], started=given.get("started", False))
        elif action == "type":
            return {"message_id": service.type(given["user_id"], given["text"]).id}
        elif action == "file":
            content = base64.b64decode(given["content"])
            return {"message_id": service.send_file(given["user_id"], given["name"], content).id}
        elif action == "press":
            return {"id": service.press(given["user_id"], given["message_id"], given["button"]).id}
        elif action == "forge":
            return {"id": service.forge_press(given["user_id"], given["message_id"], given["data"]).id}
        elif action in ("block", "unblock", "deactivate"):
            getattr(service, action)(given["user_id"])
        elif action == "fault":
            method, times, chat_id = given.pop("method"), given.pop("times", 1), given.pop("chat_id", None)
            if "body" in given:
                given["body"] = str(given["body"]).encode()
            service.faults.add(method, Fault(**given), times=times, chat_id=chat_id)
        elif action == "limits":
            service.flood.limits = Limits(**{**asdict(Limits.none()), **given})
        else:
            raise LookupError(f"no action {action}")
        return {}

    def _view(self, view: str, query: dict[str, str]) -> Any:
        service = self._service
        if view == "received":
            return [one.api() for one in service.received[int(query.get("after", 0)) :]]
        if view == "messages":
            return [service.message_api(one) for one in service.messages(int(query["user_id"]))]
        if view == "refused":
            return [asdict(one) for one in service.refused]
        if view == "press":
            return asdict(service.presses[query["id"]])
        if view == "counts":
            return {
                "received": len(service.received),
                "refused": len(service.refused),
                "pending_updates": service.updates.pending,
            }
        raise LookupError(f"no view {view}")
