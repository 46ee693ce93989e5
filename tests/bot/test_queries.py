"""A screen costs at most six queries, and so does deciding on it."""

from __future__ import annotations

import pytest

from app.bot import router
from app.bot.screens import orders as order_screens
from app.bot.toolkit.reply import show
from app.infra.queue import dead
from app.people.users import get
from app.sales import checkout
from models import CategoryDiscount, DeadLetter, Order, Product
from tests.support.bought import buys
from tests.support.chatter import Chatter
from tests.support.queries import MOST, Queries, reads
from tests.support.shops import Shop

SCREENS: list[tuple[str, tuple[int, ...]]] = [
    ("home", ()),
    ("guide", ()),
    ("categories", (1,)),
    ("best", (1,)),
    ("buyers", ()),
    ("everything", (2,)),
    ("stock", (1,)),
    ("product", (101, 1)),
    ("summary", (101, 1)),
    ("balance", (101, 1)),
    ("account", ()),
    ("edit", (0,)),
    ("forget", ()),
    ("write", ()),
    ("person", (1,)),
    ("version", ()),
    ("history", (1,)),
    ("order", (1,)),
    ("goods", (1,)),
    ("bought", (1,)),
]


@pytest.fixture
def full(buyer: Chatter, made_once) -> Chatter:
    made_once(filled)
    return buyer


def filled() -> None:
    shop = Shop()
    for number in range(101, 131):
        shop.sells(
            f"P{number}", number=number, category=f"C{number % 9}", stock=[f"{number}-{n}" for n in range(5)]
        )
    for _ in range(3):
        buys(1, 101)
    for number in range(9):
        CategoryDiscount.insert(category=f"C{number}", percent=10).execute()


def test_screens_ask_little(full: Chatter, queries: Queries):
    person = get(1)
    for screen, args in SCREENS:
        queries.statements.clear()

        router.render(person, show(screen, *args))

        assert len(reads(queries)) <= MOST, (screen, reads(queries))


def test_two_thousand_products_ask_no_more(buyer: Chatter, queries: Queries):
    rows = [
        {"id": number, "name": f"P{number}", "category": f"C{number % 300}", "price": 1_000, "sold": number}
        for number in range(1, 2001)
    ]
    Product.insert_many(rows).execute()
    for screen in ("categories", "best", "everything", "stock"):
        queries.statements.clear()

        drawn = router.render(get(1), show(screen, 7))

        assert len(reads(queries)) <= MOST, (screen, reads(queries))
        assert any(button.label.startswith("Selanjutnya 7/") for row in drawn.buttons for button in row)


def test_a_tap_asks_little(full: Chatter, queries: Queries):
    full.presses("product:101:2")

    assert len(reads(queries)) <= MOST, reads(queries)


def test_the_qr_asks_little(full: Chatter, queries: Queries, shop):
    from models import Payment

    order = checkout.place(1, 102, 1)
    Payment.update(state="open", fee=485, total=25_485, qr_string="000201", page_url="https://x").execute()
    queries.statements.clear()

    screen = order_screens.qr(order.id)

    assert len(reads(queries)) <= 2, reads(queries)
    assert "Rp25.485" in screen.text


def test_a_page_of_failed_jobs_asks_no_more_than_one_of_them(full: Chatter, queries: Queries):
    ids = [order.id for order in Order.select().limit(5)]
    for place, order_id in enumerate(ids):
        dead.record(f"job-{place}", "show_paid", "default", [order_id], f"Broken: in way {place}")
        DeadLetter.update(kind=f"way {place}").where(DeadLetter.id == f"job-{place}").execute()
    queries.statements.clear()

    drawn = router.render(get(1), show("dead", 1))

    assert len(drawn.buttons) >= 3
    assert len(reads(queries)) <= 3, reads(queries)


@pytest.mark.parametrize(
    ("screen", "args"),
    [
        ("orders_of", (1, 1)),
        ("testimonials", (1,)),
        ("history", (1,)),
        ("pending", (1,)),
        ("claims", (1,)),
        ("categories", (1,)),
        ("best", (1,)),
        ("stock", (1,)),
    ],
)
def test_a_long_list_is_counted_without_what_its_rows_are_shown_with(
    full: Chatter, queries: Queries, screen: str, args: tuple[int, ...]
):
    queries.statements.clear()

    router.render(get(1), show(screen, *args))

    counted = [statement for statement in reads(queries) if "COUNT" in statement]
    assert counted
    assert not [statement for statement in counted if "JOIN" in statement]
