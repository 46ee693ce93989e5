"""QRIS payloads: is this the QR that asks for exactly this much, and what does it look like as a picture.

Knows EMV's tag-length-value text and its checksum; not who issued the QR or what it is for.
"""

from __future__ import annotations

import binascii
import re

import segno

from app.errors import Malformed

PREFIX = "000201"
CHECKSUM = "63"
AMOUNT = "54"

#: Dots around the QR.
BORDER = 4
#: The mask that scores best for most texts like these, and near the best for the others: trying all eight
#: keeps a worker's interpreter from everything else for five times as long.
MASK = 2


def check(payload: str, total: int) -> None:
    """Accept a payable QR for `total` rupiah. Raises Malformed with a reason that never holds the QR."""
    if not payload.startswith(PREFIX):
        raise Malformed("the QR does not begin as QRIS does")
    _check_sum(payload)

    amount = fields(payload).get(AMOUNT)
    if amount is None:
        raise Malformed("the QR names no amount")
    if not re.fullmatch(r"[0-9]{1,13}(\.0{0,2})?", amount) or int(amount.partition(".")[0]) != total:
        raise Malformed("the QR asks for another amount")


def fields(payload: str) -> dict[str, str]:
    """The outermost fields by tag. Raises Malformed if the text is no sequence of distinct tags."""
    found: dict[str, str] = {}
    rest = payload
    while rest:
        head, rest = rest[:4], rest[4:]
        if not re.fullmatch(r"[0-9]{4}", head):
            raise Malformed("the QR has a field without tag and length")
        tag, length = head[:2], int(head[2:])
        if length > len(rest):
            raise Malformed("the QR is cut off")
        if tag in found:
            raise Malformed("the QR repeats a field")
        found[tag], rest = rest[:length], rest[length:]
    return found


def checksum(text: str) -> str:
    """CRC-16/CCITT-FALSE as four capital hex digits, over the text up to and including `6304`."""
    return f"{binascii.crc_hqx(text.encode(), 0xFFFF):04X}"


def dots(payload: str) -> list[list[bool]]:
    """The QR line by line, True where it is dark, with the quiet zone of four around it."""
    code = segno.make(payload, error="m", micro=False, mask=MASK)
    return [[bool(dot) for dot in row] for row in code.matrix_iter(border=BORDER)]


def _check_sum(payload: str) -> None:
    body, given = payload[:-4], payload[-4:]
    if not body.endswith(f"{CHECKSUM}04"):
        raise Malformed("the QR does not end with its checksum")
    if checksum(body) != given.upper():
        raise Malformed("the checksum of the QR is wrong")
