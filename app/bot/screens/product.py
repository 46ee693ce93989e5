"""A product's page, where the quantity is chosen, or word of its return asked for."""

from __future__ import annotations

from app import money
from app.bot.parsing import fields
from app.bot.screens import shelf, vouchers
from app.bot.toolkit import keyboards
from app.bot.toolkit.callbacks import pack
from app.bot.toolkit.reply import Reply, show
from app.bot.toolkit.screen import Button, Rows, Screen
from app.bot.toolkit.turn import Turn
from app.catalogue import products, ratings, stock, waitlist
from app.catalogue.prices import Offer
from app.errors import Unknown
from app.money import typed
from app.people import trust
from app.sales import checkout
from app.texts import html, numbers
from app.texts.html import Html, Text
from app.texts.screens import product as texts
from models import Product, User

NAME_UNITS, DESCRIPTION_UNITS = 200, 3000
#: What a page takes besides its description, entities not counted: under a picture there is little room.
_OTHERWISE = 420
#: What `Beri tahu saya` is answered with.
WAITING = {
    waitlist.NOTED: texts.WAITING_NOTED,
    waitlist.KNOWN: texts.WAITING_KNOWN,
    waitlist.THERE: texts.WAITING_THERE,
}


def product(person: User, product_id: int, wanted: int, voucher: int = 0) -> Screen:
    """Raises Unknown. A quantity that cannot be had becomes the nearest one that can.

    `voucher` is the number of one that waits in the summary: it stays while the quantity changes.
    """
    found = products.get(product_id)
    offer = products.offer_for(found, person)
    most, limit = _most(person, found)
    if not most:
        text = _page(found, person, offer) + texts.SOLD_OUT()
        return Screen(text, [_wait(found.id), *_leave()], photo=found.photo)
    quantity = min(max(wanted, 1), most)
    amount = texts.AMOUNT(
        quantity=quantity,
        total=money.rupiah(offer.price * quantity),
        note=limit(most=most) if wanted > most else "",
    )
    buttons = _buttons(found.id, quantity, vouchers.carried(voucher))
    price = offer.price * quantity
    return Screen(_page(found, person, offer) + amount, buttons, photo=found.photo, amount=price)


def wait(turn: Turn, product_id: int) -> Reply:
    """`Beri tahu saya`. Raises Unknown."""
    answer = waitlist.ask(product_id, turn.person.id)
    return show("product", product_id, 1, toast=WAITING[answer].plain())


def from_link(turn: Turn) -> Reply:
    """`/start p_101`; raises Unknown for a link that was made up, or whose product is gone."""
    number = money.whole(typed.seen(turn.rest).removeprefix("p_"), fields.BIGGEST_NUMBER)
    if number is None:
        raise Unknown("product", turn.rest)
    return show("product", products.get(number).id, 1)


def _most(person: User, product: Product) -> tuple[int, Text]:
    """How many they may take at once, and what is said of more. A balance may pay for all of them."""
    left = stock.left(product)
    most = min(left, checkout.MOST_ITEMS)
    share = most if product.shared_kind or person.balance else min(most, trust.share(left))
    if share == most or trust.has_paid(person.id):
        return most, texts.ONLY_SO_MANY if left > most else texts.ALL_THAT_IS_LEFT
    return share, texts.SHARE_ONLY


def _page(product: Product, person: User, offer: Offer) -> Html:
    name = html.cut(product.name, NAME_UNITS)
    room = html.CAPTION - _OTHERWISE - NAME_UNITS if product.photo else DESCRIPTION_UNITS
    text = html.cut(product.description, room)
    for_resellers = person.is_reseller and product.reseller_price
    return texts.PRODUCT(
        name=name,
        number=product.id,
        description=texts.DESCRIPTION(text=text) if text else "",
        label=texts.RESELLER_PRICE if for_resellers else texts.PRICE,
        was=shelf.was(offer),
        price=money.rupiah(offer.price),
        available=shelf.left(product),
        sold=numbers.count(products.sold(product)),
        rating=_rating(product),
        warranty=texts.WARRANTY(days=product.warranty_days) if product.warranty_days else "",
        shared=texts.SHARED(slots=product.slots) if product.slots > 1 and not product.shared_kind else "",
    )


def _rating(product: Product) -> Html:
    """The average, once enough buyers have given stars."""
    average = ratings.average(product)
    if average is None:
        return Html()
    whole, tenth = divmod(round(average * 10), 10)
    return texts.RATING(whole=whole, tenth=tenth, count=numbers.count(product.ratings))


def _buttons(product_id: int, quantity: int, voucher: tuple[int, ...]) -> Rows:
    def step(by: int) -> str:
        return pack("product", product_id, max(1, quantity + by), *voucher)

    on = Button(keyboards.TO_PAYMENT, pack("summary", product_id, quantity, *voucher))
    return [[Button(label, step(by)) for label, by in keyboards.STEPS], [on], *_leave()]


def _wait(product_id: int) -> list[Button]:
    return [Button(keyboards.WAIT, pack("wait", product_id))]


def _leave() -> Rows:
    return [[Button(keyboards.CANCEL, pack("home"))]]
