"""Every screen and the main presses on a shop of years: queries, their time, and whether they read all of a
table. `python -m tests.bench scale [factor]`; factor 1 is 1,000,000 people and 5,000,000 orders."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import redis
from tabulate import tabulate

import settings
from app.backoffice import retention, stats
from app.bot import router, routes
from app.bot.screens import browse
from app.bot.screens import orders as order_screens
from app.bot.toolkit.reply import show
from app.infra.queue import outbox
from app.ops import invariants
from app.people import broadcasts, notices, users
from app.sales import orders, payments, settlement
from models import Order, Product, db
from tests.bench import grown, ops_page, report
from tests.bench.filling import FAITHFUL, FIRST_PRODUCT, Size
from tests.bench.grown import ADMIN, Watch
from tests.support.chatter import Chatter

MOST_QUERIES, MOST_MS = 6, 50
#: Nobody waits for a sweep or a picture, but a worker's thread should not be held for long.
MOST_MS_OF_A_JOB = 500
ROUNDS = 5
#: A full scan of a smaller table is the right plan.
SMALL_ROWS = 20_000
BUYER = 777
#: Pages that do not exist are the last one.
LAST_PAGE = 10_000

Arguments = tuple[Any, ...]


@dataclass(frozen=True)
class Measured:
    what: str
    queries: int
    ms: float
    scans: list[str]
    is_screen: bool
    most_ms: float

    @property
    def good(self) -> bool:
        return (
            self.ms < self.most_ms and not self.scans and (self.queries <= MOST_QUERIES or not self.is_screen)
        )


def main(factor: float) -> int:
    size = Size(factor)
    with _shop(size) as watch:
        results = [*each_screen(watch), *_ops_page(watch), *_presses(watch), *each_job(watch)]
        figures = [ops_page.measure_audit(), _verifying(size), *_listing(size)]
    rows = [[one.what, one.queries, f"{one.ms:.1f}", ", ".join(one.scans) or "-"] for one in results]
    print(tabulate(rows, ["what", "queries", "ms", "full scans"]))
    screens = [one for one in results if one.is_screen]
    presses = [one for one in results if one.what.startswith(">")]
    ops = [one for one in results if one.what.startswith("/ops")]
    figures += [
        report.figure("queries of a screen, most", max(one.queries for one in screens), "", below=7),
        report.figure(
            "database time of a screen, longest", max(one.ms for one in screens), "ms", below=MOST_MS
        ),
        report.figure(
            "database time of a press, longest", max(one.ms for one in presses), "ms", below=MOST_MS
        ),
        report.figure(
            "database time of a screen of the ops page, longest",
            max(one.ms for one in ops),
            "ms",
            below=MOST_MS,
        ),
        report.figure("tables read as a whole", sum(len(one.scans) for one in results), "", below=1),
    ]
    for one in results:
        if not one.good:
            print(f"look at: {one.what}")
    return 1 if report.show(figures) else 0


@contextmanager
def _shop(size: Size) -> Iterator[Watch]:
    with grown.empty_shop() as url:
        grown.fill(url, size)
        with grown.watched() as watch:
            yield watch


def each_screen(watch: Watch) -> Iterator[Measured]:
    """Those of routes.SCREENS, each with arguments that make it work hardest."""
    known = _arguments()
    for name in routes.SCREENS:
        if name not in known:
            print(f"not measured: {name}")
            continue
        person, reply = users.get(known[name][0]), show(name, *known[name][1])
        yield _measure(watch, name, partial(router.render, person, reply))
    pending = Order.get(Order.state == Order.PENDING)
    yield _measure(watch, "qr", lambda: order_screens.qr(pending.id))


def _arguments() -> dict[str, tuple[int, Arguments]]:
    """Person and arguments by the screen's name."""
    product, draft = FIRST_PRODUCT + 1, broadcasts.draft_text("Halo", ADMIN).id
    delivered, expired = (_order(state, FAITHFUL) for state in (Order.DELIVERED, Order.EXPIRED))
    shown = {
        BUYER: _of_buyers(product),
        FAITHFUL: _of_a_faithful_buyer(delivered, expired),
        ADMIN: _of_products(product) | _of_orders(delivered) | _of_people() | _of_the_shop(draft),
    }
    return {name: (person, args) for person, screens in shown.items() for name, args in screens.items()}


