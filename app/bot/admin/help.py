"""`/help` for staff: today in three lines, and every command with an example."""

from __future__ import annotations

import re

import settings
from app import money
from app.backoffice import today
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.screen import Button, Screen
from app.texts import formats, html, numbers
from app.texts import menu as menu_texts
from app.texts.admin import help as texts
from app.texts.html import Html
from models import User

STORE_UNITS = 60


def staff(_person: User) -> Screen:
    listed = {name for names in texts.GROUPS.values() for name in names}
    others = tuple(name for name in menu_texts.STAFF if name not in listed)
    groups = texts.GROUPS | ({texts.OTHERS: others} if others else {})
    text = texts.HELP(
        store=html.cut(settings.current().store_name, STORE_UNITS),
        today=_today(),
        groups=Html("\n\n".join(_group(title, names) for title, names in groups.items())),
    )
    look = [Button(keyboards.PENDING, pack("pending", 1)), Button(keyboards.FAILED, pack("dead", 1))]
    return Screen(text, [look, [Button(keyboards.STOCK, pack("stock", 1))]])


def example(command: str) -> str:
    """As HTML; the command alone where nothing follows it."""
    form = formats.FORMATS.get(command)
    told = form().rpartition(texts.EXAMPLE.said())[2] if form else ""
    found = re.search(rf"<code>(/{command}\b[^<\n]*)", told)
    return found[1] if found else f"/{command}"


def _group(title: str, names: tuple[str, ...]) -> Html:
    lines = []
    for name in names:
        shown = example(name)
        text = texts.COMMAND if " " in shown else texts.BARE
        lines.append(text(example=Html(shown), what=menu_texts.STAFF.get(name) or menu_texts.BUYERS[name]))
    return texts.GROUP(title=title, commands=html.lines(lines))


def _today() -> Html:
    now = today.read()
    return texts.TODAY(
        revenue=money.rupiah(now.revenue),
        orders=numbers.count(now.orders),
        pending=numbers.count(now.pending),
        late=numbers.count(now.late),
        failed=numbers.count(now.failed),
        sold_out=numbers.count(now.sold_out),
        low=numbers.count(now.low),
    )
