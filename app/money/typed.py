"""What people type as they see it: without the marks that keyboards and other apps leave in it unseen."""

from __future__ import annotations

import re

#: Soft hyphens, zero-width spaces and joiners, marks of direction, byte order marks, variation selectors.
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0"
)

#: Without 0, O, 1 and I: people read invoices and codes aloud.
READABLE = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

#: They turn the direction of what stands behind them, also in the notices of admins.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_UNSEEN = re.compile(f"[{UNSEEN}]")
#: Looked for at the beginning of a run alone: from each of its signs it would take as long as a screen.
_DECORATION = re.compile(r"^[\W_]++|(?<![\W_])[\W_]++$")


def seen(text: str) -> str:
    """Without what nobody sees, any spaces at its ends, and more than one between words."""
    return " ".join(_UNSEEN.sub("", text).split())


def name(text: str) -> str:
    """One line that turns nothing around; empty where there is nothing to be seen."""
    return " ".join(text.translate(_TURNING).split()) if seen(text) else ""


def label(text: str) -> str:
    """What stands on a button, as a key: in capitals, without the emoji and signs around it."""
    return _DECORATION.sub("", seen(text)).upper()
