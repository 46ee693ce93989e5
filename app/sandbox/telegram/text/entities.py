"""What all of Telegram's text formats share; offsets and lengths count UTF-16 units."""

import re
from bisect import bisect_left

from app.sandbox.telegram.params import Json
from app.sandbox.telegram.refusals import bad_request

LINK = re.compile(r"^(?:https?|tg|ton|tonsite)://[^\s/?#]+\S*$|^mailto:\S+$|^tel:\S+$", re.IGNORECASE)


def utf16(text: str) -> int:
    """How long Telegram finds a text."""
    try:
        return len(text.encode("utf-16-le")) // 2
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


#: td, clean_input_string: what becomes a space in a message, and what is not there any more.
_BLANKED = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_DROPPED = re.compile("[\r\u030a\u0333\u033f\u2028-\u202e]")


def _cleaned(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """As the server keeps it, and the entities moved and cut accordingly."""
    text = _BLANKED.sub(" ", text)
    gone = [utf16(text[: each.start()]) for each in _DROPPED.finditer(text)]
    if not gone:
        return text, entities

    def moved(entity: Json) -> Json:
        start, stop = entity["offset"], entity["offset"] + entity["length"]
        start, stop = start - bisect_left(gone, start), stop - bisect_left(gone, stop)
        return {**entity, "offset": start, "length": stop - start}

    return _DROPPED.sub("", text), [moved(each) for each in entities]


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Cleaned, without the white space around it, and the entities moved and cut accordingly."""
    text, entities = _cleaned(text, entities)
    lead = utf16(text) - utf16(text.lstrip())
    text = text.strip()
    end = utf16(text)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] + entity["length"] - lead, end)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return text, sorted(kept, key=lambda each: (each["offset"], -each["length"]))
