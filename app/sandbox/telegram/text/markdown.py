"""Telegram's two Markdowns, read as strictly as Telegram reads them; lengths count UTF-16 units."""

import re
from dataclasses import dataclass

from app.sandbox.telegram.params import Json
from app.sandbox.telegram.refusals import bad_request
from app.sandbox.telegram.text.entities import LINK, trimmed, utf16

RESERVED = "_*[]()~`>#+-=|{}.!"
#: Marks of version 2, the longer ones first: what they make, and what Telegram calls it in refusals.
MARKS = {
    "__": ("underline", "Underline"), "||": ("spoiler", "Spoiler"), "_": ("italic", "Italic"),
    "*": ("bold", "Bold"), "~": ("strikethrough", "Strikethrough"),
}  # fmt: skip
TARGET = re.compile(r"\]\(((?:\\.|[^)\\])*)\)", re.DOTALL)
FENCE = re.compile(r"```(?:(?P<language>[A-Za-z0-9_+#.-]*)\n)?(?P<body>.*?)```", re.DOTALL)
INLINE = re.compile(r"`(?P<body>(?:\\.|[^`\\])*)`", re.DOTALL)
LEGACY = {"_": "italic", "*": "bold", "`": "code"}


def parse_v2(source: str) -> tuple[str, list[Json]]:
    """https://core.telegram.org/bots/api#markdownv2-style"""
    utf16(source)
    text, entities = _Version2(source).read()
    return trimmed(text, entities)


def parse_legacy(source: str) -> tuple[str, list[Json]]:
    """https://core.telegram.org/bots/api#markdown-style: nothing nests, only `_*`[` may be escaped."""
    utf16(source)
    text, entities, at = "", [], 0
    while at < len(source):
        char = source[at]
        if char == "\\" and source[at + 1 : at + 2] in {"_", "*", "`", "["}:
            text, at = text + source[at + 1], at + 2
        elif char in "_*`[":
            piece, entity, at = _legacy_entity(source, at)
            if entity and piece:
                entities.append({**entity, "offset": utf16(text), "length": utf16(piece)})
            text += piece
        else:
            text, at = text + char, at + 1
    return trimmed(text, entities)


def _legacy_entity(source: str, at: int) -> tuple[str, Json | None, int]:
    """The text of one entity, what it is, and where the text goes on."""
    fence = FENCE.match(source, at)
    if fence:
        language = {"language": fence["language"]} if fence["language"] else {}
        return fence["body"].rstrip("\n"), {"type": "pre", **language}, fence.end()
    closing = "]" if source[at] == "[" else source[at]
    end = source.find(closing, at + 1)
    if end < 0:
        raise _unparsable(f"Can't find end of the entity starting at byte offset {_byte(source, at)}")
    inside = source[at + 1 : end]
    if closing != "]":
        return inside, {"type": LEGACY[closing]}, end + 1
    target = TARGET.match(source, end)
    if target and LINK.match(target[1]):
        return inside, {"type": "text_link", "url": target[1]}, target.end()
    return inside, None, target.end() if target else end + 1


@dataclass
class _Open:
    mark: str
    offset: int
    at: int


class _Version2:
    def __init__(self, source: str) -> None:
        self.source, self.at, self.text = source, 0, ""
        self.open: list[_Open] = []
        #: Where the quotation began whose line is being read.
        self.quote: int | None = None
        self.entities: list[Json] = []

    def read(self) -> tuple[str, list[Json]]:
        while self.at < len(self.source):
            if not (self._escaped() or self._code() or self._link() or self._quote() or self._mark()):
                self._plain()
        if self.open:
            last = self.open[-1]
            name = "TextUrl" if last.mark == "[" else MARKS[last.mark][1]
            raise _unparsable(f"Can't find end of {name} entity at byte offset {_byte(self.source, last.at)}")
        self._end_quote()
        return self.text, self.entities

    def _escaped(self) -> bool:
        follows = self.source[self.at + 1 : self.at + 2]
        if self.source[self.at] != "\\" or not (follows and 0 < ord(follows) <= 126):
            return False
        self._put(follows, 2)
        return True

    def _code(self) -> bool:
        if self.source[self.at] != "`":
            return False
        found = FENCE.match(self.source, self.at) or INLINE.match(self.source, self.at)
        if found is None:
            name = "PreCode" if self.source.startswith("```", self.at) else "Code"
            raise _unparsable(f"Can't find end of {name} entity at byte offset {_byte(self.source, self.at)}")
        begin, is_block = utf16(self.text), found.re is FENCE
        body = re.sub(r"\\(.)", r"\1", found["body"], flags=re.DOTALL)
        self._put(body.rstrip("\n") if is_block else body, len(found[0]))
        language = {"language": found["language"]} if is_block and found["language"] else {}
        self._keep({"type": "pre" if is_block else "code", **language}, begin)
        return True

    def _link(self) -> bool:
        is_emoji = self.source.startswith("![", self.at)
        if is_emoji or self.source[self.at] == "[":
            self.open.append(_Open("[", utf16(self.text), self.at))
            self.at += 2 if is_emoji else 1
            return True
        if self.source[self.at] != "]" or not self.open or self.open[-1].mark != "[":
            return False
        target = TARGET.match(self.source, self.at)
        opened = self.open.pop()
        self.at = target.end() if target else self.at + 1
        url = re.sub(r"\\(.)", r"\1", target[1]) if target else ""
        if url.startswith("tg://emoji?id="):
            self._keep({"type": "custom_emoji", "custom_emoji_id": url.partition("=")[2]}, opened.offset)
        elif LINK.match(url):
            self._keep({"type": "text_link", "url": url}, opened.offset)
        return True

    def _quote(self) -> bool:
        """`>` begins a quotation where a line begins; each of its lines has one."""
        begins_line = self.at == 0 or self.source[self.at - 1] == "\n"
        if self.source[self.at] != ">" or not begins_line:
            return False
        self.at += 1
        if self.quote is None:
            self.quote = utf16(self.text)
        return True

    def _end_quote(self) -> None:
        if self.quote is not None:
            self._keep({"type": "blockquote"}, self.quote)
            self.quote = None

    def _mark(self) -> bool:
        mark = next((each for each in MARKS if self.source.startswith(each, self.at)), None)
        if mark is None:
            return False
        if self.open and self.open[-1].mark == mark:
            self._keep({"type": MARKS[mark][0]}, self.open.pop().offset)
        elif any(each.mark == mark for each in self.open):
            raise self._reserved(self.source[self.at])
        else:
            self.open.append(_Open(mark, utf16(self.text), self.at))
        self.at += len(mark)
        return True

    def _plain(self) -> None:
        char = self.source[self.at]
        if char == "\n" and self.source[self.at + 1 : self.at + 2] != ">":
            self._end_quote()
        if char in RESERVED:
            raise self._reserved(char)
        self._put(char, 1)

    def _put(self, text: str, taken: int) -> None:
        self.text, self.at = self.text + text, self.at + taken

    def _keep(self, entity: Json, begin: int) -> None:
        length = utf16(self.text) - begin
        if length:
            self.entities.append({**entity, "offset": begin, "length": length})

    def _reserved(self, char: str) -> Exception:
        return _unparsable(f"Character '{char}' is reserved and must be escaped with the preceding '\\'")


def _byte(source: str, at: int) -> int:
    return len(source[:at].encode())


def _unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")
