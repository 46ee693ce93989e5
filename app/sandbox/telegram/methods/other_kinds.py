"""The Bot API methods that send what this shop does not: other files, places, people, questions, dice."""

import secrets
from collections.abc import Callable

from app.sandbox.telegram import files
from app.sandbox.telegram.methods.sending import Sending
from app.sandbox.telegram.params import Json, Params
from app.sandbox.telegram.refusals import bad_request
from app.sandbox.telegram.text import formatting

#: Methods by the kind of file; those whose files have no caption.
FILES = {
    "sendAnimation": "animation", "sendAudio": "audio", "sendVideo": "video", "sendVideoNote": "video_note",
    "sendVoice": "voice",
}  # fmt: skip
WITHOUT_CAPTION = {"video_note"}
DICE = {"🎲": 6, "🎯": 6, "🏀": 5, "⚽": 5, "🎳": 6, "🎰": 64}
LEAST_OPTIONS, MOST_OPTIONS = 2, 12

Method = Callable[[Params], Json]


def methods(sending: Sending) -> dict[str, Method]:
    """By their names."""
    made: dict[str, Method] = {name: _of_file(sending, kind) for name, kind in FILES.items()}
    for name, content in {
        "sendLocation": _location, "sendVenue": _venue, "sendContact": _contact,
        "sendPoll": _poll, "sendDice": _dice,
    }.items():  # fmt: skip
        made[name] = _of_content(sending, content)
    return made


def _of_file(sending: Sending, kind: str) -> Method:
    def send(params: Params) -> Json:
        caption = {} if kind in WITHOUT_CAPTION else formatting.caption(params)
        return sending.send(params, lambda: files.content_from(sending.state, params, kind) | caption)

    return send


def _of_content(sending: Sending, content: Callable[[Params], Json]) -> Method:
    return lambda params: sending.send(params, lambda: content(params))


def _location(params: Params) -> Json:
    return {"location": _place(params)}


def _venue(params: Params) -> Json:
    for name in ("title", "address"):
        if not params.text(name):
            raise bad_request(f"venue {name} must be non-empty")
    place = {"location": _place(params), "title": params.text("title"), "address": params.text("address")}
    return {"venue": place, "location": place["location"]}


def _place(params: Params) -> Json:
    try:
        place = {name: float(params.text(name) or "nan") for name in ("latitude", "longitude")}
    except ValueError:
        place = {"latitude": float("nan"), "longitude": float("nan")}
    for name, most in (("latitude", 90), ("longitude", 180)):
        if not params.text(name):
            raise bad_request(f"{name} is empty")
        if not -most <= place[name] <= most:
            raise bad_request(f"wrong {name} specified")
    return place


def _contact(params: Params) -> Json:
    for name in ("phone_number", "first_name"):
        if not params.text(name):
            raise bad_request(f"{name.replace('_', ' ')} is empty")
    return {"contact": {"phone_number": params.text("phone_number"), "first_name": params.text("first_name")}}


def _poll(params: Params) -> Json:
    options = params.array("options", "String as options")
    if not params.text("question"):
        raise bad_request("poll question must be non-empty")
    if len(options) < LEAST_OPTIONS:
        raise bad_request(f"poll must have at least {LEAST_OPTIONS} option")
    if len(options) > MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
    shown = [
        {"text": each.get("text", "") if isinstance(each, dict) else str(each), "voter_count": 0}
        for each in options
    ]
    return {"poll": {"id": secrets.token_hex(8), "question": params.text("question"), "options": shown}}


def _dice(params: Params) -> Json:
    emoji = params.text("emoji") or "🎲"
    if emoji not in DICE:
        raise bad_request("unsupported dice emoji")
    return {"dice": {"emoji": emoji, "value": secrets.randbelow(DICE[emoji]) + 1}}
