"""Every kind of change that no service makes, in a shop full of life: the checks name each."""

from __future__ import annotations

import pytest

from app.infra import crypto
from tests.support import broken, lively

YEARS = "now() + interval '10 years'"

#: What is broken by SQL, and words of the line that names it. `{…}` are facts of tests/support/lively.py.
BREACHES = {
    # money and promises
    "a delivery is due in ten years": (
        f"UPDATE outbox SET due_at = {YEARS} WHERE actor = 'deliver_order' AND args->>0 = '{{paid.id}}'",
        "{paid.invoice}: the order is paid, but its delivery is due only at",
    ),
    "a job is due in ten years": (
        f"UPDATE outbox SET due_at = {YEARS} WHERE actor = 'expire_order' AND args->>0 = '{{pending.id}}'",
        "expire_order is due only at",
    ),
    "a job was swept in the future": (
        f"UPDATE outbox SET swept_at = {YEARS} WHERE actor = 'deliver_order'",
        "its last sweep is",
    ),
    "somebody back is not told what they missed": (
        """UPDATE "user" SET missed = '[["show_paid", [1]]]' WHERE id = 3""",
        "user 3: can be reached, and is not told what they missed",
    ),
    "a part that was sent is unknown": (
        "UPDATE delivery SET state = 'sending' WHERE order_id = {delivered.id}",
        "{delivered.invoice}: the order is delivered, its goods are 1 messages, and 0 were surely sent",
    ),
    "a sent part has no message": (
        "UPDATE delivery SET message_id = NULL WHERE order_id = {delivered.id}",
        "{delivered.invoice}: the order is delivered, its goods are 1 messages, and 0 were surely sent",
    ),
    "a delivered order has no part": (
        "DELETE FROM delivery WHERE order_id = {delivered.id}",
        "{delivered.invoice}: the order is delivered, its goods are 1 messages, and 0 were surely sent",
    ),
    "goods went out unpaid": (
        "INSERT INTO delivery (order_id, part, state, message_id, at)"
        " VALUES ({pending.id}, 0, 'sent', 1, now())",
        "{pending.invoice}: goods went out to the buyer, but the order is pending",
    ),
    "an order is credited and was sent": (
        "INSERT INTO delivery (order_id, part, state, message_id, at)"
        " VALUES ({credited.id}, 0, 'sent', 1, now())",
        "{credited.invoice}: its goods went out, the order is credited, and it keeps none of them",
    ),
    "an order is credited and all of it was sent": (
        "WITH kept AS (UPDATE stock_item SET state = 'sold', order_id = {credited.id} WHERE id = ("
        " SELECT max(id) FROM stock_item WHERE product_id = {product} AND state = 'available'))"
        " INSERT INTO delivery (order_id, part, state, message_id, at)"
        " VALUES ({credited.id}, 0, 'sent', 1, now())",
        "{credited.invoice}: the order is credited, its goods are 1 messages, and 1 were surely sent",
    ),
    "an open payment is never looked at": (
        "UPDATE payment SET next_check_at = NULL WHERE order_id = {pending.id}",
        "{pending.invoice}: its QR is open, and the next look at it is never",
    ),
    "an open payment is looked at in ten years": (
        f"UPDATE payment SET next_check_at = {YEARS} WHERE order_id = {{pending.id}}",
        "{pending.invoice}: its QR is open, and the next look at it is at",
    ),
    "an open payment was to be looked at an hour ago": (
        "UPDATE payment SET next_check_at = now() - interval '1 hour' WHERE order_id = {deposit.id}",
        "{deposit.invoice}: its QR is open, and the next look at it is at",
    ),
    "a watch is never due": (
        f"UPDATE payment SET next_check_at = {YEARS} WHERE order_id = {{expired.id}}",
        "{expired.invoice}: its payment is watched until",
    ),
    "a watch lasts ten years": (
        f"UPDATE payment SET watch_until = {YEARS} WHERE order_id = {{canceled.id}}",
        "{canceled.invoice}: its payment is watched until",
    ),
    "an unpaid order has a deadline in ten years": (
        f'UPDATE "order" SET expires_at = {YEARS} WHERE id = {{pending.id}}',
        "{pending.invoice}: unpaid, and its deadline is only at",
    ),
    "a deadline was put off by an hour": (
        "UPDATE \"order\" SET expires_at = expires_at + interval '1 hour' WHERE id = {pending.id}",
        "{pending.invoice}: unpaid, and its deadline is only at",
    ),
    "an unpaid order's payment is canceled": (
        "UPDATE payment SET state = 'canceled' WHERE order_id = {pending.id}",
        "{pending.invoice}: the order is unpaid and open, but its payment is canceled",
    ),
    "an unpaid order's payment has lapsed": (
        "UPDATE payment SET state = 'lapsed' WHERE order_id = {deposit.id}",
        "{deposit.invoice}: the order is unpaid and open, but its payment is lapsed",
    ),
    "a watched payment is called canceled": (
        "UPDATE payment SET state = 'canceled' WHERE order_id = {expired.id}",
        "{expired.invoice}: its payment is canceled, and no audit event payment.canceled says so",
    ),
    "an unpaid order has no payment": (
        "DELETE FROM payment WHERE order_id = {pending.id}",
        "{pending.invoice}: the order is pending by qris",
    ),
    "a QR leads elsewhere": (
        "UPDATE payment SET qr_string = 'theirs' WHERE order_id = {pending.id}",
        "{pending.invoice}: its QR is not what the audit event payment.opened says",
    ),
    "a payment is about another transaction": (
        "UPDATE payment SET txn_id = 'theirs' WHERE order_id = {pending.id}",
        "{pending.invoice}: its transaction is not what the audit event payment.opened says",
    ),
    "a fee is another": (
        "UPDATE payment SET fee = 1 WHERE order_id = {delivered.id}",
        "{delivered.invoice}: what its QR asks for, or the fee, is not what the audit event",
    ),
    "an operator is said to have accepted more": (
        "UPDATE payment SET accepted = 990000 WHERE order_id = {paid.id}",
        "{paid.invoice}: its payment is completed with 990000, but the audit event payment.completed says",
    ),
    "a contradiction is said to be dealt with": (
        "INSERT INTO contradiction (order_id, differs, said, found_at, verdict, decided_at)"
        " VALUES ({expired.id}, '[\"amount\"]', '{{}}', now(), 'refused', now())",
        "{expired.invoice}: what contradicts its payment is called refused",
    ),
    # orders
    "a paid order is another person's": (
        'UPDATE "order" SET user_id = 3 WHERE id = {paid.id}',
        "{paid.invoice}: user is 3, but the audit event order.placed says 12",
    ),
    "a paid order's total is another, as is its payment's": (
        "WITH p AS (UPDATE payment SET amount = 1 WHERE order_id = {paid.id})"
        ' UPDATE "order" SET total = 1, unit_price = 1, discount = 0 WHERE id = {paid.id}',
        "{paid.invoice}: total is 1, but the audit event order.placed says",
    ),
    "an order counts more items": (
        'UPDATE "order" SET quantity = 2 WHERE id = {expired.id}',
        "{expired.invoice}: quantity is 2, but the audit event order.placed says 1",
    ),
    "an order lost its voucher": (
        'UPDATE "order" SET voucher_code = NULL WHERE id = {with_voucher.id}',
        "{with_voucher.invoice}: its voucher is another",
    ),
    "an order got a voucher later": (
        "UPDATE \"order\" SET voucher_code = (SELECT code FROM voucher WHERE state = 'available' LIMIT 1)"
        " WHERE id = {expired.id}",
        "{expired.invoice}: its voucher is another",
    ),
    "an ended order is open again": (
        "UPDATE \"order\" SET state = 'pending', closed_at = NULL WHERE id = {canceled.id}",
        "{canceled.invoice}: has no audit event order.placed after order.canceled",
    ),
    "a paid order is delivered in a word only": (
        "UPDATE \"order\" SET state = 'delivered', delivered_at = now() WHERE id = {paid.id}",
        "{paid.invoice}: has no audit event order.delivered",
    ),
    "a delivery is dated later, so that a refund is worth more": (
        "UPDATE \"order\" SET delivered_at = delivered_at + interval '20 days' WHERE id = {delivered.id}",
        "{delivered.invoice}: says it was delivered at",
    ),
    "a warranty claim is forgotten": (
        'UPDATE "order" SET claims = 0 WHERE id = {replaced.order_id}',
        "{replaced.order.invoice}: counts 0 warranty claims, but audit events tell of 1",
    ),
    "a warranty is longer than it was at the sale": (
        'UPDATE "order" SET warranty_days = 900 WHERE id = {replaced.order_id}',
        "{replaced.order.invoice}: warranty_days is 900, but the audit event order.placed says 30",
    ),
    "an order is said to have a warranty": (
        'UPDATE "order" SET warranty_days = 30 WHERE id = {delivered.id}',
        "{delivered.invoice}: warranty_days is 30, but the audit event order.placed says nothing",
    ),
    "a product's warranty": (
        "UPDATE product SET warranty_days = 900 WHERE id = {product}",
        "product {product}: warranty_days is 900, but the audit says null",
    ),
    "a claim was made after the warranty": (
        "UPDATE claim SET opened_at = opened_at + interval '31 days' WHERE id = {waiting.id}",
        "{waiting.order.invoice}: claim {waiting.id} was made at",
    ),
    "a claim is of another order": (
        "UPDATE claim SET order_id = {delivered.id} WHERE id = {waiting.id}",
        "{delivered.invoice}: claim {waiting.id} is about item {waiting.item_id}, which is",
    ),
    "what was replaced is sold again": (
        "UPDATE stock_item SET state = 'available', order_id = NULL WHERE id = {replaced.item_id}",
        "{replaced.order.invoice}: claim {replaced.id} is about item {replaced.item_id}, which is",
    ),
    "what was replaced is not faulty": (
        "UPDATE stock_item SET state = 'sold' WHERE id = {replaced.item_id}",
        "{replaced.order.invoice}: claim {replaced.id} is about item {replaced.item_id}, which is",
    ),
    "what was sold is faulty": (
        "UPDATE stock_item SET state = 'faulty' WHERE id = {waiting.item_id}",
        "item {waiting.item_id} is faulty, but 0 claims replaced it",
    ),
    "what replaced an item is somebody else's": (
        "UPDATE stock_item SET order_id = {delivered.id} WHERE id = {replaced.replacement_id}",
        "{replaced.order.invoice}: claim {replaced.id} was replaced by item {replaced.replacement_id}, which",
    ),
    "a claim is refunded without money": (
        'WITH e AS (DELETE FROM ledger_entry WHERE user_id = 22) UPDATE "user" SET balance = 0 WHERE id = 22',
        "{refunded.order.invoice}: claim {refunded.id} is refunded with {refunded.amount}, but the",
    ),
    "a claim is refunded with more": (
        "UPDATE claim SET amount = 24999 WHERE id = {refunded.id}",
        "{refunded.order.invoice}: claim {refunded.id} is refunded with 24999, but the ledger gives",
    ),
    "money is given for a claim that was not refunded": (
        "UPDATE claim SET state = 'refused', amount = NULL WHERE id = {refunded.id}",
        "for a claim, and no claim says so",
    ),
    "nobody sends what replaces an item": (
        "UPDATE claim SET handed_at = NULL WHERE id = {replaced.id}",
        "{replaced.order.invoice}: claim {replaced.id} was replaced, but nobody is going to send what",
    ),
    "what replaces an item was never sent": (
        "DELETE FROM delivery WHERE order_id = {replaced.order_id} AND part = {replaced.part}",
        "{replaced.order.invoice}: claim {replaced.id} says that its message {replaced.part} was sent",
    ),
    "a claim is answered behind the audit": (
        "UPDATE claim SET state = 'refused', answered_at = now() WHERE id = {waiting.id}",
        "{waiting.order.invoice}: claim {waiting.id} is refused, but the audit says open",
    ),
    "a claim is gone": (
        "DELETE FROM claim WHERE id = {waiting.id}",
        "{waiting.order.invoice}: claim {waiting.id} was opened, and is gone",
    ),
    "an order is gone": (
        "WITH w AS (DELETE FROM payment WHERE order_id = {expired.id})"
        ' DELETE FROM "order" WHERE id = {expired.id}',
        "{expired.invoice}: was placed by user 14",
    ),
    # vouchers
    "a voucher is forged": (
        "INSERT INTO voucher (code, amount, state, created_by, created_at, expires_at)"
        " VALUES ('ABCDE-FGHJK', 100000, 'available', 2, now(), now() + interval '30 days')",
        "voucher ABCD…: no audit event says that it was made",
    ),
    "a voucher is raised": (
        "UPDATE voucher SET amount = 700000 WHERE state = 'available'",
        "is worth 700000 until",
    ),
    "a voucher is prolonged": (
        f"UPDATE voucher SET expires_at = {YEARS} WHERE state = 'available'",
        "is worth 7000 until",
    ),
    "a voucher is gone": (
        "DELETE FROM voucher WHERE state = 'available'",
        "a voucher: it was made for 7000",
    ),
    "a spent voucher is free again": (
        "UPDATE voucher SET state = 'available' WHERE state = 'spent'",
        "is available, but 1 paid and 0 unpaid orders have it",
    ),
    # goods
    "goods that nobody can read": (
        "UPDATE stock_item SET content = 'KEY-1' WHERE id = (SELECT max(id) FROM stock_item"
        " WHERE product_id = {stocked})",
        "product {stocked}: none of the keys can read item",
    ),
    "sold goods that nobody can read": (
        "UPDATE stock_item SET content = content || '\\x41414141'::bytea WHERE order_id = {delivered.id}",
        "product {product}: none of the keys can read item",
    ),
    "goods under a key of somebody else": (
        "UPDATE stock_item SET content = '{foreign}' WHERE id = (SELECT max(id) FROM stock_item"
        " WHERE product_id = {stocked})",
        "product {stocked}: none of the keys can read item",
    ),
    "the same goods twice": (
        "UPDATE stock_item SET content = (SELECT content FROM stock_item WHERE order_id = {delivered.id})"
        " WHERE id = (SELECT max(id) FROM stock_item WHERE product_id = {product} AND state = 'available')",
        "is the same as item",
    ),
    "unsold goods are gone": (
        "WITH gone AS (DELETE FROM stock_item WHERE product_id = {stocked} AND state = 'available')"
        " UPDATE product SET available = 0 WHERE id = {stocked}",
        "product {stocked}: has 0 items, but audit events tell of 4",
    ),
    "goods came from nowhere": (
        "WITH more AS (INSERT INTO stock_item (product_id, kind, content, fingerprint, state, added_at)"
        " VALUES ({stocked}, 'text', '{foreign}', '\\x00', 'available', now()))"
        " UPDATE product SET available = available + 1 WHERE id = {stocked}",
        "product {stocked}: has 5 items, but audit events tell of 4",
    ),
    "sold goods are on the shelf again": (
        "UPDATE stock_item SET state = 'available', order_id = NULL WHERE order_id = {delivered.id}",
        "{delivered.invoice}: the order is delivered and for 1 items, but has 0 reserved and 0 sold",
    ),
    "a file for everybody is another": (
        "UPDATE product SET shared_content = (SELECT content FROM stock_item WHERE order_id = {delivered.id})"
        " WHERE id = {shared}",
        "product {shared}: its file for every buyer is another than was put there",
    ),
    "a file for everybody cannot be read": (
        "UPDATE product SET shared_content = 'https' WHERE id = {shared}",
        "product {shared}: none of the keys can read its file for every buyer",
    ),
    "a product became one file": (
        "UPDATE product SET shared_kind = 'text', shared_content = '{foreign}' WHERE id = {stocked}",
        "product {stocked}: is one file for every buyer: text; but the audit says: none",
    ),
    "the key of the marks is gone": (
        "DELETE FROM setting WHERE key = 'fingerprint_key'",
        "setting fingerprint_key: is gone",
    ),
    # products, roles, settings
    "a price": (
        "UPDATE product SET price = 10 WHERE id = {stocked}",
        "price is 10, but the audit says 25000",
    ),
    "a changed price": (
        "UPDATE product SET price = 10 WHERE id = {product}",
        "product {product}: price is 10, but the audit says 30000",
    ),
    "a reseller price": (
        "UPDATE product SET reseller_price = 1 WHERE id = {stocked}",
        "product {stocked}: reseller_price is 1, but the audit says null",
    ),
    "a discount": (
        "UPDATE product SET discount_percent = 99 WHERE id = {product}",
        "product {product}: discount_percent is 99, but the audit says 10",
    ),
    "a name": (
        "UPDATE product SET name = 'Gratis' WHERE id = {stocked}",
        'product {stocked}: name is "Gratis"',
    ),
    "a description": (
        "UPDATE product SET description = 'Bayar ke tempat lain' WHERE id = {product}",
        "product {product}: description is",
    ),
    "what people are told was sold": (
        "UPDATE product SET sold_offset = 5000 WHERE id = {product}",
        "product {product}: sold_offset is 5000",
    ),
    "a retired product is on sale": (
        "UPDATE product SET retired_at = NULL WHERE id = {retired}",
        "product {retired}: is on sale, but was retired",
    ),
    "a product is retired": (
        "UPDATE product SET retired_at = now() WHERE id = {stocked}",
        "product {stocked}: has no audit event product.retired",
    ),
    "a product came from nowhere": (
        "INSERT INTO product (id, name, price, created_at) VALUES (999, 'Palsu', 1, now())",
        "product 999: has no audit event product.added",
    ),
    "a product is gone": (
        "WITH gone AS (DELETE FROM stock_item WHERE product_id = {stocked})"
        " DELETE FROM product WHERE id = {stocked}",
        "product {stocked}: was added as Disney 1M, and is gone",
    ),
    "a category's discount": (
        "UPDATE category_discount SET amount = NULL, percent = 90",
        "category Film: is discounted by",
    ),
    "a category's discount is gone": (
        "DELETE FROM category_discount",
        "category:Film: is discounted by nothing",
    ),
    "a discount of another category": (
        "INSERT INTO category_discount (category, percent) VALUES ('Game', 50)",
        "category Game: is discounted by",
    ),
    "the shop is closed": (
        "UPDATE setting SET value = 'true' WHERE key = 'maintenance'",
        "setting maintenance: is true",
    ),
    "what refunds are worth": (
        "UPDATE setting SET value = '{{\"new\": 100}}' WHERE key = 'refund_factors'",
        "setting refund_factors: is",
    ),
    "what refunds are worth is gone": (
        "DELETE FROM setting WHERE key = 'refund_factors'",
        "setting:refund_factors: is not set",
    ),
    "from when stock is low": (
        "INSERT INTO setting (key, value) VALUES ('low_stock', '0')",
        "setting low_stock: is 0, but the audit says that nobody set it",
    ),
    "alarms are silent for ten years": (
        "INSERT INTO setting (key, value) VALUES ('alarm:goods_locked:', '4102444800')",
        "setting alarm:goods_locked:: its moment is",
    ),
    "people are counted wrong": (
        "UPDATE setting SET value = '1' WHERE key = 'users_joined'",
        "counts 1 people",
    ),
    "an admin": (
        'UPDATE "user" SET is_admin = true WHERE id = 1',
        "user 1: the audit says otherwise than the role",
    ),
    "an admin is none": (
        'UPDATE "user" SET is_admin = false WHERE id = 2',
        "user 2: the audit says otherwise than the role",
    ),
    "a reseller": (
        'UPDATE "user" SET is_reseller = true WHERE id = 1',
        "user 1: the audit says otherwise than the role",
    ),
    "a ban": (
        'UPDATE "user" SET banned_at = NULL WHERE id = 3',
        "user 3: the audit says otherwise than the ban",
    ),
    "a group": (
        "INSERT INTO notify_group (chat_id, added_by, added_at) VALUES (-666, 2, now())",
        "group -666: gets the notices of the shop",
    ),
    "a group is gone": (
        "DELETE FROM notify_group WHERE chat_id = -1007",
        "group -1007: was added, and is gone",
    ),
    # the ledger and the audit
    "a balance": ('UPDATE "user" SET balance = balance + 1 WHERE id = 17', "user 17: the balance is"),
    "a balance and its ledger": (
        "WITH entry AS (INSERT INTO ledger_entry (user_id, amount, balance, reason, created_at)"
        " VALUES (1, 50000, 50000, 'gift', now())) UPDATE \"user\" SET balance = 50000 WHERE id = 1",
        "user 1: ledger entry",
    ),
    "a ledger entry is gone, and its money": (
        "WITH gone AS (DELETE FROM ledger_entry WHERE user_id = 18)"
        ' UPDATE "user" SET balance = 0 WHERE id = 18',
        "user 18: audit event",
    ),
    "an event is rewritten": (
        "UPDATE audit_event SET data = data || '{{\"after\": 7}}' WHERE action = 'user.banned'",
        "user.banned of user:3 was changed or forged",
    ),
    "an event is of somebody else": (
        "UPDATE audit_event SET actor = '2' WHERE action = 'shop.maintenance'",
        "shop.maintenance of setting:maintenance was changed or forged",
    ),
    "an event is of another day": (
        "UPDATE audit_event SET at = at - interval '1 day' WHERE action = 'user.banned'",
        "user.banned of user:3 was changed or forged",
    ),
    "events are deleted": (
        "DELETE FROM audit_event WHERE id = 7",
        "were deleted",
    ),
    "the newest event is deleted": (
        "DELETE FROM audit_event WHERE id = (SELECT max(id) FROM audit_event)",
        "were deleted",
    ),
    "the newest event is deleted, and its number given back": (
        "WITH gone AS (DELETE FROM audit_event WHERE id = (SELECT max(id) FROM audit_event) RETURNING lane)"
        " UPDATE audit_lane SET last = last - 1 WHERE lane IN (SELECT lane FROM gone)",
        "its last number,",
    ),
    "an event is forged": (
        "INSERT INTO audit_event (at, actor, action, entity)"
        " VALUES (now(), '2', 'user.admin_added', 'user:1')",
        "user.admin_added of user:1 was changed or forged",
    ),
    "an event is copied": (
        "INSERT INTO audit_event (at, actor, action, entity, data, lane, number, seal)"
        " SELECT at, actor, action, entity, data, lane, number, seal FROM audit_event"
        " WHERE action = 'user.reseller_added'",
        "user.reseller_added of user:4 was changed or forged",
    ),
}


