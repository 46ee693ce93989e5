"""One look at what waits, lives and grows in this deployment, for metrics, alerts and page alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from peewee import fn

from app.backoffice import audit_checks, backups, verifications
from app.infra import redis_client
from app.infra.metrics import gauges
from app.infra.metrics.gauges import Value
from app.infra.queue import backpressure, dead, lengths
from models import AuditEvent, Claim, Order, Outbox, Product, db, utcnow


def take() -> None:
    """Measure everything and keep it in place of the last measures. Every query is on an index, and counts
    nothing that only grows. Raises redis errors."""
    client = redis_client.shared()
    found = [*_queues(), *_memory(), *_promises(), *_orders(), *_claims(), *_shelf()]
    found += [*_audit(), *_nights(), *_sizes()]
    gauges.put(client, found)


def _queues() -> Iterator[Value]:
    for length in lengths.all_of_them(redis_client.shared()):
        yield "quickcart_queue_jobs", (length.queue,), length.ready
        yield "quickcart_queue_delayed_jobs", (length.queue,), length.delayed
        yield "quickcart_queue_oldest_seconds", (length.queue,), length.oldest_s


def _memory() -> Iterator[Value]:
    memory = redis_client.shared().info("memory")
    yield "quickcart_redis_memory_bytes", (), memory["used_memory"]
    yield "quickcart_redis_memory_limit_bytes", (), backpressure.limit(memory)


def _promises() -> Iterator[Value]:
    now = utcnow()
    due = Outbox.due_at <= now
    waiting = Outbox.select(
        fn.count(Outbox.id), fn.count(Outbox.id).filter(due), fn.min(Outbox.due_at).filter(due)
    )
    jobs, due_jobs, oldest = waiting.scalar(as_tuple=True)
    yield "quickcart_outbox_jobs", (), jobs
    yield "quickcart_outbox_due_jobs", (), due_jobs
    yield "quickcart_outbox_oldest_seconds", (), _age_s(oldest, now)
    yield "quickcart_dead_letters", (), dead.waiting().count()


def _orders() -> Iterator[Value]:
    yield "quickcart_orders", (Order.PENDING,), Order.select().where(Order.state == Order.PENDING).count()
    paid = Order.select(fn.count(Order.id), fn.min(Order.paid_at)).where(Order.state == Order.PAID)
    waiting, oldest = paid.scalar(as_tuple=True)
    yield "quickcart_orders", (Order.PAID,), waiting
    yield "quickcart_oldest_paid_order_seconds", (), _age_s(oldest, utcnow())


def _claims() -> Iterator[Value]:
    open_ = Claim.select(fn.count(Claim.id), fn.min(Claim.opened_at)).where(Claim.state == Claim.OPEN)
    waiting, oldest = open_.scalar(as_tuple=True)
    yield "quickcart_warranty_claims", (), waiting
    yield "quickcart_oldest_warranty_claim_seconds", (), _age_s(oldest, utcnow())


def _shelf() -> Iterator[Value]:
    """By the products' own counters: there may be millions of items."""
    lasting = Product.shared_content.is_null(False)
    some_left = (Product.available > 0) | lasting
    on_sale = Product.select(
        fn.coalesce(fn.sum(Product.available), 0),
        fn.count(Product.id),
        fn.count(Product.id).filter(some_left),
    ).where(Product.retired_at.is_null())
    items, products, in_stock = on_sale.scalar(as_tuple=True)
    yield "quickcart_stock_items", (), int(items)
    yield "quickcart_products", ("in_stock",), in_stock
    yield "quickcart_products", ("sold_out",), products - in_stock


def _audit() -> Iterator[Value]:
    unshipped = AuditEvent.select().where(AuditEvent.shipped_at.is_null())
    oldest = unshipped.order_by(AuditEvent.id).first()
    yield "quickcart_audit_backlog_events", (), unshipped.count()
    yield "quickcart_audit_backlog_oldest_seconds", (), _age_s(oldest and oldest.at, utcnow())


def _nights() -> Iterator[Value]:
    if made_at := backups.last_made_at():
        yield "quickcart_backup_age_seconds", (), _age_s(made_at, utcnow())
    if drill := backups.last_drill():
        drilled_at = datetime.fromisoformat(drill["at"])
        yield "quickcart_backup_drill_age_seconds", (), _age_s(drilled_at, utcnow())
        yield "quickcart_backup_drill_ok", (), float(drill["outcome"] == backups.OK)

    if verified := verifications.last():
        yield "quickcart_verify_age_seconds", (), _age_s(verifications.last_at(), utcnow())
        yield "quickcart_verify_breaches", (), verified["breaches"]


def _sizes() -> Iterator[Value]:
    (size,) = db.execute_sql("select pg_database_size(current_database())").fetchone()
    yield "quickcart_database_size_bytes", ("shop",), size
    if audit_size := audit_checks.size():
        yield "quickcart_database_size_bytes", ("audit",), audit_size


def _age_s(at: datetime | None, now: datetime) -> float:
    return max(0.0, (now - at).total_seconds()) if at else 0.0
