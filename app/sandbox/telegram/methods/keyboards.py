"""Keyboards under messages and under the input field: what Telegram accepts of them."""

import re
from typing import Any
from urllib.parse import urlsplit

from app.sandbox.telegram.params import Json, Params
from app.sandbox.telegram.refusals import bad_request

MAX_INLINE_BUTTONS, MAX_INLINE_ROW = 100, 8
MAX_REPLY_BUTTONS, MAX_REPLY_ROW = 300, 12
MAX_BYTES = 10_000
ACTIONS = (
    "callback_data", "url", "web_app", "login_url", "copy_text", "pay", "callback_game",
    "switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat",
)  # fmt: skip
STYLES = {"", "default", "primary", "danger", "success"}
LOOPBACK = re.compile(r"^(127\.\d+\.\d+\.\d+|\[::1\])$")
HOST = re.compile(r"^(?:[\w-]+\.)+[\w-]{2,}$|^\d+\.\d+\.\d+\.\d+$")


def read(params: Params) -> Json | None:
    """The call's `reply_markup`, checked; None when it has none or an empty one."""
    markup = params.parsed("reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    for kind, check in KINDS.items():
        if kind in markup:
            return check(markup)
    return None


def inline(params: Params) -> Json | None:
    """The same where only an inline keyboard will do (edits)."""
    markup = read(params)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def _inline_keyboard(markup: Json) -> Json | None:
    rows = [
        [_inline_button(each) for each in row]
        for row in _rows(markup, "inline_keyboard", " of the InlineKeyboardMarkup")
    ]
    rows = [row for row in rows if row]
    count = sum(len(row) for row in rows)
    size = sum(len(str(value).encode()) for row in rows for each in row for value in each.values())
    if count > MAX_INLINE_BUTTONS or any(len(row) > MAX_INLINE_ROW for row in rows) or size > MAX_BYTES:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": rows} if rows else None


def _inline_button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    _check_words(button, "inline keyboard button")
    if not button["text"].strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    action = next((name for name in ACTIONS if button.get(name) not in (None, "")), None)
    if action is None:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if action == "callback_data":
        _check_data(button["callback_data"])
    if action == "url":
        return {**button, "url": _checked_url(str(button["url"]))}
    return dict(button)


def _check_data(data: Any) -> None:
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")


def _checked_url(url: str) -> str:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in {"http", "https", "tg", "ton", "tonsite"}:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    host = parts.hostname or ""
    good = parts.scheme == "tg" or HOST.match(host) or LOOPBACK.match(parts.netloc.split(":")[0])
    if not good or re.search(r"\s", url):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return parts.geturl()


def _reply_keyboard(markup: Json) -> Json | None:
    rows = [[_reply_button(each) for each in row] for row in _rows(markup, "keyboard")]
    rows = [row for row in rows if row]
    if not rows:
        return None
    if sum(len(row) for row in rows) > MAX_REPLY_BUTTONS or any(len(row) > MAX_REPLY_ROW for row in rows):
        raise bad_request("reply markup is too long")
    return {**markup, "keyboard": rows}


def _reply_button(button: Any) -> Json:
    button = {"text": button} if isinstance(button, str) else button
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    _check_words(button, "keyboard button")
    if not button["text"].strip():
        raise bad_request("can't parse keyboard button: Text must be non-empty")
    return dict(button)


def _check_words(button: Json, what: str) -> None:
    if "text" not in button:
        raise bad_request(f"can't parse {what}: Can't find field \"text\"")
    if not isinstance(button["text"], str):
        raise bad_request(f'can\'t parse {what}: Field "text" must be of type String')
    if str(button.get("style", "")).lower() not in STYLES:
        raise bad_request(f"can't parse {what}: invalid button style specified")


def _rows(markup: Json, field: str, whose: str = "") -> list[list[Any]]:
    value = markup[field]
    if not isinstance(value, list):
        raise bad_request(f'field "{field}" must be of type Array')
    if not all(isinstance(row, list) for row in value):
        raise bad_request(f'field "{field}"{whose} must be an Array of Arrays')
    return value


def _flag(markup: Json) -> Json:
    return dict(markup)


KINDS = {
    "inline_keyboard": _inline_keyboard,
    "keyboard": _reply_keyboard,
    "remove_keyboard": _flag,
    "force_reply": _flag,
}
