"""Ten thousand sales, the audit database away for every other 200 of them: all is shipped, once."""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from operator import truediv
from pathlib import Path

import models
import settings
from app.audit import archive, proof, shipping
from app.catalogue import products, stock
from app.infra import logs
from app.infra.transactions import atomic
from app.local import embedded
from app.ops import migrate
from app.people import users
from app.sales import checkout, delivery, wallet
from models import AuditEvent, Delivery, Order, db
from tests.bench import grown
from tests.support.proxy import Proxy

NAME = "ten thousand sales while the audit database comes and goes"
SALES, BLOCK, SELLERS = 10_000, 200, 4
PRICE = 1_000
#: Of each pair of blocks, but for what a busy machine does to one of them.
AS_FAST = 0.95
CATCH_UP_S = 300.0


def hold(wanted: list[str]) -> bool:
    """Whether all was shipped once, and selling went on; true as well when this was not wanted."""
    if wanted and not any(word in NAME for word in wanted):
        return True
    print(f"… {NAME}", flush=True)
    with _shop() as proxy:
        stop = threading.Event()
        shipper = threading.Thread(target=_ship, args=(stop,))
        shipper.start()
        rates = _sell_all(proxy)
        _catch_up()
        stop.set()
        shipper.join()
        wrong = list(_wrong())
    there, away = statistics.median(rates[False]), statistics.median(rates[True])
    beside = statistics.median(map(truediv, rates[True], rates[False]))
    print(
        f"{there:.1f} sales a second with the audit database, {away:.1f} without; {beside:.2f} of it in pairs"
    )
    if beside < AS_FAST:
        wrong.append("selling was slower while it was away")
    for line in wrong:
        print(f"{NAME}: {line}")
    return not wrong


@contextmanager
def _shop() -> Iterator[Proxy]:
    with (
        tempfile.TemporaryDirectory(prefix="quickcart-chaos-") as folder,
        embedded.postgres(Path(folder) / "postgres", fsync="off", max_connections="60") as server,
        embedded.valkey(Path(folder) / "valkey") as redis_url,
    ):
        proxy, audit_url = Proxy.before_postgres(server.ensure("audit"))
        values = grown.values(server.ensure("shop"), redis_url) | {"audit_database_url": audit_url}
        with proxy, settings.override(**values):
            models.connect(settings.current().database_url, max_connections=20)
            logs.setup("chaos")
            migrate.apply()
            with db.connection_context():
                _stock()
                yield proxy
            db.close_all()


def _stock() -> None:
    """A product and a buyer with money for each seller."""
    for seller in range(1, SELLERS + 1):
        products.add(f"Chaos {seller}", PRICE, number=seller)
        stock.add(seller, (f"KEY-{seller}-{number}" for number in range(SALES // SELLERS + BLOCK)))
        with atomic():
            users.meet(seller, f"Buyer {seller}", None)
        wallet.post(seller, SALES * PRICE, f"chaos:{seller}")


def _ship(stop: threading.Event) -> None:
    """As the clock has it done, and in a process that others sell in as well."""
    with db.connection_context():
        while not stop.wait(0.5):
            shipping.ship()


def _sell_all(proxy: Proxy) -> dict[bool, list[float]]:
    """Sales a second of each block, by whether the audit database was away."""
    rates: dict[bool, list[float]] = {False: [], True: []}
    with ThreadPoolExecutor(SELLERS) as sellers:
        for block in range(SALES // BLOCK):
            proxy.is_away = away = block % 2 == 1
            started = time.perf_counter()
            list(sellers.map(_sell, range(1, SELLERS + 1)))
            rates[away].append(BLOCK / (time.perf_counter() - started))
    proxy.is_away = False
    return rates


def _sell(seller: int) -> None:
    with db.connection_context():
        for _ in range(BLOCK // SELLERS):
            order = checkout.place(seller, seller, 1, method=Order.BALANCE)
            delivery.begin(order.id, 0)
            delivery.note(order.id, 0, Delivery.SENT, order.id)
            delivery.mark_delivered(order.id)


def _catch_up() -> None:
    deadline = time.monotonic() + CATCH_UP_S
    while _unshipped() and time.monotonic() < deadline:
        time.sleep(0.5)


def _unshipped() -> int:
    return int(AuditEvent.select().where(AuditEvent.shipped_at.is_null()).count())


def _wrong() -> Iterator[str]:
    sold = Order.select().where(Order.state == Order.DELIVERED).count()
    if sold != SALES:
        yield f"{sold} orders were delivered"
    if left := _unshipped():
        yield f"{left} events were not shipped"
    if problem := proof.renew(whole=True).problem:
        yield problem
    with archive.opened() as connection:
        counted = "SELECT count(*), count(DISTINCT payload::json->>'id') FROM audit_chain"
        rows, events = connection.execute(counted).fetchone() or (0, 0)
    if rows != events or events != AuditEvent.select().count():
        yield f"{rows} rows tell of {events} events, of {AuditEvent.select().count()} that there were"
