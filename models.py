"""The database: how it is reached, its tables, state words, the clock. Rules live in app/, the schema in
migrations.

Connections are given up when an answer stays away, asked before they are used again after a rest, and pooled.
"""

from __future__ import annotations

import math
import select
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg
from peewee import (
    BigAutoField,
    BigIntegerField,
    BlobField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    InternalError,
    Model,
    OperationalError,
    Psycopg3Adapter,
    SmallIntegerField,
    TextField,
    UUIDField,
)
from playhouse.pool import MaxConnectionsExceeded, PooledPostgresqlDatabase
from playhouse.postgres_ext import BinaryJSONField, DateTimeTZField
from psycopg.pq import TransactionStatus

#: How libpq minds its connections. A dead peer is noticed within seconds. A pooler that hands out another
#: server with every transaction takes no `options` and keeps no prepared statements.
DIAL: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "prepare_threshold": None,
}
#: What is asked so often is planned once, as that takes PostgreSQL longer than to do it; a connection keeps
#: so many plans. Not behind a pooler, which names another process than the one that answers.
PREPARE_AFTER, MOST_PREPARED = 5, 50
STATEMENT_S = 30.0
#: The kernel sees nothing wrong with a proxy that takes bytes and brings none back: only an answer tells.
#: The server gives up first, unless it cannot be heard.
MARGIN_S = 5.0
PING_S = 3.0
#: A connection that was let go so short a time ago need not be asked: had it ended, its socket would say so.
JUST_NOW_S = 0.25
#: What a server says to a change that takes none.
READ_ONLY = "25006"

_LIMITS = """
select set_config('statement_timeout', %s, false),
       set_config('idle_in_transaction_session_timeout', '30s', false),
       set_config('timezone', 'UTC', false),
       pg_backend_pid()
"""


