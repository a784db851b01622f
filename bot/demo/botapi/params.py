"""A call's parameters, whether they came as JSON, as a form, as multipart or in the query string."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, unquote

from bot.demo.botapi.model import ApiError, bad_request


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content: bytes
    mime: str


class Params:
    """Read by name.  Values may be native (JSON) or strings (forms); each reader accepts both."""

    __slots__ = ("_values", "uploads")

    def __init__(self, values: Mapping[str, Any], uploads: Mapping[str, Upload] | None = None) -> None:
        self._values = values
        self.uploads: Mapping[str, Upload] = uploads or {}

    def has(self, name: str) -> bool:
        return self._values.get(name) is not None or name in self.uploads

    def text(self, name: str, default: str = "") -> str:
        value = self._values.get(name)
        if value is None:
            return default
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        value = self._values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        return self._values.get(name) in (True, "true", "True", "1", 1)

    def structure(self, name: str, default: Any = None) -> Any:
        """An object or a list.  Raises ApiError 400 for broken JSON."""
        value = self._values.get(name)
        if value is None or value == "":
            return default
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None


def read_params(content_type: str, body: bytes, query: str = "") -> Params:
    """Raises ApiError 400 for a body that is not what its type says."""
    if content_type.startswith("application/json"):
        try:
            values = json.loads(body) if body else {}
        except ValueError:
            raise bad_request("can't parse request body as JSON object") from None
        if not isinstance(values, dict):
            raise bad_request("can't parse request body as JSON object")
        return Params(values)
    values = dict(parse_qsl(query, keep_blank_values=True)) if query else {}
    uploads: dict[str, Upload] = {}
    if content_type.startswith("multipart/form-data"):
        _read_multipart(content_type, body, values, uploads)
    elif body:
        values.update(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
    return Params(values, uploads)


_ATTRIBUTE = re.compile(r""";\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))""")


def _attributes(header: str) -> dict[str, str]:
    """The parameters of a header; `filename*` (RFC 5987) and %-escapes of quotes are resolved."""
    found = {}
    for key, quoted, bare in _ATTRIBUTE.findall(header):
        value = re.sub(r"\\(.)", r"\1", quoted) or bare
        found[key.lower()] = value.replace("%22", '"')
    if "filename*" in found:
        found["filename"] = unquote(found["filename*"].rpartition("''")[2])
    return found


def _read_multipart(
    content_type: str, body: bytes, values: dict[str, Any], uploads: dict[str, Upload]
) -> None:
    boundary = _attributes(content_type).get("boundary")
    if not boundary:
        raise ApiError(400, "Bad Request: can't find boundary in multipart body")
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:]:
        if part.startswith(b"--"):
            break
        head, separator, content = part.partition(b"\r\n\r\n")
        if not separator:
            raise bad_request("can't parse multipart body")
        headers = {}
        for line in head.decode(errors="replace").split("\r\n"):
            key, _, value = line.partition(":")
            headers[key.strip().lower()] = value.strip()
        disposition = _attributes(headers.get("content-disposition", ""))
        name = disposition.get("name", "")
        file_name = disposition.get("filename")
        if file_name is None:
            values[name] = content.decode(errors="replace")
        else:
            mime = headers.get("content-type", "application/octet-stream")
            uploads[name] = Upload(file_name, content, mime)