def _of_buyers(product: int) -> dict[str, Arguments]:
    return {
        "home": (),
        "guide": (),
        "language": (),
        "categories": (1,),
        "category": (browse._key(Product.get_by_id(FIRST_PRODUCT).category), LAST_PAGE),
        "best": (LAST_PAGE,),
        "buyers": (),
        "everything": (LAST_PAGE,),
        "found": ("produk",),
        "stock": (LAST_PAGE,),
        "product": (product, 1),
        "summary": (product, 1),
        "balance": (product, 1),
        "voucher": (product, 1),
        "deposit": (),
        "account": (),
        "write": (),
        "sentence": ("Halo",),
        "plain": ("Halo",),
        "question": (0,),
        "edit": (0,),
        "forgotten": (),
    }


def _of_a_faithful_buyer(delivered: int, expired: int) -> dict[str, Arguments]:
    return {
        "preparing": (expired,),
        "closed": (expired,),
        "refund": (delivered,),
        "bought": (delivered,),
        "forget": (),
        "history": (LAST_PAGE,),
        "order": (delivered,),
        "goods": (delivered,),
    }


def _of_products(product: int) -> dict[str, Arguments]:
    return {
        "product_added": (product,),
        "product_retired": (product,),
        "purge": (product,),
        "purged": (product, 1),
        "card": ("priceress", product),
        "fill": (product,),
        "send_photo": (product,),
    }


def _of_orders(delivered: int) -> dict[str, Arguments]:
    return {
        "admin_order": (delivered,),
        "orders_of": (FAITHFUL, LAST_PAGE),
        "pending": (LAST_PAGE,),
        "claims": (1,),
        "testimonials": (1,),
        "resend": (delivered,),
        "give_back": (delivered,),
        "give_back_confirm": (delivered, 1_000, "refund"),
    }


def _of_people() -> dict[str, Arguments]:
    return {
        "person": (FAITHFUL,),
        "edit_balance": (BUYER, 1_000, 0),
        "add_balance": (BUYER,),
        "answered": (BUYER,),
        "role": (BUYER, "ban", True),
        "ban_ask": (BUYER,),
        "pm": (BUYER,),
        "write_to": (BUYER,),
        "whitelisted": (-1, "Staf", True),
        "unlisted": (-1, "Staf", True),
    }


def _of_the_shop(draft: int) -> dict[str, Arguments]:
    return {
        "help": (),
        "words": (),
        "broadcast": (draft,),
        "giveaway": ("Kode", draft),
        "formula": (False,),
        "dead": (1,),
        "version": (),
        "maintenance": (True,),
    }


def _order(state: str, user_id: int) -> int:
    found = Order.select(Order.id).where(
        Order.user == user_id, Order.state == state, Order.kind == Order.PURCHASE
    )
    return int(found.order_by(Order.id.desc()).first().id)


def _ops_page(watch: Watch) -> Iterator[Measured]:
    """Which has more to tell than a message: nobody counts its queries."""
    for name, show_it in ops_page.screens().items():
        yield _measure(watch, name, show_it, is_screen=False)


def _presses(watch: Watch) -> Iterator[Measured]:
    """A buyer's way from the door to the QR and back, and an admin's commands."""
    buyer, admin = Chatter(BUYER, "Pelanggan", "user777"), Chatter(ADMIN, "Bob", "user2")
    product = FIRST_PRODUCT + 1
    number = str(product)
    acts: list[tuple[str, Callable[[], Any]]] = [
        ("/start", lambda: buyer.says("/start")),
        ("LIST PRODUK", lambda: buyer.says("LIST PRODUK")),
        ("a number", lambda: buyer.says(number)),
        ("Top Buyers", lambda: buyer.presses("buyers")),
        ("+", lambda: buyer.presses(f"product:{product}:2")),
        ("Lanjut ke pembayaran", lambda: buyer.presses(f"summary:{product}:2")),
        ("QRIS and Batalkan", lambda: _checkout(buyer, product)),
        ("AKUN", lambda: buyer.says("AKUN")),
        ("Riwayat Transaksi", lambda: buyer.presses("history:1")),
        ("something unknown", lambda: buyer.says("apa saja")),
        ("/info @user900", lambda: admin.says("/info @user900")),
        ("/order TRX", lambda: admin.says(f"/order {Order.get_by_id(1_000).invoice}")),
        ("/pending", lambda: admin.says("/pending")),
        ("/broadcast", lambda: admin.says("/broadcast Halo")),
        ("/addstock", lambda: admin.says(f"/addstock {product}|baru-{time.time_ns()}")),
    ]
    for name, act in acts:
        yield _measure(watch, f"> {name}", act, is_screen=False)


