"""The QRIS texts that the stand-in hands out: payable ones, and the sample of a sandbox project."""

from __future__ import annotations

from app.money import qris


def build(total: int | None, merchant: str, reference: str) -> str:
    """A well-formed QRIS text: for `total` rupiah, or without an amount, which the payer then types."""
    issuer = _field("00", "ID.CO.STANDIN.WWW") + _field("01", "936000000000000000") + _field("03", "UME")
    switch = _field("00", "ID.CO.QRIS.WWW") + _field("02", "ID1020000000000") + _field("03", "UME")
    text = "".join(
        [
            _field("00", "01"),
            _field("01", "12" if total else "11"),
            _field("26", issuer),
            _field("51", switch),
            _field("52", "7372"),
            _field("53", "360"),
            # Both ways to write it occur; which one depends on the amount alone, so that a QR never changes.
            _field("54", f"{total}.00" if total % 2 else str(total)) if total else "",
            _field("58", "ID"),
            _field("59", merchant[:25]),
            _field("60", "JAKARTA"),
            _field("61", "10110"),
            _field("62", _field("05", reference[:25])),
            "6304",
        ]
    )
    return text + qris.checksum(text)


def sample() -> str:
    """What a sandbox project gets: a QR that names no amount and pays nobody."""
    return build(None, "PAKASIR SANDBOX", "SAMPLE")


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"
