"""`/edit…`, `/photo`, `/disc`, `/discat`, `/priceress`: what is told of a product, and what it costs."""

from __future__ import annotations

from app import money
from app.bot.admin.products import CATEGORY_MOST, DESCRIPTION_MOST, NAME_MOST
from app.bot.parsing import fields
from app.bot.screens import shelf
from app.bot.toolkit import keyboards
from app.bot.toolkit.reply import SILENT, Reply, show
from app.bot.toolkit.screen import Screen
from app.bot.toolkit.turn import Turn
from app.catalogue import listings, products, slots
from app.catalogue.prices import Discount
from app.errors import Endless, Unknown, WrongFormat
from app.sales.warranty import MOST_DAYS
from app.texts import html, numbers
from app.texts.admin import editing as texts
from app.texts.html import Html
from app.texts.screens import browse as browse_texts
from models import User

SOLD_MOST = 1_000_000_000
NAME_UNITS, LISTED_UNITS = 200, 1000
#: What is waited for after `Kirim Foto`.
PICTURE = "send_photo"


def rename(turn: Turn) -> Reply:
    number, text = _two(turn, "editname")
    listings.change(number, name=fields.line(text, NAME_MOST, "editname.name"))
    return _card("editname", number)


def describe(turn: Turn) -> Reply:
    number, text = _two(turn, "editdesc")
    if len(text) > DESCRIPTION_MOST:
        raise WrongFormat("editdesc.description", most=DESCRIPTION_MOST)
    listings.change(number, description=fields.optional(text) or "")
    return _card("editdesc", number)


def reprice(turn: Turn) -> Reply:
    number, text = _two(turn, "editprice")
    listings.change(number, price=fields.price(text, "editprice"))
    return _card("editprice", number)


def recategorise(turn: Turn) -> Reply:
    number, text = _two(turn, "editcategory")
    if not text:
        raise WrongFormat("editcategory.category", most=CATEGORY_MOST)
    listings.change(number, category=fields.category(text, CATEGORY_MOST, "editcategory.category"))
    return _card("editcategory", number)


def tell_sold(turn: Turn) -> Reply:
    number, text = _two(turn, "editsold")
    listings.set_sold(number, fields.whole(text, 0, SOLD_MOST, "editsold.sold"))
    return _card("editsold", number)


def renumber(turn: Turn) -> Reply:
    """Raises NumberTaken too."""
    number, text = _two(turn, "editid")
    new = fields.number(text, "editid")
    listings.renumber(number, new)
    return _card("editid", new)


def picture(turn: Turn) -> Reply:
    """`/photo id` under a picture; `/photo id|-` takes the picture away."""
    if turn.event.follows_caption:
        return SILENT
    named, _, rest = turn.rest.partition("|")
    number = fields.number(named.strip(), "photo")
    if not turn.event.photo and rest.strip() != fields.NONE:
        raise WrongFormat("photo.picture")
    listings.change(number, photo=turn.event.photo)
    if not turn.event.photo:
        return _card("photo_gone", number)
    return _card("photo_of_album" if turn.event.album else "photo", number)


def ask_picture(turn: Turn, product_id: int) -> Reply:
    """`Kirim Foto`. Raises Unknown."""
    turn.session.wait(PICTURE, product=products.get(product_id).id)
    return show("send_photo", product_id)


def take_picture(turn: Turn, product_id: int) -> Reply:
    """Raises WrongFormat."""
    if not turn.event.photo:
        raise WrongFormat("photo.picture")
    listings.change(product_id, photo=turn.event.photo)
    return _card("photo_of_album" if turn.event.album else "photo", product_id)


def picture_question(_person: User, product_id: int) -> Screen:
    """Raises Unknown."""
    product = products.get(product_id)
    text = texts.SEND_PHOTO(number=product.id, name=html.cut(product.name, NAME_UNITS))
    return Screen(text, keyboards.back("photo_notice", product_id))


def discount(turn: Turn) -> Reply:
    number, text = _two(turn, "disc")
    new, price = _discount(text, "disc"), products.get(number).price
    if new.amount and new.amount >= price:
        raise WrongFormat("disc.too_much", price=money.rupiah(price))
    listings.discount(number, new)
    return _card("disc" if new != Discount() else "disc_gone", number)


