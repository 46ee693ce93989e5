"""The bytes of a text file as text: what Excel, LibreOffice, Google Sheets and editors save. Guesses nothing
that would change a letter: what fits no encoding is refused.
"""

from __future__ import annotations

import re

from app.errors import WrongFormat

#: Byte order marks.
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
#: How the files begin that people rename to .csv: workbooks, new and old, PDF, and pages called .xls.
_NO_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_NO_LIST = ("{\\rtf", "<?xml", "<html", "<head", "<meta", "<!", "<table")
_LOOKED_AT = 4096
#: What old encodings of DOS, of Macs and of other alphabets look like where they are read as Windows-1252:
#: three accents in a row, signs within words or no one types, capitals behind small letters.
_FOREIGN = re.compile(
    "[\xc0-\xff]{3}|[\u201a\u0192\u201e\u2020\u2021\u02c6\u2030\u2039\u02dc\u203a]"
    "|(?<=[A-Za-z])[\u201c\u201d\u2022\u2122](?=[A-Za-z])|(?<=[a-z])[\u0160\u0152\u017d\u0178]"
)


def text(content: bytes) -> str:
    """UTF-8, UTF-16 (both with or without a mark) or Windows-1252. Raises WrongFormat."""
    if content.startswith(_NO_TEXT):
        raise WrongFormat("addstock.file_sheet")
    found = _decoded(content)
    if found[:64].lstrip("\ufeff \t\r\n").lower().startswith(_NO_LIST):
        raise WrongFormat("addstock.file_sheet")
    return found


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _strictly(content[len(mark) :], encoding)
    wide = _wide(content[:_LOOKED_AT])
    if wide:
        return _strictly(content, wide)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return _old(content)


def _wide(start: bytes) -> str | None:
    """Every second byte of most UTF-16 text is zero; which one tells the order."""
    odd, even = start[1::2].count(0), start[::2].count(0)
    if max(odd, even) * 4 < len(start) or min(odd, even):
        return None
    return "utf-16-le" if odd else "utf-16-be"


def _old(content: bytes) -> str:
    """What is UTF-8 but for some bytes is a damaged file: as Windows-1252 its good letters would turn bad."""
    lossy = content.decode("utf-8", "replace")
    if any(letter > "\x7f" and letter != "\ufffd" for letter in lossy):
        number = lossy[: lossy.index("\ufffd")].count("\n") + 1
        raise WrongFormat("addstock.file_damaged", lines=str(number))
    found = _strictly(content, "cp1252")
    if _FOREIGN.search(found):
        raise WrongFormat("addstock.file_text")
    return found


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise WrongFormat("addstock.file_text") from None
