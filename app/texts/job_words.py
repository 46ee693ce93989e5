"""What a job was for, in words: people know no actors."""

from __future__ import annotations

from app.texts import notices as texts


def what(actor: str) -> str:
    """A sentence: what did not happen because it failed."""
    known = texts.FAILED.get(actor)
    return known.said() if known else texts.FAILED_OTHERWISE.plain(actor=actor)
