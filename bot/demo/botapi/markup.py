"""Telegram's HTML: text with tags → plain text and entities, refused where Telegram refuses it.

Source: Bot API, "Formatting options", HTML style; the refusals follow the words of the real server.
Byte offsets in them count the UTF-8 bytes of the text as sent.
"""

import re

from bot.demo.botapi.model import ApiError, Json, bad_request
from bot.message import utf16_length

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "a": "text_link",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
}
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});")
_NAMED = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"'}
_TAG_NAME = re.compile(r"[a-zA-Z0-9-]*")
_ATTRIBUTE = re.compile(r"""\s*([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_COMMAND = re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")


def parse(text: str, parse_mode: str | None) -> tuple[str, list[Json]]:
    """Plain text (trimmed) and its entities.  Raises ApiError 400 as Telegram words it."""
    mode = (parse_mode or "").lower()
    if not mode:
        return _trim(text, [])
    if mode != "html":
        raise bad_request("unsupported parse_mode")
    if "<" not in text and "&" not in text:
        return _trim(text, [])
    return _trim(*_parse_html(text))


def commands_in(text: str) -> list[Json]:
    """The bot_command entities that a client adds to what a person types."""
    return [
        {
            "type": "bot_command",
            "offset": utf16_length(text[: found.start()]),
            "length": utf16_length(found.group()),
        }
        for found in _COMMAND.finditer(text)
    ]


def _refuse(what: str) -> ApiError:
    return bad_request(f"can't parse entities: {what}")


def _decode(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        entity = found.group()
        if entity in _NAMED:
            return _NAMED[entity]
        number = int(entity[3:-1], 16) if entity[2] in "xX" else int(entity[2:-1])
        if number == 0 or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
            return entity
        return chr(number)

    return _ENTITY.sub(one, text)


def _parse_html(text: str) -> tuple[str, list[Json]]:
    plain: list[str] = []
    length = 0
    entities: list[Json] = []
    open_tags: list[tuple[str, int, Json, int]] = []  # name, byte offset, attributes, start
    at = 0
    while at < len(text):
        if text[at] != "<":
            end = text.find("<", at)
            piece = _decode(text[at:] if end < 0 else text[at:end])
            plain.append(piece)
            length += utf16_length(piece)
            at = len(text) if end < 0 else end
            continue
        offset = len(text[:at].encode())
        if text.startswith("</", at):
            at = _close(text, at, offset, open_tags, entities, length)
        else:
            at, name, attributes = _open(text, at, offset)
            open_tags.append((name, offset, attributes, length))
    if open_tags:
        name, offset, _, _ = open_tags[-1]
        raise _refuse(f'Can\'t find end tag corresponding to start tag "{name}"')
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return "".join(plain), entities


def _open(text: str, at: int, offset: int) -> tuple[int, str, Json]:
    named = _TAG_NAME.match(text, at + 1)
    name = named.group().lower() if named else ""
    if name not in _TAGS:
        raise _refuse(f'Unsupported start tag "{name}" at byte offset {offset}')
    at += 1 + len(name)
    attributes: Json = {}
    while True:
        closing = re.compile(r"\s*>").match(text, at)
        if closing:
            break
        found = _ATTRIBUTE.match(text, at)
        if found is None or not text[at].isspace():
            raise _refuse(f'Unclosed start tag "{name}" at byte offset {offset}')
        attributes[found.group(1).lower()] = _decode(found.group(2) or found.group(3) or found.group(4) or "")
        at = found.end()
    if name == "span" and attributes.get("class") != "tg-spoiler":
        raise _refuse(f'Tag "span" must have class "tg-spoiler" at byte offset {offset}')
    return closing.end(), name, attributes


def _close(
    text: str,
    at: int,
    offset: int,
    open_tags: list[tuple[str, int, Json, int]],
    entities: list[Json],
    length: int,
) -> int:
    end = text.find(">", at)
    if end < 0:
        raise _refuse(f"Unclosed end tag at byte offset {offset}")
    name = text[at + 2 : end].strip().lower()
    if not open_tags:
        raise _refuse(f"Unexpected end tag at byte offset {offset}")
    expected, _, attributes, start = open_tags.pop()
    if name and name != expected:
        raise _refuse(
            f'Unmatched end tag at byte offset {offset}, expected "</{expected}>", found "</{name}>"'
        )
    if length > start:
        entity: Json = {"type": _TAGS[expected], "offset": start, "length": length - start}
        if expected == "a":
            url = attributes.get("href", "")
            if not re.match(r"(?:https?|tg|mailto)://?", url):
                return end + 1  # Telegram drops a link without a usable address and keeps the words
            entity["url"] = url
        if expected == "blockquote" and "expandable" in attributes:
            entity["type"] = "expandable_blockquote"
        entities.append(entity)
    return end + 1


def _trim(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Leading and trailing white space is dropped, as Telegram does; entities move along."""
    kept = text.strip()
    if len(kept) == len(text) or not entities:
        return kept, entities
    lead = utf16_length(text[: len(text) - len(text.lstrip())])
    total = utf16_length(kept)
    moved = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, total)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return kept, moved
