"""How the page is drawn: templates, and the few words that they share with the bot."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import settings
from app import money
from app.ops.page.http import Answer
from app.texts import clock, incidents, languages, numbers
from app.texts.html import Html, Label, Text
from app.texts.ops import base
from models import utcnow

HERE = Path(__file__).parent
#: What may be asked for without a session.
STATIC = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
#: What the head of every page leads to: the screen's name in `base`, and its address.
MENU = {
    "now": (base.NOW, "/ops"),
    "orders": (base.ORDERS, "/ops/orders"),
    "failed": (base.FAILED, "/ops/failed"),
    "jobs": (base.JOBS, "/ops/jobs"),
    "money": (base.MONEY, "/ops/money"),
    "products": (base.PRODUCTS, "/ops/products"),
    "alerts": (base.ALERTS, "/ops/alerts"),
    "audit": (base.AUDIT, "/ops/audit"),
}
#: What the foot of every page offers, each as it calls itself.
LANGUAGES = {code: name.removeprefix("Bahasa ") for code, name in languages.NAMES.items()}


def page(template: str, status: int = 200, *, t: ModuleType | None = None, **values: Any) -> Answer:
    """`t`: the texts of the screen, which the template names by themselves."""
    drawn = _environment().get_template(template)
    shop, language = settings.current().store_name, languages.spoken()
    shown = drawn.render(shop=shop, language=language, t=t, **values)
    return Answer(status, shown.encode())


@lru_cache(maxsize=len(STATIC))
def static(name: str) -> Answer:
    return Answer(200, (HERE / "static" / name).read_bytes(), STATIC[name])


def lines(text: Html) -> Markup:
    """What the bot says, with its bold words, on lines of its own: escaped where it was made."""
    return Markup(text.replace("\n", "<br>"))  # noqa: S704


def ago(at: datetime) -> Html:
    """`3 jam lalu`."""
    seconds = max(0, int((utcnow() - at).total_seconds()))
    return base.AGO(lasted=incidents.lasted(seconds))


def size(count: int) -> Html:
    """`12,3 MB`."""
    return base.MEGABYTES(mb=numbers.tenths(count / 1e6))


def _said(value: Any) -> Any:
    """Sentences are escaped where their gaps are filled; one without gaps needs no call, nor does a label."""
    said = value() if isinstance(value, Text) else value.said() if isinstance(value, Label) else value
    return Markup(said) if isinstance(said, Html) else said  # noqa: S704


@lru_cache(maxsize=1)
def _environment() -> Environment:
    loader = FileSystemLoader(HERE / "templates")
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_said,
    )
    made.filters |= {"rupiah": money.rupiah, "numeral": numbers.count, "tenths": numbers.tenths}
    made.filters |= {"moment": clock.moment, "day": clock.day, "ago": ago, "size": size, "lines": lines}
    made.filters["breach"] = incidents.breach_parts
    made.globals |= {"base": base, "menu": MENU, "languages": LANGUAGES}
    return made
