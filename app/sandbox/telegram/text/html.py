"""Telegram's HTML, read as strictly as Telegram reads it; offsets and lengths count UTF-16 units."""

import re
from dataclasses import dataclass, field

from app.sandbox.telegram.params import Json
from app.sandbox.telegram.refusals import bad_request
from app.sandbox.telegram.text.entities import LINK, trimmed, utf16

TAGS = {
    "b": "bold", "strong": "bold",
    "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "span": "spoiler", "tg-spoiler": "spoiler",
    "a": "text_link", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "tg-emoji": "custom_emoji",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}  # all others stay as they are written
REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']*)(\s*=\s*)?""")
TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


def parse(source: str) -> tuple[str, list[Json]]:
    """Plain text and its entities; refuses what Telegram cannot parse."""
    utf16(source)
    text, entities = _Reader(source).read()
    return trimmed(text, entities)


@dataclass
class _Open:
    tag: str
    offset: int
    attributes: dict[str, str]


@dataclass
class _Reader:
    source: str
    at: int = 0
    length: int = 0
    text: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            char = self.source[self.at]
            if char == "<":
                self._end_tag() if self.source[self.at + 1 : self.at + 2] == "/" else self._start_tag()
            else:
                self._put(*_character(self.source, self.at))
        if self.open:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.text), self.entities

    def _put(self, char: str, after: int) -> None:
        self.text.append(char)
        self.length += 2 if ord(char[0]) > 0xFFFF else 1
        self.at = after

    def _start_tag(self) -> None:
        begin = self.at
        name = re.compile(r"<[^\s>]*").match(self.source, begin)
        assert name
        tag = name.group()[1:].lower()
        if name.end() >= len(self.source):
            raise _unparsable(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if tag not in TAGS:
            raise _unparsable(f'Unsupported start tag "{tag}" at byte offset {self._byte(begin)}')
        attributes = self._attributes(tag, begin, name.end())
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.open.append(_Open(tag, self.length, attributes))

    def _attributes(self, tag: str, begin: int, at: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            part = ATTRIBUTE.match(self.source, at)
            assert part
            at = part.end()
            if not part.group(1) and self.source[at : at + 1] == ">":
                self.at = at + 1
                return found
            if at >= len(self.source):
                raise _unparsable(f'Unclosed start tag "{tag}" at byte offset {self._byte(begin)}')
            if not part.group(1):
                raise _unparsable(
                    f'Empty attribute name in the tag "{tag}" at byte offset {self._byte(begin)}'
                )
            found[part.group(1)], at = self._value(begin, at) if part.group(2) else ("", at)

    def _value(self, begin: int, at: int) -> tuple[str, int]:
        quote = self.source[at]
        if quote not in "\"'":
            token = TOKEN.match(self.source, at)
            assert token
            if not re.match(r"[\s>]", self.source[token.end() : token.end() + 1]):
                raise _unparsable(f"Unexpected end of name token at byte offset {self._byte(at)}")
            return token.group().lower(), token.end()
        end = self.source.find(quote, at + 1)
        if end < 0:
            raise _unparsable(f"Unclosed start tag at byte offset {self._byte(begin)}")
        return _decoded(self.source[at + 1 : end]), end + 1

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise _unparsable(f"Unexpected end tag at byte offset {self._byte(begin)}")
        end = re.compile(r"</([^\s>]*)\s*>").match(self.source, begin)
        if end is None:
            raise _unparsable(f"Unclosed end tag at byte offset {self._byte(begin)}")
        opened = self.open.pop()
        if end.group(1) and end.group(1).lower() != opened.tag:
            raise _unparsable(
                f"Unmatched end tag at byte offset {self._byte(begin)}, "
                f'expected "</{opened.tag}>", found "</{end.group(1)}>"'
            )
        self.at = end.end()
        entity = self._entity(opened)
        if entity:
            self.entities.append(entity)

    def _entity(self, opened: _Open) -> Json | None:
        entity: Json = {
            "type": TAGS[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        if opened.tag == "a":
            url = opened.attributes.get("href") or "".join(self.text)[-entity["length"] :]
            if not LINK.match(url):
                return None  # Telegram drops a link that leads nowhere and keeps its text
            entity["url"] = url
        if opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
        if opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        language = opened.attributes.get("class", "")
        inside_pre = bool(self.open) and self.open[-1].tag == "pre"
        if opened.tag == "code" and inside_pre and language.startswith("language-"):
            entity["language"] = language.removeprefix("language-")
        return self._whole_pre(entity)

    def _whole_pre(self, entity: Json) -> Json:
        """`<pre><code class="language-x">` is one entity that knows its language."""
        span = ("offset", "length")
        inner = self.entities[-1] if self.entities else {}
        if (
            entity["type"] == "pre"
            and inner.get("type") == "code"
            and all(inner[k] == entity[k] for k in span)
        ):
            self.entities.pop()
            return {**inner, "type": "pre"}
        return entity

    def _byte(self, at: int) -> int:
        return len(self.source[:at].encode())


def _character(source: str, at: int) -> tuple[str, int]:
    reference = REFERENCE.match(source, at) if source[at] == "&" else None
    char = _referenced(reference) if reference else ""
    return (char, reference.end()) if reference and char else (source[at], at + 1)


def _referenced(reference: re.Match[str]) -> str:
    decimal, hexadecimal, name = reference.groups()
    if name:
        return NAMED[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000 else ""


def _decoded(value: str) -> str:
    return REFERENCE.sub(lambda found: _referenced(found) or found.group(), value)


def _unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")
