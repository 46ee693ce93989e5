"""What happened to an order, in words: for the chat and the operators' page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app import money
from app.texts import html
from app.texts.admin import orders as texts
from app.texts.html import Html
from app.texts.operators import verdicts as verdict_texts
from models import Contradiction

SAID_UNITS = FACT_UNITS = 60


def facts(of: dict[str, Any]) -> Iterator[str]:
    """What of a moment's facts is worth reading."""
    for name, shown in texts.AMOUNTS.items():
        if name in of:
            yield f"{shown} {money.rupiah(of[name])}"
    for name, shown in texts.FACTS_SHOWN.items():
        if name in of:
            value = str(of[name])
            yield html.cut(f"{shown} {texts.REASONS.get(value, value)}".strip(), FACT_UNITS)


def contradiction(found: Contradiction | None) -> Html:
    """What the gateway says otherwise, and what was decided about it; nothing where it agrees."""
    if found is None:
        return Html()
    if found.verdict:
        why = verdict_texts.WHY(note=found.note) if found.note else ""
        return verdict_texts.DECIDED(verdict=verdict_texts.VERDICTS[found.verdict](), why=why)
    if "problem" in found.said:
        return verdict_texts.UNREADABLE(problem=html.cut(found.said["problem"], SAID_UNITS))
    said = found.said
    return verdict_texts.CONTRADICTION(
        differs=", ".join(verdict_texts.DIFFERS.get(name, name) for name in found.differs),
        said=verdict_texts.SAID_AMOUNT(
            amount=money.rupiah(said["amount"]),
            status=said["status"],
            txn_id=html.cut(said["txn_id"], SAID_UNITS),
            order_id=html.cut(said["order_id"], SAID_UNITS),
        ),
    )
