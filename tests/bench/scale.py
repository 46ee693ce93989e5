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


def _arguments() -> dict[str, tuple[int, tuple[Any, ...]]]:
    """Person and arguments by the screen's name."""
    delivered = _order(Order.DELIVERED, FAITHFUL)
    expired = _order(Order.EXPIRED, FAITHFUL)
    category = browse._key(Product.get_by_id(FIRST_PRODUCT).category)
    draft = broadcasts.draft_text("Halo", ADMIN)
    product = FIRST_PRODUCT + 1
    last = 10_000
    return {
        "home": (BUYER, ()),
        "guide": (BUYER, ()),
        "categories": (BUYER, (1,)),
        "category": (BUYER, (category, last)),
        "best": (BUYER, (last,)),
        "buyers": (BUYER, ()),
        "everything": (BUYER, (last,)),
        "stock": (BUYER, (last,)),
        "product": (BUYER, (product, 1)),
        "summary": (BUYER, (product, 1)),
        "balance": (BUYER, (product, 1)),
        "preparing": (FAITHFUL, (expired,)),
        "voucher": (BUYER, (product, 1)),
        "deposit": (BUYER, ()),
        "refund": (FAITHFUL, (delivered,)),
        "bought": (FAITHFUL, (delivered,)),
        "closed": (FAITHFUL, (expired,)),
        "account": (BUYER, ()),
        "forget": (FAITHFUL, ()),
        "write": (BUYER, ()),
        "history": (FAITHFUL, (last,)),
        "order": (FAITHFUL, (delivered,)),
        "goods": (FAITHFUL, (delivered,)),
        "product_added": (ADMIN, (product,)),
        "product_retired": (ADMIN, (product,)),
        "stock_added": (ADMIN, (product, 1, 0)),
        "purge": (ADMIN, (product,)),
        "purged": (ADMIN, (product, 1)),
        "broadcast": (ADMIN, (draft.id,)),
        "admin_order": (ADMIN, (delivered,)),
        "pending": (ADMIN, (last,)),
        "give_back": (ADMIN, (delivered,)),
        "formula": (ADMIN, (False,)),
        "edit_balance": (ADMIN, (BUYER, 1_000, 0)),
        "dead": (ADMIN, (1,)),
        "person": (ADMIN, (FAITHFUL,)),
        "version": (ADMIN, ()),
        "sentence": (BUYER, ("Halo",)),
        "plain": (BUYER, ("Halo",)),
        "question": (BUYER, (0,)),
        "edit": (BUYER, (0,)),
        "forgotten": (BUYER, ()),
        "card": (ADMIN, ("priceress", product)),
        "giveaway": (ADMIN, ("Kode", draft.id)),
        "give_back_confirm": (ADMIN, (delivered, 1_000, "refund")),
        "answered": (ADMIN, (BUYER,)),
        "role": (ADMIN, (BUYER, "ban", True)),
        "pm": (ADMIN, (BUYER,)),
        "whitelisted": (ADMIN, (-1, "Staf", True)),
        "unlisted": (ADMIN, (-1, "Staf", True)),
        "maintenance": (ADMIN, (True,)),
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
