"""How to order."""

from __future__ import annotations

import settings
from app.bot.toolkit import keyboards
from app.bot.toolkit.screen import Screen
from app.texts.screens import guide as texts
from models import User


def guide(_person: User) -> Screen:
    current = settings.current()
    docs = texts.DOCS(url=current.store_docs_url) if current.store_docs_url else ""
    return Screen(texts.GUIDE(store=current.store_name, docs=docs), keyboards.shop())
