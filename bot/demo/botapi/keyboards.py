"""Inline keyboards: JSON → buttons, refused where Telegram refuses them."""

from urllib.parse import urlsplit

from bot.demo.botapi.model import InlineButton, Json, Keyboard, bad_request
from bot.demo.botapi.params import Params

DATA_LIMIT = 64  #: bytes
ROW_LIMIT = 8
TOTAL_LIMIT = 100


def read_keyboard(params: Params) -> Keyboard:
    """The inline keyboard of `reply_markup`, () where there is none.

    Raises ApiError 400.  More than 8 buttons a row are refused: Telegram's clients lose them.
    """
    markup = params.structure("reply_markup")
    if markup is None:
        return ()
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        return ()
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be of type Array')
    keyboard = tuple(tuple(_button(button) for button in row) for row in rows if row)
    if sum(map(len, keyboard)) > TOTAL_LIMIT or any(len(row) > ROW_LIMIT for row in keyboard):
        raise bad_request("reply markup is too long")
    return keyboard


def keyboard_api(keyboard: Keyboard) -> Json:
    rows = []
    for row in keyboard:
        shown = []
        for button in row:
            about: Json = {"text": button.label}
            if button.url is not None:
                about["url"] = button.url
            else:
                about["callback_data"] = button.data
            shown.append(about)
        rows.append(shown)
    return {"inline_keyboard": rows}


def _button(button: object) -> InlineButton:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str):
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    label = button["text"]
    if not label.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    url = button.get("url")
    if url:
        host = urlsplit(url).hostname or ""
        if not url.startswith("tg://") and (not url.startswith(("http://", "https://")) or "." not in host):
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        return InlineButton(label, url=url)
    data = button.get("callback_data")
    if data is None:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")
    return InlineButton(label, data=data)