#: Of testimonials.
BREACHES |= {
    "a product counts more stars": (
        "UPDATE product SET ratings = ratings + 1, stars = stars + 5 WHERE id = {product}",
        "product {product}: counts 2 ratings of 10 stars, but there are 1 of 5",
    ),
    "a testimonial is hidden, and nobody said so": (
        "UPDATE testimonial SET hidden_at = now(), is_public = false WHERE order_id = {delivered.id}",
        "{delivered.invoice}: its testimonial is hidden, but the audit says otherwise",
    ),
    "a testimonial has fewer stars": (
        "WITH t AS (UPDATE testimonial SET stars = 1 WHERE order_id = {delivered.id})"
        " UPDATE product SET stars = stars - 4 WHERE id = {product}",
        "{delivered.invoice}: has 1 stars, but the audit says 5",
    ),
    "a testimonial is gone": (
        "WITH t AS (DELETE FROM testimonial WHERE order_id = {delivered.id})"
        " UPDATE product SET ratings = ratings - 1, stars = stars - 5 WHERE id = {product}",
        "{delivered.invoice}: has no stars, but the audit says 5",
    ),
    "an order that is on its way was rated": (
        "WITH t AS (INSERT INTO testimonial (order_id, stars, created_at) VALUES ({paid.id}, 5, now()))"
        " UPDATE product SET ratings = ratings + 1, stars = stars + 5 WHERE id = {product}",
        "{paid.invoice}: it was rated, but the order is paid",
    ),
    "a post that was to go is left": (
        "WITH gone AS (DELETE FROM outbox WHERE actor = 'post_testimonial')"
        " UPDATE testimonial SET is_public = false, channel_id = -1002, message_id = 5"
        " WHERE order_id = {delivered.id}",
        "{delivered.invoice}: its post in the channel is to go, and no job is left that takes it away",
    ),
    "the channel is another": (
        'UPDATE setting SET value = \'{{"id": -9, "name": "@x", "title": "X"}}\' WHERE key = \'channel\'',
        "setting channel: is",
    ),
}


