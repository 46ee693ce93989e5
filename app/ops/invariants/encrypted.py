"""Invariants 2, 4 and 5, about what is encrypted: the keys open it, and it is what was put there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from peewee import DataError, fn

from app.catalogue import batches, slots
from app.infra import crypto, fingerprints
from app.ops.invariants import queries
from app.ops.invariants.breach import Breach, find, trail_is_whole
from app.people import broadcasts
from app.sales import history
from models import AuditEvent, Product, StockItem, Voucher, db, utcnow


def goods_can_be_opened() -> Iterator[Breach]:
    """Of every product its oldest and newest unsold item and its file, and all that paid orders wait for."""
    rows = db.execute_sql(
        """
        SELECT 'product ' || p.id, 'its goods', i.content
        FROM product p
        CROSS JOIN LATERAL (
            (SELECT content FROM stock_item
             WHERE product_id = p.id AND state = 'available' ORDER BY id LIMIT 1)
            UNION ALL
            (SELECT content FROM stock_item
             WHERE product_id = p.id AND state = 'available' ORDER BY id DESC LIMIT 1)
            UNION ALL
            SELECT p.shared_content WHERE p.shared_kind IS NOT NULL
        ) i
        UNION ALL
        SELECT o.invoice, 'what was paid for', s.content
        FROM "order" o
        JOIN stock_item s ON s.order_id = o.id
        WHERE o.state = 'paid'
        """
    )
    locked = {(subject, what) for subject, what, content in rows.fetchall() if not crypto.opens(content)}
    for subject, what in sorted(locked):
        yield Breach(5, subject, f"none of the keys in STOCK_ENCRYPTION_KEY opens {what}")


def goods_can_be_read() -> Iterator[Breach]:
    """What Fernet makes ends with a signature, an HMAC-SHA256; PostgreSQL computes it where the goods are.

    It is not told what may be text in base64 and what not before it has to be: looking takes longer.
    """
    pads = crypto.signing_pads()
    named = {f"inner_{n}": inner for n, (inner, _) in enumerate(pads)}
    named |= {f"outer_{n}": outer for n, (_, outer) in enumerate(pads)}
    query = _UNREADABLE.replace("{signatures}", ", ".join(_signature(n) for n in range(len(pads))))
    try:
        with db.atomic():
            found = list(find(2, _CANNOT, query.replace("{is_base64}", "true"), named))
    except DataError:
        found = list(find(2, _CANNOT, query.replace("{is_base64}", _IS_BASE64), named))
    yield from found


_CANNOT = "none of the keys can read item {}, which is {}"


_UNREADABLE = """
    SELECT 'product ' || product_id, id, state
    FROM (
        SELECT id, product_id, state, CASE WHEN {is_base64} THEN
            decode(replace(replace(encode(content, 'escape'), '-', '+'), '_', '/'), 'base64') END AS token
        FROM stock_item
        OFFSET 0
    ) AS items
    WHERE (length(token) >= 73 AND substring(token FROM length(token) - 31) IN ({signatures})) IS NOT TRUE
    ORDER BY product_id, id
"""


_IS_BASE64 = "length(content) %% 4 = 0 AND encode(content, 'escape') ~ '^[A-Za-z0-9_-]+={0,2}$'"


def _signature(number: int) -> str:
    signed = "substring(token FROM 1 FOR length(token) - 32)"
    return f"sha256(%(outer_{number})s || sha256(%(inner_{number})s || {signed}))"


def goods_are_what_their_marks_say() -> Iterator[Breach]:
    """What a line was when it came. To open one takes long: those that are sold next, and that were last."""
    if not fingerprints.is_readable():
        return
    query = _WORDED.replace("{rare}", queries.PARTS["rare"])
    rows = db.execute_sql(query, {"most": MOST_OPENED, "since": fingerprints.known_since()})
    key = fingerprints.key()
    for item_id, product_id, content, known, slot in rows.fetchall():
        if crypto.opens(content):  # else told by others
            line = crypto.decrypt(content)
            label = slots.labelled("", slot) if slot else ""
            if not line.endswith(label) or crypto.fingerprint(key, line.removesuffix(label)) != bytes(known):
                yield Breach(6, f"product {product_id}", f"item {item_id} holds other goods than were added")


#: Items so many of which are opened of those that wait, and of those that are gone: a second or two.
MOST_OPENED = 20_000

_WORDED = """
    WITH texts AS (
        SELECT id, product_id, content, coalesce(account, fingerprint) AS known, slot, state
        FROM stock_item i
        WHERE kind = 'text' AND fingerprint IS NOT NULL
          AND added_at > coalesce((SELECT at FROM audit_event WHERE id = %(since)s), '-infinity')
          AND product_id NOT IN (
              SELECT substr(entity, 9)::int FROM {rare} AS rare
              WHERE action = 'stock.added' AND NOT data ? 'sum'
          )
    )
    (SELECT id, product_id, content, known, slot FROM texts
     WHERE state IN ('available', 'reserved') ORDER BY id LIMIT %(most)s)
    UNION ALL
    (SELECT id, product_id, content, known, slot FROM texts
     WHERE state NOT IN ('available', 'reserved') ORDER BY id DESC LIMIT %(most)s)
