"""What a call's text or caption becomes: parsed, checked for length, links and commands found."""

import re

from app.sandbox.telegram.params import Json, Params
from app.sandbox.telegram.refusals import bad_request
from app.sandbox.telegram.text import entities, html, markdown

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)\]])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)"
    r"|(?<![\w/])(?P<mention>@\w{4,32})"
)
PARSERS = {
    "html": html.parse,
    "markdown": markdown.parse_legacy,
    "markdownv2": markdown.parse_v2,
}
OPAQUE = {"code", "pre", "text_link"}


def text(params: Params) -> Json:
    """`text` and `entities` of a message, or the refusal."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    body, found = _read(params, "text", "entities")
    if not body:
        raise bad_request("text must be non-empty")
    if entities.utf16(body) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return _content("text", "entities", body, found)


def caption(params: Params) -> Json:
    """`caption` and `caption_entities`; nothing when there is no caption."""
    body, found = _read(params, "caption", "caption_entities")
    if entities.utf16(body) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return _content("caption", "caption_entities", body, found) if body else {}


def plain(field: str, body: str) -> Json:
    """The content of a message that a person typed into `text` or `caption`."""
    return _content(field, "entities" if field == "text" else "caption_entities", body, [])


def _read(params: Params, field: str, entities_field: str) -> tuple[str, list[Json]]:
    source, mode = params.text(field), params.text("parse_mode").lower()
    if source and mode and mode != "none":
        if mode not in PARSERS:
            raise bad_request("unsupported parse_mode")
        return PARSERS[mode](source)
    given = params.objects(entities_field, "MessageEntity")
    for name in ("offset", "length"):
        if not all(type(each.get(name)) is int for each in given):
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
    end = entities.utf16(source)
    if any(each["offset"] < 0 or each["offset"] + each["length"] > end for each in given):
        raise bad_request("entity beyond the end of the message text")
    return entities.trimmed(source, given)


def _content(field: str, entities_field: str, body: str, found: list[Json]) -> Json:
    every = found + _detected(body, found)
    content: Json = {field: body}
    if every:
        content[entities_field] = sorted(every, key=lambda each: (each["offset"], -each["length"]))
    return content


def _detected(body: str, found: list[Json]) -> list[Json]:
    taken = [(each["offset"], each["offset"] + each["length"]) for each in found if each["type"] in OPAQUE]
    detected = []
    for match in FOUND.finditer(body):
        start = entities.utf16(body[: match.start()])
        length = entities.utf16(match.group())
        if not any(begin < start + length and start < end for begin, end in taken):
            detected.append({"type": match.lastgroup, "offset": start, "length": length})
    return detected
