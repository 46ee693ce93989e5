"""Whatever is typed without a question: an order by its invoice, products by their names, else help."""

from __future__ import annotations

from app import money
from app.bot.parsing import fields
from app.bot.parsing import words as vocabulary
from app.bot.screens import deposits, write
from app.bot.toolkit.handlers import Opens
from app.bot.toolkit.reply import Reply, say, show
from app.bot.toolkit.turn import Handler, Turn
from app.catalogue import search
from app.errors import Unknown
from app.money import typed
from app.people import users
from app.sales import orders, payments
from app.texts import refusals as refusal_texts

#: By what is typed, as typed.label makes it: what people most likely want.
WANTED: dict[str, Handler] = {
    word: handler
    for said, handler in (
        (vocabulary.GREETINGS, Opens("home")),
        (vocabulary.PRODUCTS, Opens("categories", 1)),
        (vocabulary.BEST, Opens("best", 1)),
        (vocabulary.EVERYTHING, Opens("everything", 1)),
        (vocabulary.STOCK, Opens("stock", 1)),
        (vocabulary.ACCOUNT, Opens("account")),
        (vocabulary.HISTORY, Opens("history", 1)),
        (vocabulary.DEPOSIT, deposits.ask),
        (vocabulary.HELP, Opens("guide")),
        (vocabulary.WRITE, write.ask),
    )
    for word in said
}


def understood(turn: Turn) -> Reply:
    """Raises Unknown for an order that is not theirs, as for one that does not exist."""
    if turn.event.is_media:
        return say(refusal_texts.NOT_UNDERSTOOD())
    wanted = WANTED.get(typed.label(turn.typed))
    if wanted:
        return wanted(turn)
    found = _named(turn, turn.typed)
    if found:
        return found
    return say(refusal_texts.NOT_UNDERSTOOD()) if vocabulary.sought(turn.typed) is None else show("home")


def _named(turn: Turn, text: str) -> Reply | None:
    """The order or the products that a text names; None where it has no words for one. Raises Unknown."""
    invoice = vocabulary.invoice(text)
    if invoice:
        return _order(turn, invoice)
    if users.is_admin(turn.person) and (paid_by := payments.order_of_transaction(typed.seen(text))):
        return show("admin_order", paid_by.id)
    sought = vocabulary.sought(text)
    return _product(sought) if sought else None


class After:
    """The handler of a command that opens a screen; what stands after it is understood as if it stood alone:
    `/order TRX…`, `/produk netflix`."""

    def __init__(self, alone: Handler) -> None:
        self.alone = alone

    def __call__(self, turn: Turn) -> Reply:
        said = typed.seen(turn.rest)
        number = money.whole(said, fields.BIGGEST_ID)
        if number is not None:
            return show("product", number, 1)
        return _named(turn, said) or self.alone(turn)


def names_order(turn: Turn) -> bool:
    """By its invoice alone, which is nobody's name, rating or complaint."""
    return not turn.event.is_media and vocabulary.is_invoice(turn.typed)


def is_invoice(turn: Turn) -> bool:
    return not turn.event.is_media and vocabulary.invoice(turn.typed) is not None


def _order(turn: Turn, invoice: str) -> Reply:
    found = orders.by_invoice(invoice)
    is_staff = users.is_admin(turn.person)
    if found is None or (found.user_id != turn.person.id and not is_staff):
        raise Unknown("order" if is_staff else "own_order", invoice)
    return show("admin_order" if is_staff else "order", found.id)


def _product(sought: list[str]) -> Reply:
    """The only one at once; of several, a list."""
    first_two = list(search.named(sought).limit(2))
    if len(first_two) == 1:
        return show("product", first_two[0].id, 1)
    return show("found", " ".join(sought))
