"""How the page is drawn: templates, and the few words that they share with the bot."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import settings
from app import money
from app.bot.toolkit import clock
from app.bot.toolkit.html import Html
from app.ops.page.http import Answer

HERE = Path(__file__).parent
#: What may be asked for without a session.
STATIC = {"page.css": "text/css; charset=utf-8", "page.js": "text/javascript; charset=utf-8"}


def page(template: str, status: int = 200, **values: Any) -> Answer:
    shown = _environment().get_template(template).render(shop=settings.current().store_name, **values)
    return Answer(status, shown.encode())


@lru_cache(maxsize=len(STATIC))
def static(name: str) -> Answer:
    return Answer(200, (HERE / "static" / name).read_bytes(), STATIC[name])


def lines(text: Html) -> Markup:
    """What the bot says, with its bold words, on lines of its own: escaped where it was made."""
    return Markup(text.replace("\n", "<br>"))  # noqa: S704


@lru_cache(maxsize=1)
def _environment() -> Environment:
    loader = FileSystemLoader(HERE / "templates")
    made = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {"rupiah": money.rupiah, "moment": clock.moment, "lines": lines}
    return made