class Connection(psycopg.Connection[Any]):
    """Given up, with an OperationalError, when an answer stays away for `answer_s` (None: for ever)."""

    answer_s: float | None = STATEMENT_S + MARGIN_S
    let_go_s = -math.inf

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        try:
            return super().wait(gen, interval, self.answer_s if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()  # left in the middle of an answer: of no more use
            raise

    def is_fresh(self) -> bool:
        """Let go just now, and nothing came since: a server that ends a connection says so, or closes it."""
        if self.closed or time.monotonic() - self.let_go_s > JUST_NOW_S:
            return False
        look = select.poll()
        look.register(self.pgconn.socket, select.POLLIN)
        return not look.poll(0)

    @contextmanager
    def answering_within(self, seconds: float | None) -> Iterator[None]:
        before, self.answer_s = self.answer_s, seconds
        try:
            yield
        finally:
            self.answer_s = before


class _Adapter(Psycopg3Adapter):
    def connect(self, db: Any, **params: Any) -> Connection:
        """Limits are set by statement: poolers refuse them in the startup packet."""
        statement_s = params.pop("statement_s")
        connection = Connection.connect(db.database, autocommit=True, **params)
        connection.answer_s = _answer_s(statement_s)
        answered = connection.execute(_LIMITS, [_ms(statement_s)]).fetchone()
        if answered and answered[-1] == connection.info.backend_pid:
            connection.prepare_threshold, connection.prepared_max = PREPARE_AFTER, MOST_PREPARED
        return connection


class Database(PooledPostgresqlDatabase):
    """The pool: one connection a thread, waited for when all are in use."""

    psycopg3_adapter = _Adapter

    def connect(self, reuse_if_open: bool = False) -> bool:
        """Raises peewee's OperationalError, also when no connection became free in time."""
        try:
            return bool(super().connect(reuse_if_open))
        except MaxConnectionsExceeded:
            most, waited_s = self._max_connections, self._wait_timeout
            raise OperationalError(
                f"all {most} database connections of this process were in use for {waited_s} s"
            ) from None

    def execute_sql(self, sql: Any, params: Any = None) -> Any:
        try:
            return super().execute_sql(sql, params)
        except InternalError as error:
            if getattr(error.__cause__ or error.__context__, "sqlstate", None) == READ_ONLY:
                self._leave_replica()
            raise

    def _leave_replica(self) -> None:
        """A failover made a replica of this server; the address leads to another one by now."""
        self.connection().close()
        self.close_idle()

    def lend(self) -> None:
        """Give this thread's connection back, unless in a transaction; its next statement takes one again."""
        if not self.is_closed() and not self.in_transaction():
            self.close()

    def _can_reuse(self, conn: Connection) -> bool:
        conn.let_go_s = time.monotonic()
        return bool(super()._can_reuse(conn))

    def _is_closed(self, conn: Connection) -> bool:
        """Asks before a connection is used again, unless it was let go just now. What ended or silenced one
        has most likely met others."""
        if conn.is_fresh():
            return False
        with conn.answering_within(PING_S):
            closed = bool(super()._is_closed(conn))
        if closed:
            self.close_idle()
        return closed

    @contextmanager
    def patience(self, statement_s: float | None) -> Iterator[None]:
        """Inside a transaction: its statements may take so long; None for as long as they need."""
        self.execute_sql("select set_config('statement_timeout', %s, true)", [_ms(statement_s)])
        with self.connection().answering_within(_answer_s(statement_s)):
            yield


def _ms(statement_s: float | None) -> str:
    return f"{(statement_s or 0) * 1000:.0f}"


def _answer_s(statement_s: float | None) -> float | None:
    return statement_s + MARGIN_S if statement_s else None


db = Database(None)


def connect(
    url: str, max_connections: int = 10, statement_s: float | None = STATEMENT_S, process: str | None = None
) -> None:
    """Point `db` at a libpq URI. Connections are opened on first use, one a thread.

    `process` is what the server shows of us, behind "quickcart".

    Time-outs: 10 s for a free connection, 5 s for a new one, `statement_s` a statement (None: none), 30 s for
    an idle transaction.
    """
    shown = {"application_name": f"quickcart {process}"} if process else {}
    db.init(
        url,
        max_connections=max_connections,
        stale_timeout=300,
        timeout=10,
        statement_s=statement_s,
        **DIAL,
        **shown,
    )


def utcnow() -> datetime:
    """The only clock: aware, UTC, and frozen by a test that freezes time."""
    return datetime.now(UTC)


class Table(Model):
    class Meta:
        database = db
        legacy_table_names = False
        only_save_dirty = True


class Setting(Table):
    """What the shop remembers about itself: one JSON value a key."""

    key = TextField(primary_key=True)
    value = BinaryJSONField()


class User(Table):
    """A person who wrote to the bot; the key is the Telegram id."""

    id = BigIntegerField(primary_key=True)
    name = TextField()
    username = TextField(null=True)
    email = TextField(null=True)
    whatsapp = TextField(null=True)
    bank_id = TextField(unique=True)
    balance = BigIntegerField(default=0)
    #: Items of delivered orders.
    bought = IntegerField(default=0)
    is_admin = BooleanField(default=False)
    is_reseller = BooleanField(default=False)
    #: Of app.texts.languages; none for who came before there were several.
    language = TextField(null=True)
    #: The typed answer the bot waits for: {"await": "name", …}; {} when it waits for nothing.
    session = BinaryJSONField(default=dict)
    joined_at = DateTimeTZField(default=utcnow)
    seen_at = DateTimeTZField(default=utcnow)
    banned_at = DateTimeTZField(null=True)
    unreachable_at = DateTimeTZField(null=True)
    #: Jobs that told them something while they could not be reached: [actor, args] each, oldest first.
    missed = BinaryJSONField(null=True)
    #: They asked to be forgotten, and have not written since.
    forgotten_at = DateTimeTZField(null=True)


class HandledUpdate(Table):
    """A Telegram update that has acted, with the reply to draw again if it comes a second time."""

    id = BigIntegerField(primary_key=True)
    reply = BinaryJSONField(null=True)
    handled_at = DateTimeTZField(default=utcnow)


class Product(Table):
    """What is sold; the key is the number people type. `available` and `sold` count its stock items."""

    id = IntegerField(primary_key=True)
    name = TextField()
    category = TextField(null=True)
    description = TextField(default="")
    price = BigIntegerField()
    reseller_price = BigIntegerField(null=True)
    #: At most one of both; a category may have its own discount, and the better one counts.
    discount_percent = SmallIntegerField(null=True)
    discount_amount = BigIntegerField(null=True)
    #: A Telegram file id.
    photo = TextField(null=True)
    #: One file for every buyer, without limit: its kind (StockItem's) and its encrypted file id.
    shared_kind = TextField(null=True)
    shared_content = BlobField(null=True)
    available = IntegerField(default=0)
    sold = IntegerField(default=0)
    #: What staff want people to be told beyond `sold`.
    sold_offset = IntegerField(default=0)
    #: How many buyers have rated it, and the sum of their stars; without what staff have hidden.
    ratings = IntegerField(default=0)
    stars = IntegerField(default=0)
    #: For how long what is sold from now on may be claimed.
    warranty_days = SmallIntegerField(null=True)
    created_at = DateTimeTZField(default=utcnow)
    retired_at = DateTimeTZField(null=True)
    #: Off the shelf meanwhile: none of the keys opens what would be sold next.
    locked_at = DateTimeTZField(null=True)
    #: To how many buyers a line of its stock is sold.
    slots = SmallIntegerField(default=1)


class CategoryDiscount(Table):
    """What every product of a category is cheaper by: percent or rupiah."""

    category = TextField(primary_key=True)
    percent = SmallIntegerField(null=True)
    amount = BigIntegerField(null=True)


class RestockWaiter(Table):
    """A person who wants one message when the product is back."""

    product = ForeignKeyField(Product)
    user = ForeignKeyField(User)
    at = DateTimeTZField(default=utcnow)

    class Meta:
        primary_key = CompositeKey("product", "user")


class Voucher(Table):
    """A single-use reduction. Reserved by an unpaid order, freed if that ends, spent when it is paid.

    The code is the key by which orders refer to it, so here it stands in the open; it is good once, for days.
    """

    AVAILABLE, RESERVED, SPENT = "available", "reserved", "spent"

    code = TextField(primary_key=True)
    amount = BigIntegerField()
    state = TextField(default=AVAILABLE)
    #: Who uses it, and since when; kept when it is freed, for the pause between two redemptions.
    user = ForeignKeyField(User, null=True)
    redeemed_at = DateTimeTZField(null=True)
    created_by = BigIntegerField()
    created_at = DateTimeTZField(default=utcnow)
    expires_at = DateTimeTZField()


class Order(Table):
    """One purchase or deposit. `total` is the base amount, before the gateway's fee."""

    PENDING, PAID, DELIVERED = "pending", "paid", "delivered"
    EXPIRED, CANCELED, CREDITED = "expired", "canceled", "credited"
    PURCHASE, DEPOSIT = "purchase", "deposit"
    QRIS, BALANCE = "qris", "balance"
    #: Reasons: who or what ended it, or that it was paid after its end.
    BY_BUYER, BY_OPERATOR, DEADLINE, NO_QR, LATE = "buyer", "operator", "deadline", "gateway", "late"

    id = BigAutoField()
    invoice = TextField(unique=True)
    user = ForeignKeyField(User)
    user_id: int
    kind = TextField(default=PURCHASE)
    product = ForeignKeyField(Product, null=True)
    product_id: int | None
    quantity = IntegerField(default=1)
    unit_price = BigIntegerField()
    discount = BigIntegerField(default=0)
    total = BigIntegerField()
    voucher = ForeignKeyField(Voucher, null=True, column_name="voucher_code", object_id_name="voucher_id")
    voucher_id: str | None
    #: The product's warranty as it was when this was ordered.
    warranty_days = SmallIntegerField(null=True)
    #: Warranty claims that an admin has met; they lower what a refund is worth.
    claims = SmallIntegerField(default=0)
    method = TextField()
    state = TextField(default=PENDING)
    reason = TextField(null=True)
    #: What the operator who ended it gave as the reason.
    note = TextField(null=True)
    #: The purchase that a deposit is made for: {"product", "quantity", "voucher"}.
    wish = BinaryJSONField(null=True)
    #: The Telegram message that shows "preparing", then the QR, then the outcome.
    message_id = BigIntegerField(null=True)
    created_at = DateTimeTZField(default=utcnow)
    expires_at = DateTimeTZField(null=True)
    paid_at = DateTimeTZField(null=True)
    delivered_at = DateTimeTZField(null=True)
    closed_at = DateTimeTZField(null=True)


class Payment(Table):
    """The gateway's side of an order, in whole rupiah: `amount` is the base, `total` what the QR asks."""

    OPENING, OPEN, COMPLETED = "opening", "open", "completed"
    CANCELED, REFUSED, LAPSED = "canceled", "refused", "lapsed"

    id = BigAutoField()
    order = ForeignKeyField(Order, unique=True)
    order_id: int
    amount = BigIntegerField()
    fee = BigIntegerField(null=True)
    total = BigIntegerField(null=True)
    txn_id = TextField(null=True, unique=True)
    qr_string = TextField(null=True)
    page_url = TextField(null=True)
    state = TextField(default=OPENING)
    #: When the gateway is to be asked next, and how often it has been asked since the last change of plan.
    next_check_at = DateTimeTZField(null=True)
    checks = IntegerField(default=0)
    watch_until = DateTimeTZField(null=True)
    #: The first of the tries to open it that got no answer.
    unanswered_since = DateTimeTZField(null=True)
    #: When the gateway last answered that it was asked to cancel; what it did, only its status tells.
    cancel_asked_at = DateTimeTZField(null=True)
    #: What an operator accepted as really paid, where the gateway contradicted.
    accepted = BigIntegerField(null=True)
    opened_at = DateTimeTZField(null=True)
    completed_at = DateTimeTZField(null=True)
    created_at = DateTimeTZField(default=utcnow)


class Contradiction(Table):
    """What the gateway says otherwise of an order's payment, until somebody decides, or it agrees after all.

    `differs` names the facts, `said` holds them: {"txn_id", "order_id", "amount", "is_sandbox", "status"}, or
    {"problem"} for an answer that could not be read.
    """

    ACCEPTED, REFUSED, AGREED = "accepted", "refused", "agreed"

    order = ForeignKeyField(Order, primary_key=True)
    order_id: int
    differs = BinaryJSONField()
    said = BinaryJSONField()
    found_at = DateTimeTZField(default=utcnow)
    verdict = CharField(max_length=16, null=True)
    decided_at = DateTimeTZField(null=True)
    #: Why it was decided so.
    note = TextField(null=True)


class Stray(Table):
    """A payment that the gateway told of and that fits no order of ours, or not its transaction.

    `times` counts the notifications. `said` is what the gateway answered about it (see Contradiction).
    """

    CREDITED, DISMISSED = "credited", "dismissed"

    id = BigAutoField()
    invoice = TextField()
    txn_id = TextField(default="")
    times = IntegerField(default=1)
    said = BinaryJSONField(null=True)
    looked_at = DateTimeTZField(null=True)
    found_at = DateTimeTZField(default=utcnow)
    outcome = CharField(max_length=16, null=True)
    ended_at = DateTimeTZField(null=True)
    #: How it was dealt with, in words.
    note = TextField(null=True)

    class Meta:
        indexes = ((("invoice", "txn_id"), True),)


class Quote(Table):
    """The fee that the gateway names for an amount, as of `asked_at`."""

    amount = BigIntegerField(primary_key=True)
    fee = BigIntegerField()
    asked_at = DateTimeTZField(default=utcnow)


class StockItem(Table):
    """One thing to hand over, encrypted. `fingerprint` finds duplicates within the product, sold ones too.

    An account that several buyers share is an item for each of them, its slots, with the same `account`: the
    fingerprint of the first.

    `faulty`: its order got another one instead.
    """

    AVAILABLE, RESERVED, SOLD, FAULTY = "available", "reserved", "sold", "faulty"
    TEXT, DOCUMENT, STICKER = "text", "document", "sticker"

    id = BigAutoField()
    product = ForeignKeyField(Product)
    kind = TextField(default=TEXT)
    content = BlobField()
    fingerprint = BlobField(null=True)
    state = TextField(default=AVAILABLE)
    order = ForeignKeyField(Order, null=True)
    #: The StockBatch that it came with.
    batch_id = BigIntegerField(null=True)
    account = BlobField(null=True)
    slot = SmallIntegerField(null=True)
    added_at = DateTimeTZField(default=utcnow)

    class Meta:
        indexes = ((("product", "fingerprint"), True),)


class StockBatch(Table):
    """Text goods that were handed in together. `done` of the `total` lines have become items or duplicates.

    `content`: the lines, encrypted, until they are all on the shelf or nobody wants them there.
    """

    ASKED, ADDING, DONE, DROPPED, UNDONE = "asked", "adding", "done", "dropped", "undone"

    id = BigAutoField()
    product = ForeignKeyField(Product)
    product_id: int
    state = TextField()
    #: The update that brought them: a repeat opens no second batch.
    update_id = BigIntegerField(null=True, unique=True)
    content = BlobField(null=True)
    total = IntegerField()
    done = IntegerField(default=0)
    added = IntegerField(default=0)
    #: The file's first row only named its columns.
    with_heading = BooleanField(default=False)
    #: Where the admin is told, and the message that asks and then shows the progress.
    chat_id = BigIntegerField()
    thread_id = BigIntegerField(null=True)
    message_id = BigIntegerField(null=True)
    created_by = BigIntegerField()
    created_at = DateTimeTZField(default=utcnow)


class Delivery(Table):
    """One message of an order's goods. `sending`: on the wire, or left there by a worker that was killed;
    `unknown`: Telegram may have it, so the same goods go out again."""

    SENDING, SENT, UNKNOWN = "sending", "sent", "unknown"

    order = ForeignKeyField(Order)
    part = SmallIntegerField()
    state = TextField(default=SENDING)
    #: How often it went out and it was never known whether it arrived; 0: no try before this one.
    doubts = SmallIntegerField(default=0)
    message_id = BigIntegerField(null=True)
    at = DateTimeTZField(default=utcnow)

    class Meta:
        primary_key = CompositeKey("order", "part")


class Testimonial(Table):
    """How a buyer liked what an order brought, said once: stars, and perhaps a line of text."""

    id = BigAutoField()
    order = ForeignKeyField(Order, unique=True)
    order_id: int
    stars = SmallIntegerField()
    #: As typed. None: they said no more, or asked to be forgotten.
    text = TextField(null=True)
    hidden_at = DateTimeTZField(null=True)
    #: It belongs in the channel; and the post there that shows it, or still does.
    is_public = BooleanField(default=False)
    channel_id = BigIntegerField(null=True)
    message_id = BigIntegerField(null=True)
    #: A job is at work on its post since then.
    taken_at = DateTimeTZField(null=True)
    created_at = DateTimeTZField(default=utcnow)


class Claim(Table):
    """A buyer says that an item does not do what it should, within its warranty.

    `dropped`: it ended unanswered, as the order was refunded or its buyer forgotten.
    """

    OPEN, REPLACED, REFUNDED = "open", "replaced", "refunded"
    REFUSED, DROPPED = "refused", "dropped"

    id = BigAutoField()
    order = ForeignKeyField(Order)
    order_id: int
    item = ForeignKeyField(StockItem)
    item_id: int
    #: What is wrong, encrypted.
    complaint = BlobField(null=True)
    state = TextField(default=OPEN)
    #: Why it was refused.
    note = TextField(null=True)
    #: What the buyer got instead, which Delivery.part carries it, and when that was at Telegram.
    replacement = ForeignKeyField(StockItem, null=True, backref="replaces")
    replacement_id: int | None
    part = SmallIntegerField(null=True)
    handed_at = DateTimeTZField(null=True)
    #: Rupiah that were given back instead.
    amount = BigIntegerField(null=True)
    opened_at = DateTimeTZField(default=utcnow)
    answered_at = DateTimeTZField(null=True)


class LedgerEntry(Table):
    """One change of a balance, never edited. `reason` is unique: a repeat is a no-op."""

    id = BigAutoField()
    user = ForeignKeyField(User)
    amount = BigIntegerField()
    balance = BigIntegerField()
    reason = TextField(unique=True)
    note = TextField(null=True)
    actor_id = BigIntegerField(null=True)
    created_at = DateTimeTZField(default=utcnow)


class AuditEvent(Table):
    """A change of money, stock, roles or settings. The audit database gets it too, and keeps it longer."""

    id = BigAutoField()
    at = DateTimeTZField(default=utcnow)
    #: A Telegram id, or the part of the system that acted.
    actor = TextField()
    action = TextField()
    entity = TextField()
    data = BinaryJSONField(default=dict)
    correlation_id = TextField(null=True)
    #: Its number in its lane, and what seals it: see app/audit/seals.py.
    lane = SmallIntegerField(null=True)
    number = BigIntegerField(null=True)
    seal = BlobField(null=True)
    #: Its name in the audit database, and since when it is there.
    source = UUIDField(null=True, default=uuid.uuid4)
    shipped_at = DateTimeTZField(null=True)


class AuditLane(Table):
    """How many audit events a lane has, sealed."""

    lane = SmallIntegerField(primary_key=True)
    last = BigIntegerField()
    seal = BlobField()


class Outbox(Table):
    """A job promised in a transaction. The row goes when the job is done, or becomes a dead letter."""

    id = UUIDField(primary_key=True, default=uuid.uuid4)
    actor = TextField()
    queue = TextField()
    args = BinaryJSONField()
    attempt = IntegerField(default=0)
    due_at = DateTimeTZField(default=utcnow)
    swept_at = DateTimeTZField(null=True)
    created_at = DateTimeTZField(default=utcnow)
    correlation_id = TextField(null=True)


class DeadLetter(Table):
    """A job that failed for good, kept until an operator retries or discards it. Arguments are encrypted."""

    DEAD, RETRIED, DISCARDED = "dead", "retried", "discarded"

    id = TextField(primary_key=True)
    actor = TextField()
    queue = TextField()
    #: The kind of failure: actor and error class. One notice stands for all of a kind.
    kind = TextField(default="")
    #: What the job is about, where that is an order (its id or invoice) or another row's id.
    subject = TextField(null=True)
    args = BlobField()
    error = TextField()
    traceback = TextField(default="")
    attempts = IntegerField(default=0)
    state = TextField(default=DEAD)
    died_at = DateTimeTZField(default=utcnow)
    correlation_id = TextField(null=True)
    #: How often it died, and the former times: {"died_at", "error", "attempts", "settled_at"} each.
    deaths = IntegerField(default=1)
    history = BinaryJSONField(default=list)
    #: When somebody decided on it, and the job that runs in its place since then.
    settled_at = DateTimeTZField(null=True)
    rerun_id = TextField(null=True, index=True)
    #: When the admins, and the buyer whose goods wait, were told.
    told_at = DateTimeTZField(null=True)
    buyer_told_at = DateTimeTZField(null=True)


class Alert(Table):
    """What a rule of app/backoffice/alerts says: changed only from the `version` that was read."""

    CLEAR, FIRING, UNSTEADY = "clear", "firing", "unsteady"
    BAD, GOOD, BETWEEN = "bad", "good", "between"

    name = TextField(primary_key=True)
    state = TextField(default=CLEAR)
    since = DateTimeTZField(default=utcnow)
    #: Counts how often it fired.
    incident = IntegerField(default=0)
    #: What was measured last, since when that says the same, and the figures.
    reading = TextField(default=GOOD)
    reading_since = DateTimeTZField(default=utcnow)
    measured_at = DateTimeTZField(default=utcnow)
    facts = BinaryJSONField(default=dict)
    #: When the state changed lately, in seconds since 1970.
    flips = BinaryJSONField(default=list)
    #: The figures that were told with a sound last.
    rung_facts = BinaryJSONField(default=dict)
    #: The message about the incident in each chat, 0 before it is sent; a chat goes with the all-clear.
    messages = BinaryJSONField(default=dict)
    told_at = DateTimeTZField(null=True)
    muted_until = DateTimeTZField(null=True)
    version = IntegerField(default=0)


class NotifyGroup(Table):
    """A group that gets the shop's notices."""

    chat_id = BigIntegerField(primary_key=True)
    #: The topic of a forum that gets them.
    thread_id = BigIntegerField(null=True)
    title = TextField(default="")
    added_by = BigIntegerField()
    added_at = DateTimeTZField(default=utcnow)


class SupportMessage(Table):
    """A customer's message as it lies in an admin's or a group's chat; a reply to it is the answer."""

    chat_id = BigIntegerField()
    message_id = BigIntegerField()
    user = ForeignKeyField(User)
    #: The message in the customer's own chat that an answer is to quote.
    question_id = BigIntegerField(null=True)
    at = DateTimeTZField(default=utcnow)

    class Meta:
        primary_key = CompositeKey("chat_id", "message_id")


class Broadcast(Table):
    """One message to every reachable person: a message to copy, or a text; both: a copy with this caption.

    `run` counts its starts; jobs of an earlier run end by themselves.
    """

    DRAFT, QUEUED, RUNNING, PAUSED = "draft", "queued", "running", "paused"
    STOPPED, DONE = "stopped", "done"

    id = BigAutoField()
    source_chat_id = BigIntegerField(null=True)
    source_message_id = BigIntegerField(null=True)
    #: HTML, encrypted: it may hold voucher codes. app/people/broadcasts.py opens it.
    text = TextField(null=True)
    #: The same by other languages, where these words are the shop's own; JSON, encrypted.
    translations = TextField(null=True)
    #: What it shows, if it is several pictures or files: {"kind", "file", "message"} each, in their order.
    album = BinaryJSONField(null=True)
    #: The update whose question led to it.
    origin = BigIntegerField(null=True, unique=True)
    state = TextField(default=DRAFT)
    run = IntegerField(default=0)
    #: Recipients, and how many of them are settled in which way.
    total = IntegerField(default=0)
    sent = IntegerField(default=0)
    blocked = IntegerField(default=0)
    failed = IntegerField(default=0)
    unknown = IntegerField(default=0)
    #: Why the shop itself stopped it.
    problem = TextField(null=True)
    created_by = BigIntegerField()
    #: The message that shows the progress, and when it was last edited.
    progress_chat_id = BigIntegerField(null=True)
    progress_message_id = BigIntegerField(null=True)
    progress_at = DateTimeTZField(null=True)
    created_at = DateTimeTZField(default=utcnow)
    #: Its place in the line, kept when it is paused; and when all recipients were on the list.
    queued_at = DateTimeTZField(null=True)
    listed_at = DateTimeTZField(null=True)
    started_at = DateTimeTZField(null=True)
    ended_at = DateTimeTZField(null=True)


class BroadcastRecipient(Table):
    """One person of a broadcast: `sending` right before the call, so that nobody gets it twice.

    `unknown`: a worker was killed in the middle of the call, or Telegram gave no answer.
    """

    WAITING, SENDING = "waiting", "sending"
    SENT, BLOCKED, FAILED, UNKNOWN = "sent", "blocked", "failed", "unknown"

    broadcast = ForeignKeyField(Broadcast)
    user = ForeignKeyField(User)
    user_id: int
    state = TextField(default=WAITING)
    #: The job that has taken the person.
    lane = SmallIntegerField(null=True)
    #: Telegram asked this chat alone to wait: not before then, after all others, and only once more.
    retry_at = DateTimeTZField(null=True)

    class Meta:
        primary_key = CompositeKey("broadcast", "user")
