"""The door: a greeting, the reply keyboard, three ways into the shop."""

from __future__ import annotations

from dataclasses import replace

import settings
from app.bot.toolkit import keyboards
from app.bot.toolkit.screen import Screen
from app.catalogue import products
from app.people import users
from app.texts import html, numbers
from app.texts.screens import home as texts
from models import Product, User


def home(person: User) -> Screen:
    greeting = texts.HOME(
        name=html.cut(person.name, 100),
        store=settings.current().store_name,
        users=numbers.count(users.count()),
        sales=numbers.count(products.sales()),
    )
    return Screen(greeting, keyboards.shop(), first=_menu())


def welcomed(screen: Screen) -> Screen:
    """Whatever somebody new came for, below the welcome sticker and the menu."""
    menu, sticker = screen.first or _menu(), settings.current().welcome_sticker
    return replace(screen, first=replace(menu, first=Screen(sticker=sticker) if sticker else None))


def sentence(_person: User, text: str) -> Screen:
    """One sentence, and the ways on."""
    return Screen(text, keyboards.shop())


def plain(_person: User, text: str) -> Screen:
    """One sentence without buttons."""
    return Screen(text)


def _menu() -> Screen:
    in_stock = products.in_stock().select(Product.id).limit(keyboards.NUMBERS)
    return Screen(texts.MENU(), menu=keyboards.menu([each.id for each in in_stock]))
