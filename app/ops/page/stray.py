"""One payment that fits no order: its money to somebody's balance, or that it was dealt with elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app import money
from app.errors import ShopError, Unknown
from app.ops.page import forms, views
from app.ops.page.forms import Form, Incomplete
from app.ops.page.http import Answer, see
from app.sales import orders, strays
from app.texts import explained, stray_words
from app.texts.html import Html
from app.texts.ops import stray as texts
from models import Stray


class Unsure(Exception):
    """Whose balance and how much is shown once more before anything moves."""

    def __init__(self, facts: dict[str, Any]) -> None:
        super().__init__()
        self.facts = facts


def show(
    stray_id: int,
    *,
    said: str = "",
    wrong: Html | str | None = None,
    typed: Form | None = None,
    sure: dict[str, Any] | None = None,
    status: int = 200,
) -> Answer | None:
    """None when there is no such one. `sure`: what is about to be done, to be confirmed."""
    try:
        found = strays.get(stray_id)
    except Unknown:
        return None
    return views.page(
        "stray.html",
        status,
        t=texts,
        stray=found,
        told=stray_words.told(found),
        order=orders.by_invoice(found.invoice),
        suggested=_suggested(found),
        said=texts.SAID.get(said),
        wrong=wrong,
        typed=typed or {"act": None},
        sure=sure,
    )


def run(name: str, stray_id: int, form: Form, admin: int) -> Answer | None:
    """Do it and show the payment; None when there is no such one, or act. A refusal keeps what was typed."""
    act = ACTS.get(name)
    if act is None or show(stray_id) is None:
        return None
    kept = {**form, "act": name}
    try:
        done = act(stray_id, form, admin)
    except Unsure as unsure:
        return show(stray_id, typed=kept, sure=unsure.facts)
    except Incomplete as problem:
        return show(stray_id, wrong=problem.said, typed=kept, status=422)
    except ShopError as error:
        text, facts = explained.sentence(error)
        return show(stray_id, wrong=text.plain(**facts), typed=kept, status=409)
    return see(f"/ops/strays/{stray_id}?said={done}")


def credit(stray_id: int, form: Form, admin: int) -> str:
    """In two steps, as it cannot be taken back: whoever is meant is shown by name first."""
    person, amount, why = forms.person(form), forms.amount(form), forms.reason(form)
    sure = f"{person.id}:{amount}"
    if form.get("sure") != sure:
        raise Unsure(
            {
                "id": person.id,
                "name": person.name,
                "amount": money.rupiah(amount),
                "reason": why,
                "sure": sure,
            }
        )
    strays.credit(stray_id, person.id, amount, why=why, actor_id=admin)
    return "credited"


def close(stray_id: int, form: Form, _admin: int) -> str:
    strays.dismiss(stray_id, why=forms.reason(form))
    return "closed"


def ask(stray_id: int, _form: Form, _admin: int) -> str:
    strays.recheck(stray_id)
    return "asked"


ACTS: dict[str, Callable[[int, Form, int], str]] = {"credit": credit, "close": close, "ask": ask}


def _suggested(found: Stray) -> int | None:
    """What the gateway says was paid."""
    amount = (found.said or {}).get("amount")
    return amount if isinstance(amount, int) else None