def discount_category(turn: Turn) -> Reply:
    """A category's name may contain `|`, a discount never does."""
    category, separator, text = turn.rest.rpartition("|")
    if not separator or not category.strip():
        raise WrongFormat("discat.fields")
    new = _discount(text.strip(), "discat")
    try:
        shown = html.cut(listings.discount_category(category.strip(), new), NAME_UNITS)
    except Unknown:
        listed = ", ".join(name for name, _ in products.categories() if name)
        facts = {"given": fields.given(category), "listed": html.cut(listed, LISTED_UNITS) or "-"}
        raise WrongFormat("discat.no_category", **facts) from None
    if new == Discount():
        return show("plain", texts.CATEGORY_GONE(category=shown))
    return show("plain", texts.CATEGORY(category=shown, discount=_shown(new)))


def reseller_price(turn: Turn) -> Reply:
    number, text = _two(turn, "priceress")
    if text == "0":
        listings.change(number, reseller_price=None)
        return _card("priceress_gone", number)
    wanted, price = fields.price(text, "priceress"), products.get(number).price
    if wanted > price:
        shown = {"given": money.rupiah(wanted), "price": money.rupiah(price)}
        raise WrongFormat("priceress.above_price", **shown)
    listings.change(number, reseller_price=wanted)
    return _card("priceress", number)


def warranty(turn: Turn) -> Reply:
    """`/garansi id|30`: of what is sold from now on; 0 takes it away. Raises Endless too."""
    number, text = _two(turn, "garansi")
    days = fields.whole(text, 0, MOST_DAYS, "garansi.days")
    if days and products.get(number).shared_kind:
        raise Endless
    listings.change(number, warranty_days=days or None)
    return _card("garansi" if days else "no_garansi", number)


def share_lines(turn: Turn) -> Reply:
    """`/slot id|5`: to how many buyers each line is sold. Raises Endless, StillStocked too."""
    number, text = _two(turn, "slot")
    wanted = fields.whole(text, 1, slots.MOST, "slot.slots")
    listings.set_slots(number, wanted)
    return _card("slot" if wanted > 1 else "no_slot", number)


def card(_person: User, done: str, product_id: int) -> Screen:
    """A product after a change, with what each kind of buyer pays now."""
    product = products.get(product_id)
    buyer, reseller = (
        products.offer_for(product, User(is_reseller=is_reseller)) for is_reseller in (False, True)
    )
    return Screen(
        texts.CARD(
            done=texts.DONE[done],
            number=product.id,
            name=html.cut(product.name, NAME_UNITS),
            category=product.category or browse_texts.NO_CATEGORY,
            price=shelf.price(buyer),
            reseller=shelf.price(reseller) if reseller != buyer else texts.NO_RESELLER_PRICE,
            own=_shown(Discount(product.discount_percent, product.discount_amount)),
            of_category=_shown(listings.discount_of(product.category)),
            stock=shelf.left(product),
            slots=texts.SLOTS(slots=product.slots) if product.slots > 1 else "",
            sold=numbers.count(products.sold(product)),
            photo=texts.WITH_PHOTO if product.photo else texts.WITHOUT_PHOTO,
            warranty=texts.WARRANTY(days=days) if (days := product.warranty_days) else texts.NO_WARRANTY,
        )
    )


def _two(turn: Turn, command: str) -> tuple[int, str]:
    """A product's number and what follows it."""
    number, text = fields.split(turn.rest, 2, command)
    return fields.number(number, command), text


def _discount(text: str, command: str) -> Discount:
    """`10%`, `5000`, `5k`; `0` is none. Raises WrongFormat."""
    number, hint = money.whole(text.removesuffix("%"), fields.BIGGEST_PRICE), f"{command}.discount"
    if number == 0:
        return Discount()
    if not text.endswith("%"):
        return Discount(amount=fields.amount(text, 1, fields.BIGGEST_PRICE, hint))
    if number is None or number > 99:
        raise WrongFormat(hint, given=fields.given(text), most=money.rupiah(fields.BIGGEST_PRICE))
    return Discount(percent=number)


def _shown(discount: Discount) -> Html | str:
    if discount.percent:
        return texts.DISCOUNT_PERCENT(percent=discount.percent)
    if discount.amount:
        return texts.DISCOUNT_AMOUNT(amount=money.rupiah(discount.amount))
    return texts.NO_DISCOUNT


def _card(done: str, number: int) -> Reply:
    return show("card", done, number)