"""


def goods_that_wait_are_what_was_handed_in() -> Iterator[Breach]:
    """Those that are not on the shelf yet, of every batch. Older events do not tell."""
    if not fingerprints.is_readable() or not trail_is_whole.get():
        return
    query = _HANDED_IN.replace("{rare}", queries.PARTS["rare"])
    values = {"since": fingerprints.known_since(), "kept": utcnow() - batches.KEPT + timedelta(days=1)}
    for batch_id, state, told, content, made_at, shelf, mark in db.execute_sql(query, values).fetchall():
        subject = f"batch {batch_id}"
        if state != told:
            yield Breach(6, subject, f"is {state or 'gone'}, but the audit says {told}")
        elif content is None or not crypto.opens(content):
            yield Breach(2, subject, "none of the keys can read the goods that wait in it")
        elif shelf != made_at.isoformat():
            yield Breach(6, subject, "is for another product than it was handed in for")
        elif mark not in {batches.mark_of(batches.unpacked(content)), fingerprints.UNMARKED}:
            yield Breach(6, subject, "holds other goods than were handed in")


_HANDED_IN = """
    WITH events AS MATERIALIZED (
        SELECT id, at, data->>'batch' AS batch, substr(action, 13) AS state, data
        FROM {rare} AS rare
        WHERE action IN ('stock_batch.asked', 'stock_batch.adding', 'stock_batch.dropped',
                         'stock_batch.undone')
    )
    SELECT t.batch, b.state, l.state, b.content, p.created_at, t.shelf, t.mark
    FROM (
        SELECT DISTINCT ON (batch) batch, at, data->>'shelf' AS shelf, data->>'mark' AS mark
        FROM events
        WHERE data ? 'mark' AND id > %(since)s
        ORDER BY batch, id DESC
    ) t
    JOIN (SELECT DISTINCT ON (batch) batch, state FROM events ORDER BY batch, id DESC) l ON l.batch = t.batch
    LEFT JOIN stock_batch b ON b.id::text = t.batch
    LEFT JOIN product p ON p.id = b.product_id
    WHERE b.state IN ('asked', 'adding') OR b.state = 'dropped' AND l.state = 'adding'
       OR b.id IS NULL AND t.at > %(kept)s
    ORDER BY b.id
"""


def broadcasts_say_what_was_drafted() -> Iterator[Breach]:
    """Of those that are not over, in words and pictures. Older events do not tell."""
    if not fingerprints.is_readable() or not trail_is_whole.get():
        return
    query = _DRAFTED.replace("{rare}", queries.PARTS["rare"])
    rows = db.execute_sql(query, (fingerprints.known_since(),)).fetchall()
    for broadcast_id, album, *texts, source, mark, told in rows:
        subject = f"broadcast {broadcast_id}"
        if not all(crypto.opens(text.encode()) for text in texts if text):
            yield Breach(5, subject, "none of the keys can read what it says")
            continue
        said = broadcasts.mark_of(*(text and crypto.decrypt(text.encode()) for text in texts))
        is_other = mark not in {said, fingerprints.UNMARKED}
        if is_other or not source or (told is not None and told != broadcasts.digest_of(album)):
            yield Breach(6, subject, "says something else than was drafted")


_DRAFTED = """
    SELECT b.id, b.album, b.text, b.translations,
           e.data->'source' = jsonb_build_array(b.source_chat_id, b.source_message_id),
           e.data->>'mark', a.album
    FROM broadcast b
    JOIN {rare} e ON e.action = 'broadcast.drafted' AND e.entity = 'broadcast:' || b.id
    LEFT JOIN (
        SELECT DISTINCT ON (entity) entity, data->>'album' AS album
        FROM {rare} AS rare
        WHERE action IN ('broadcast.drafted', 'broadcast.extended') AND data ? 'album'
        ORDER BY entity, id DESC
    ) a ON a.entity = e.entity
    WHERE b.state NOT IN ('stopped', 'done') AND e.data ? 'source' AND e.id > %s
    ORDER BY b.id