def _checkout(buyer: Chatter, product: int) -> None:
    summary = buyer.presses(f"summary:{product}:1")
    buyer.taps(summary, "QRIS")
    placed = Order.get(Order.user == buyer.id, Order.state == Order.PENDING)
    settlement.cancel_by_operator(placed.id)  # by the buyer, the third would pause QRIS


def each_job(watch: Watch) -> Iterator[Measured]:
    """What runs beside people: not a screen's budget, but nothing may read a whole table."""
    jobs: dict[str, Callable[[], Any]] = {
        "overdue orders": lambda: list(orders.overdue(timedelta(0))),
        "payments to check": payments.claim_due,
        "report of expired": notices.report_expired,
        "outbox sweep": outbox.sweep,
        "prune": retention.prune,
        "reachable people": broadcasts.reachable,
        "figures": stats.figures,
        "days": lambda: stats.days(60),
        "best products": stats.best_products,
    }
    for name, job in jobs.items():
        yield _measure(watch, f"job: {name}", job, is_screen=False, most_ms=MOST_MS_OF_A_JOB)


def _measure(
    watch: Watch, what: str, act: Callable[[], Any], *, is_screen: bool = True, most_ms: float = MOST_MS
) -> Measured:
    """The median of some rounds, after one to warm up."""
    quotas = redis.Redis.from_url(settings.current().redis_url)
    times, queries = [], []
    for _ in range(ROUNDS + 1):
        quotas.flushall()
        watch.clear()
        act()
        times.append(watch.ms)
        queries = list(watch.queries)
    ms = statistics.median(times[1:])
    return Measured(what, len(queries), ms, _full_scans(queries), is_screen, most_ms)


def _full_scans(queries: list[tuple[str, Any]]) -> list[str]:
    """Tables that PostgreSQL would read from end to end for these queries."""
    found = set()
    for query, params in queries:
        if query.lstrip().startswith(("SELECT", "UPDATE", "DELETE", "WITH", "INSERT INTO broadcast")):
            plan = db.connection().execute(f"EXPLAIN (FORMAT JSON) {query}", params or None).fetchone()[0]
            found |= set(_scanned(plan[0]["Plan"]))
    return sorted(found)


def _scanned(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan" and _rows(node["Relation Name"]) > SMALL_ROWS:
        yield node["Relation Name"]
    for child in node.get("Plans", []):
        yield from _scanned(child)


def _rows(table: str) -> float:
    return float(
        db.connection().execute("SELECT reltuples FROM pg_class WHERE relname = %s", (table,)).fetchone()[0]
    )


def _verifying(size: Size) -> report.Figure:
    """All checks, on as many orders as there are; a smaller shop takes about as long in proportion."""
    started = time.perf_counter()
    invariants.run()
    per_million = (time.perf_counter() - started) / (size.orders / 1_000_000)
    return report.figure("verify, per million orders", per_million, "s", below=60)


def _listing(size: Size) -> list[report.Figure]:
    """How long a broadcast takes to list everybody, and the longest that one transaction of it takes."""
    one = broadcasts.confirm(broadcasts.draft_text("Halo", ADMIN).id, ADMIN, None)
    assert one
    steps, more = [], True
    while more:
        started = time.perf_counter()
        more = broadcasts.list_recipients(one.id, one.run)
        steps.append(time.perf_counter() - started)
    people = broadcasts.get(one.id).total
    return [
        report.figure("people that a broadcast lists", people, "", least=size.users * 0.85),
        report.figure("listing them", sum(steps), "s"),
        report.figure("listing, longest transaction", max(steps) * 1000, "ms", below=1000),
    ]