#: Of accounts that several buyers share.
BREACHES |= {
    "a slot is there twice": (
        "UPDATE stock_item SET slot = 2 WHERE slot = 3 AND product_id = {slotted}",
        "product {slotted}: slot 2 of one account is 2 items",
    ),
    "a product is sold in other slots than its goods": (
        "UPDATE product SET slots = 1 WHERE id = {slotted}",
        "is on the shelf as slot 1, but a line is sold to 1",
    ),
    "a product is sold in other slots than the audit says": (
        "UPDATE product SET slots = 4 WHERE id = {slotted}",
        "product {slotted}: slots is 4, but the audit says 3",
    ),
    "a slot is of another account": (
        "UPDATE stock_item SET account = 'theirs' WHERE slot = 1 AND product_id = {slotted}",
        "is known by another line than its account",
    ),
}


#: What nobody would look for any more, and what people are told.
BREACHES |= {
    "a payment that is watched is called refused": (
        "UPDATE payment SET state = 'refused', next_check_at = NULL WHERE order_id = {expired.id}",
        "{expired.invoice}: its payment is called refused, but it has transaction",
    ),
    "nobody knows when an order was paid": (
        'UPDATE "order" SET paid_at = NULL WHERE id = {paid.id}',
        "{paid.invoice}: the order is paid, and does not say when it was paid",
    ),
    "nobody knows since when a warranty runs": (
        'UPDATE "order" SET delivered_at = NULL WHERE id = {delivered.id}',
        "{delivered.invoice}: the order is delivered, and does not say when it was delivered",
    ),
    "nobody knows when an order ended": (
        'UPDATE "order" SET closed_at = NULL WHERE id = {expired.id}',
        "{expired.invoice}: the order is expired, and does not say when it was closed",
    ),
    "a late payment would buy something dearer": (
        'UPDATE "order" SET product_id = {stocked} WHERE id = {expired.id}',
        "{expired.invoice}: it is for product {stocked}, but the audit event order.placed says {product}",
    ),
    "a stray payment is said to be dealt with": (
        "INSERT INTO stray (invoice, txn_id, times, found_at, outcome, ended_at)"
        " VALUES ('TRX', 'x', 1, now(), 'dismissed', now())",
        "is dismissed, but the audit says nothing",
    ),
    "a stray payment is gone": (
        "DELETE FROM stray WHERE id = {stray.id}",
        "stray {stray.id}: is gone, but the audit says dismissed",
    ),
    "a contradiction is gone": (
        "DELETE FROM contradiction WHERE order_id = {contradicted.id}",
        "{contradicted.invoice}: the gateway contradicted its payment, and that is gone",
    ),
    "an alert is silent for ten years": (
        "INSERT INTO alert (name, state, since, incident, reading, reading_since, measured_at, facts, flips,"
        " rung_facts, messages, version, muted_until)"
        " VALUES ('goods', 'firing', now(), 1, 'bad', now(), now(),"
        f" '{{{{}}}}', '[]', '{{{{}}}}', '{{{{}}}}', 0, {YEARS})",
        "alert goods: is silent until",
    ),
    "somebody opened the ops page by hand": (
        "INSERT INTO setting (key, value) VALUES ('ops_sessions', '{{\"7\": [2, 9999999999]}}')"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        "session 7: opens the ops page for user 2 until",
    ),
    "people read another sentence": (
        'INSERT INTO setting (key, value) VALUES (\'own_words\', \'{{"en": {{"menu.WELCOME": "Pay me"}}}}\')'
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        "setting own_words: menu.WELCOME in en reads Pay me, but the audit says nothing of it",
    ),
    "somebody writes to everybody": (
        "INSERT INTO broadcast (text, created_by, created_at, state, run, total, sent, blocked, failed,"
        " unknown) VALUES ('x', 666, now(), 'stopped', 0, 0, 0, 0, 0, 0)",
        "is stopped, but the audit says nothing",
    ),
    "goods are on the wire for ten years": (
        f"UPDATE delivery SET state = 'sending', at = {YEARS} WHERE order_id = {{replaced.order_id}}",
        "order {replaced.order_id}: when its goods went out is",
    ),
    "a voucher was redeemed in ten years": (
        f"UPDATE voucher SET redeemed_at = {YEARS}, user_id = 1 WHERE state = 'available'",
        "when it was redeemed is",
    ),
    "a post is made for ten years": (
        f"UPDATE testimonial SET taken_at = {YEARS} WHERE order_id = {{delivered.id}}",
        "since when it is posted is",
    ),
}