"""


def words_are_what_people_wrote() -> Iterator[Breach]:
    """Complaints that somebody is to judge, and the newest testimonials. Older events do not tell."""
    if not fingerprints.is_readable() or not trail_is_whole.get():
        return
    key = fingerprints.key()
    values = {"since": fingerprints.known_since(), "most": MOST_OPENED}
    for invoice, what, words, sealed, mark in db.execute_sql(_WRITTEN, values).fetchall():
        if sealed is not None and not crypto.opens(sealed):
            yield Breach(6, invoice, f"none of the keys can read {what}")
        elif mark != crypto.fingerprint(key, words or (sealed and crypto.decrypt(sealed)) or "").hex():
            yield Breach(6, invoice, f"{what} is not what the buyer wrote")


_WRITTEN = """
    SELECT o.invoice, 'claim ' || c.id, NULL, c.complaint, e.data->>'mark'
    FROM claim c
    JOIN "order" o ON o.id = c.order_id
    JOIN audit_event e ON e.entity = 'order:' || o.invoice AND e.action = 'order.claim_opened'
                      AND e.data->>'claim' = c.id::text
    WHERE c.state = 'open'
      AND e.id > %(since)s AND e.data->>'mark' <> 'unmarked'
    UNION ALL
    (SELECT o.invoice, 'its testimonial', t.text, NULL, e.data->>'mark'
     FROM testimonial t
     JOIN "order" o ON o.id = t.order_id
     LEFT JOIN audit_event e ON e.entity = 'order:' || o.invoice AND e.action = 'order.reviewed'
     WHERE t.text IS NOT NULL
       AND (e.id IS NULL OR e.id > %(since)s AND e.data->>'mark' <> 'unmarked')
     ORDER BY t.id DESC LIMIT %(most)s)
"""


def shared_files_are_what_was_told() -> Iterator[Breach]:
    """Whatever they are: the last event that tells their mark tells of the file that is there."""
    for product in Product.select().where(Product.shared_content.is_null(False)).order_by(Product.id):
        told = (
            AuditEvent.select(AuditEvent.data)
            .where(
                AuditEvent.entity == f"product:{product.id}",
                AuditEvent.action.in_(["stock.shared", "product.renumbered"]),
                fn.jsonb_exists(AuditEvent.data, "mark"),
                AuditEvent.id > fingerprints.known_since(),
            )
            .order_by(AuditEvent.id.desc())
            .first()
        )
        content = bytes(product.shared_content or b"")
        if not crypto.opens(content):
            yield Breach(2, f"product {product.id}", "none of the keys can read its file for every buyer")
        elif (
            told
            and trail_is_whole.get()
            and fingerprints.is_readable()
            and told.data["mark"] != fingerprints.of(crypto.decrypt(content))
        ):
            yield Breach(6, f"product {product.id}", "its file for every buyer is another than was put there")


def the_key_of_the_marks_can_be_read() -> Iterator[Breach]:
    """Without it duplicates are sold, and nothing tells a voucher from a forged one."""
    used = (
        StockItem.select().where(StockItem.fingerprint.is_null(False)).exists() or Voucher.select().exists()
    )
    if used and not fingerprints.is_readable():
        yield Breach(2, f"setting {fingerprints.KEY}", "is gone, or none of the keys can read it")


def dead_letters_can_be_read() -> Iterator[Breach]:
    for letter_id in history.unreadable():
        yield Breach(4, f"dead job {letter_id}", "none of the keys can read its arguments")


CHECKS = (
    goods_can_be_opened,
    goods_can_be_read,
    goods_are_what_their_marks_say,
    goods_that_wait_are_what_was_handed_in,
    broadcasts_say_what_was_drafted,
    words_are_what_people_wrote,
    shared_files_are_what_was_told,
    the_key_of_the_marks_can_be_read,
    dead_letters_can_be_read,
)
