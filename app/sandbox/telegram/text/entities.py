"""What all of Telegram's text formats share; offsets and lengths count UTF-16 units."""

import re

from app.sandbox.telegram.params import Json
from app.sandbox.telegram.refusals import bad_request

LINK = re.compile(r"^(?:https?|tg|ton|tonsite)://[^\s/?#]+\S*$|^mailto:\S+$|^tel:\S+$", re.IGNORECASE)


def utf16(text: str) -> int:
    """How long Telegram finds a text."""
    try:
        return len(text.encode("utf-16-le")) // 2
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Without the white space around it, and the entities moved and cut accordingly."""
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