#: Whose goods they are, what came when and from whom, and what is forgotten.
BREACHES |= {
    "goods are exchanged between two orders": (
        "UPDATE stock_item SET order_id = CASE order_id WHEN {delivered.id} THEN {with_voucher.id}"
        " ELSE {delivered.id} END WHERE order_id IN ({delivered.id}, {with_voucher.id})",
        "{delivered.invoice}: it has other goods than those that were handed over",
    ),
    "goods are exchanged between two products": (
        "UPDATE stock_item SET product_id = CASE product_id WHEN {stocked} THEN {product} ELSE {stocked} END"
        " WHERE id IN (SELECT max(id) FROM stock_item WHERE product_id IN ({stocked}, {product})"
        " AND state = 'available' GROUP BY product_id)",
        "product {stocked}: has 4 items, but audit events tell of others",
    ),
    "what two items hold is exchanged": (
        "UPDATE stock_item s SET content = o.content FROM stock_item o WHERE s.product_id = {stocked}"
        " AND o.product_id = {stocked} AND abs(s.id - o.id) = 1 AND greatest(s.id, o.id) ="
        " (SELECT max(id) FROM stock_item WHERE product_id = {stocked})",
        "holds other goods than were added",
    ),
    "what two slots hold is exchanged": (
        "UPDATE stock_item s SET content = o.content FROM stock_item o WHERE s.product_id = {slotted}"
        " AND o.product_id = {slotted} AND s.slot + o.slot = 3",
        "product {slotted}: item",
    ),
    "an item is known by another line": (
        "UPDATE stock_item SET fingerprint = '\\x00' WHERE id ="
        " (SELECT max(id) FROM stock_item WHERE product_id = {stocked})",
        "product {stocked}: has 4 items, but audit events tell of others",
    ),
    "a line is said to be a file": (
        "UPDATE stock_item SET kind = 'document' WHERE id ="
        " (SELECT max(id) FROM stock_item WHERE product_id = {stocked})",
        "product {stocked}: has 4 items, but audit events tell of others",
    ),
    "an item is of another batch, which may be taken back": (
        "UPDATE stock_item SET batch_id = 7 WHERE id ="
        " (SELECT max(id) FROM stock_item WHERE product_id = {stocked})",
        "product {stocked}: has 4 items, but audit events tell of others",
    ),
    "somebody else made a ledger entry": (
        "UPDATE ledger_entry SET actor_id = 3 WHERE user_id = 18 AND amount = 1000",
        "was made by 3, the audit says 2",
    ),
    "a ledger entry is of another month": (
        "UPDATE ledger_entry SET created_at = created_at - interval '31 days' WHERE user_id = 18",
        "user 18: ledger entry",
    ),
    "a payment was completed in another month": (
        "UPDATE payment SET completed_at = completed_at - interval '31 days' WHERE order_id = {delivered.id}",
        "{delivered.invoice}: its payment was completed at",
    ),
    "a watch ends at once": (
        "UPDATE payment SET watch_until = now() WHERE order_id = {expired.id}",
        "{expired.invoice}: its payment is watched until",
    ),
    "an order was paid late, in a word only": (
        "UPDATE \"order\" SET reason = 'late' WHERE id = {delivered.id}",
        "{delivered.invoice}: its reason is late, but the audit event order.delivered says none",
    ),
    "a buyer's own cancellation is the shop's": (
        "UPDATE \"order\" SET reason = 'operator' WHERE id = {canceled.id}",
        "{canceled.invoice}: its reason is operator, but the audit event order.canceled says buyer",
    ),
    "a claim is about another item": (
        "UPDATE claim SET item_id = (SELECT id FROM stock_item WHERE order_id = {waiting.order_id}"
        " AND id <> {waiting.item_id}) WHERE id = {waiting.id}",
        "{waiting.order.invoice}: claim {waiting.id} is about item",
    ),
    "a claim was made a day later": (
        "UPDATE claim SET opened_at = opened_at + interval '1 day' WHERE id = {waiting.id}",
        "{waiting.order.invoice}: claim {waiting.id} is about item {waiting.item_id}, since",
    ),
    "a stray payment is about another invoice": (
        "UPDATE stray SET invoice = 'TRX20260101AAAAAA' WHERE id = {stray.id}",
        "stray {stray.id}: is about TRX20260101AAAAAA PKS-LAMA, but the audit says TRX20260101ZZZZZZ",
    ),
    "a product is off the shelf": (
        "UPDATE product SET locked_at = now() WHERE id = {stocked}",
        "product {stocked}: is off the shelf, and no audit event says so",
    ),
    "a person is forgotten": (
        'UPDATE "user" SET forgotten_at = now() WHERE id = 17',
        "user 17: is forgotten: True; but the audit says otherwise",
    ),
    "who was forgotten is known again": (
        'UPDATE "user" SET forgotten_at = NULL WHERE id = 20',
        "user 20: is forgotten: False; but the audit says otherwise",
    ),
    "who was forgotten has an address": (
        "UPDATE \"user\" SET email = 'dia@contoh.id' WHERE id = 20",
        "user 20: is forgotten, but for the email address",
    ),
    "who was banned is gone": (
        "WITH one AS (UPDATE setting SET value = to_jsonb(value::int - 1) WHERE key = 'users_joined')"
        ' DELETE FROM "user" WHERE id = 3',
        "user 3: the audit says otherwise than the ban: it is False",
    ),
    "an update was handled in ten years": (
        f"INSERT INTO handled_update (id, handled_at) VALUES (900000000, {YEARS})",
        "update 900000000: when it was handled is",
    ),
    "everybody gets another text": (
        "UPDATE broadcast SET text = (SELECT convert_from(content, 'UTF8') FROM stock_item LIMIT 1)"
        " WHERE id = {drafted}",
        "broadcast {drafted}: says something else than was drafted",
    ),
    "everybody gets another message": (
        "UPDATE broadcast SET source_chat_id = 3, source_message_id = 7 WHERE id = {drafted}",
        "broadcast {drafted}: says something else than was drafted",
    ),
}


