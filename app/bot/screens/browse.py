"""Lists of products: by category, best sellers, all of them, and the stock count."""

from __future__ import annotations

from zlib import crc32

from app.bot.screens import shelf
from app.bot.toolkit import keyboards, paging
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.paging import Page
from app.bot.toolkit.screen import Button, Screen
from app.catalogue import products, search
from app.people import users
from app.texts import html, numbers
from app.texts.html import Html
from app.texts.screens import browse as texts
from models import Product, User

PAGE, CATEGORY_PAGE, STOCK_PAGE, TOP, FOUND = 8, 24, 40, 10, 10
NAME_UNITS, STOCK_NAME_UNITS = 80, 50


def categories(_person: User, number: int) -> Screen:
    page = paging.of_list(products.categories(), number, CATEGORY_PAGE)
    buttons = [_category_button(name) for name, _ in page.items]
    rows = [buttons[at : at + 2] for at in range(0, len(buttons), 2)]
    rows += keyboards.pager("categories", page=page.number, pages=page.pages, up=pack("home"))
    title = texts.CATEGORIES()
    return Screen(title if buttons else texts.EMPTY(title=title), rows)


def category(person: User, key: int, number: int) -> Screen:
    """A category that is gone shows the ones that are there."""
    names = [name for name, _ in products.categories()]
    at = next((at for at, name in enumerate(names) if _key(name) == key), None)
    if at is None:
        return categories(person, 1)
    page = paging.of_query(products.in_category(names[at]), number, PAGE)
    up = pack("categories", at // CATEGORY_PAGE + 1)
    pager = keyboards.pager("category", key, page=page.number, pages=page.pages, up=up)
    title = texts.CATEGORY(name=names[at] or texts.NO_CATEGORY)
    return Screen(_list(title, page), [*shelf.buttons(page.items, person), *pager])


def best(person: User, number: int) -> Screen:
    page = paging.of_query(products.best_sellers(), number, PAGE)
    pager = keyboards.pager("best", page=page.number, pages=page.pages, up=pack("home"))
    title = texts.BEST()
    text = title if page.items else texts.NOTHING_SOLD(title=title)
    buyers_row = [Button(keyboards.TOP_BUYERS, pack("buyers"))]
    return Screen(text, [*shelf.buttons(page.items, person), buyers_row, *pager])


def buyers(_person: User) -> Screen:
    """Whoever bought most, by masked names: nobody is shown to strangers."""
    top = users.top_buyers(TOP)
    title = texts.BUYERS()
    lines = [
        texts.BUYER(place=place, name=html.masked(each.name), bought=numbers.count(each.bought))
        for place, each in enumerate(top, 1)
    ]
    text = texts.LIST(title=title, products=html.lines(lines)) if lines else texts.NOTHING_SOLD(title=title)
    return Screen(text, keyboards.back("best", 1))


def everything(person: User, number: int) -> Screen:
    page = paging.of_query(products.on_sale(), number, PAGE)
    pager = keyboards.pager("everything", page=page.number, pages=page.pages, up=pack("home"))
    return Screen(_list(texts.EVERYTHING(), page), [*shelf.buttons(page.items, person), *pager])


def found(person: User, words: str) -> Screen:
    """What a search has found, best first. One alone opens at once: see router.py."""
    page = paging.of_query(search.named(words.split()), 1, FOUND)
    more = texts.FOUND_MORE(count=page.count - len(page.items)) if page.pages > 1 else ""
    shown = html.cut(words, NAME_UNITS)
    text = texts.FOUND(words=shown, more=more) if page.items else texts.NOT_FOUND(words=shown)
    return Screen(text, [*shelf.buttons(page.items, person), *keyboards.shop()])


def stock(_person: User, number: int) -> Screen:
    page = paging.of_query(products.on_sale(), number, STOCK_PAGE)
    pager = keyboards.pager("stock", page=page.number, pages=page.pages, up=pack("home"))
    if not page.items:
        return Screen(texts.EMPTY(title=texts.STOCK()), pager)
    return Screen(texts.LIST(title=texts.STOCK(), products=html.lines(map(_stock_line, page.items))), pager)


def _list(title: Html, page: Page[Product]) -> Html:
    """What there is stands on the buttons."""
    return title if page.items else texts.EMPTY(title=title)


def _stock_line(product: Product) -> Html:
    name = html.cut(product.name, STOCK_NAME_UNITS)
    return texts.STOCK_LINE(number=product.id, name=name, available=shelf.left_or_none(product))


def _category_button(name: str | None) -> Button:
    label = html.cut(name or texts.NO_CATEGORY.said(), keyboards.LABEL_UNITS)
    return Button(label, pack("category", _key(name), 1))


def _key(name: str | None) -> int:
    """Categories have no number of their own, and their names are too long for a button."""
    return 0 if name is None else crc32(name.encode()) + 1