#: What is decided by, and words that are said to be a buyer's.
BREACHES |= {
    "the gateway is said to know of more money": (
        "UPDATE contradiction SET said = said || '{{\"amount\": 990000}}', verdict = NULL, decided_at = NULL"
        " WHERE order_id = {contradicted.id}",
        "{contradicted.invoice}: the gateway is said to contradict with",
    ),
    "a complaint is about something else": (
        "UPDATE claim SET complaint = (SELECT max(content) FROM stock_item WHERE order_id = {delivered.id})"
        " WHERE id = {waiting.id}",
        "{waiting.order.invoice}: claim {waiting.id} is not what the buyer wrote",
    ),
    "a complaint cannot be read": (
        "UPDATE claim SET complaint = 'https' WHERE id = {waiting.id}",
        "{waiting.order.invoice}: none of the keys can read claim {waiting.id}",
    ),
    "a testimonial says something else": (
        "UPDATE testimonial SET text = 'Penipu' WHERE order_id = {reviewed.id}",
        "{reviewed.invoice}: its testimonial is not what the buyer wrote",
    ),
    "a testimonial got words": (
        "UPDATE testimonial SET text = 'Beli di tempat lain' WHERE order_id = {delivered.id}",
        "{delivered.invoice}: its testimonial is not what the buyer wrote",
    ),
    "the gateway is said to know what was paid": (
        "UPDATE stray SET said = '{{\"amount\": 990000}}', outcome = NULL, ended_at = NULL"
        " WHERE id = {stray.id}",
        "stray {stray.id}: the gateway is said to answer",
    ),
    "all events are said to be in the audit database": (
        "UPDATE audit_event SET shipped_at = now()",
        "audit database: events are said to be there, but none was ever shipped",
    ),
    "an unpaid order has no deadline": (
        'UPDATE "order" SET expires_at = NULL WHERE id = {pending.id}',
        "{pending.invoice}: unpaid, and its deadline is only at nothing",
    ),
    "a deadline is at no time that there is": (
        "UPDATE \"order\" SET expires_at = 'infinity' WHERE id = {pending.id}",
        "a check: cannot be made, DataError: “unpaid, and its deadline is only at",
    ),
    "an event is called another": (
        "UPDATE audit_event SET action = 'vouchers.created' WHERE action = 'user.admin_added'",
        "a check: cannot be made, KeyError: “vouchers_are_as_they_were_made”",
    ),
    "an unpaid order's QR is gone": (
        "UPDATE payment SET qr_string = NULL WHERE order_id = {pending.id}",
        "{pending.invoice}: its QR is not what the audit event payment.opened says",
    ),
    "an unpaid order's page is gone": (
        "UPDATE payment SET page_url = NULL WHERE order_id = {deposit.id}",
        "{deposit.invoice}: its QR is not what the audit event payment.opened says",
    ),
    "a complaint is gone": (
        "UPDATE claim SET complaint = NULL WHERE id = {waiting.id}",
        "{waiting.order.invoice}: claim {waiting.id} is not what the buyer wrote",
    ),
    "everybody is to get what cannot be read": (
        "UPDATE broadcast SET text = 'lain' WHERE id = {drafted}",
        "broadcast {drafted}: none of the keys can read what it says",
    ),
    "everybody gets another text, as if it were over": (
        "UPDATE broadcast SET text = (SELECT convert_from(content, 'UTF8') FROM stock_item LIMIT 1),"
        " ended_at = now() WHERE id = {drafted}",
        "broadcast {drafted}: says something else than was drafted",
    ),
    "everybody gets other pictures": (
        "UPDATE broadcast SET album = jsonb_set(album, '{{1,file}}', '\"THEIRS\"') WHERE id = {pictures}",
        "broadcast {pictures}: says something else than was drafted",
    ),
    "everybody gets fewer pictures": (
        "UPDATE broadcast SET album = NULL WHERE id = {pictures}",
        "broadcast {pictures}: says something else than was drafted",
    ),
    "everybody gets pictures instead of words": (
        "UPDATE broadcast b SET album = p.album FROM broadcast p"
        " WHERE p.id = {pictures} AND b.id = {drafted}",
        "broadcast {drafted}: says something else than was drafted",
    ),
    "a draft is in line unasked": (
        "UPDATE broadcast SET state = 'queued', queued_at = now() WHERE id = {drafted}",
        "broadcast {drafted}: is queued, but the audit says draft",
    ),
    "a broadcast is gone": (
        "DELETE FROM broadcast WHERE id = {drafted}",
        "broadcast {drafted}: is gone, but the audit says draft",
    ),
    "a lane of events has lost its end": (
        "WITH gone AS (DELETE FROM audit_lane WHERE lane = (SELECT min(lane) FROM audit_lane) RETURNING *)"
        " DELETE FROM audit_event e USING gone WHERE (e.lane, e.number) = (gone.lane, gone.last)",
        "were deleted; the one before is of",
    ),
    "goods that wait are gone": (
        "WITH job AS (DELETE FROM outbox WHERE actor = 'add_stock_batch')"
        " DELETE FROM stock_batch WHERE id = {batch}",
        "batch {batch}: is gone, but the audit says adding",
    ),
    "goods that wait are asked about for ever": (
        "WITH job AS (DELETE FROM outbox WHERE actor = 'add_stock_batch')"
        " UPDATE stock_batch SET state = 'asked' WHERE id = {batch}",
        "batch {batch}: is asked, but the audit says adding",
    ),
    "goods that wait are called added": (
        "WITH job AS (DELETE FROM outbox WHERE actor = 'add_stock_batch')"
        " UPDATE stock_batch SET state = 'done', content = NULL WHERE id = {batch}",
        "batch {batch}: is done, but only 0 of its 2 lines were added",
    ),
    "goods that wait cannot be read": (
        "UPDATE stock_batch SET content = 'https' WHERE id = {batch}",
        "batch {batch}: none of the keys can read the goods that wait in it",
    ),
    "goods that wait are others": (
        "UPDATE stock_batch SET content = convert_to('{other_goods}', 'UTF8') WHERE id = {batch}",
        "batch {batch}: holds other goods than were handed in",
    ),
    "goods that wait go to another product": (
        "UPDATE stock_batch SET product_id = {product} WHERE id = {batch}",
        "batch {batch}: is for another product than it was handed in for",
    ),
    "notices go to another topic": (
        "UPDATE notify_group SET thread_id = 9 WHERE chat_id = -1001",
        "group -1001: gets the notices of the shop in topic 9, but the audit says 5",
    ),
    "all events are said to be older than seals": (
        "WITH lanes AS (DELETE FROM audit_lane), one AS (UPDATE audit_event SET actor = '2' WHERE id = 5)"
        " INSERT INTO setting (key, value) SELECT 'audit_unsealed',"
        " jsonb_build_object('last', max(id), 'count', count(*)) FROM audit_event",
        "are trusted as they are, and none after them says that their key was lost",
    ),
}


def test_the_checks_name_every_breach():
    other_goods = crypto.encrypt('["THEIRS-1", "THEIRS-2"]').decode()
    facts = {**vars(lively.shop()), "foreign": FOREIGN, "other_goods": other_goods}
    finder = broken.Finder()
    missed = [
        name
        for name, (query, line) in BREACHES.items()
        if not finder.names(line.format(**facts), after=_filled(query, facts))
    ]

    assert missed == []
    broken.nothing_is_late()
    assert broken.breaches() == []


def _filled(query: str, facts: dict[str, object]) -> str:
    return query.format(**facts).replace("%", "%%")


def test_a_lively_shop_is_healthy():
    lively.shop()

    assert broken.breaches() == []


@pytest.mark.usefixtures("database")
def test_thousands_of_breaches_are_a_hundred_lines_and_their_number():
    broken.by_hand(
        "INSERT INTO audit_event (at, actor, action, entity) SELECT now(), '2', 'x', 'y'"
        " FROM generate_series(1, 5000)"
    )

    found = broken.breaches()

    assert len(found) == 101
    assert found[-1].startswith("invariant 6: 4900 more")


#: A token of Fernet's form that no key of the shop made.
FOREIGN = "gAAAAABnQ" + "A" * 91
