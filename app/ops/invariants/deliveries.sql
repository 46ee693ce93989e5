-- Invariants 1 and 2, about the messages of goods: who has them, and that nobody got them for nothing.

-- 1: the order is {}, its goods are {} messages, and {} were surely sent
-- Every part of a delivered order, not every part of a credited one.
--
-- Lines of text go out together, each file by itself: see sales/goods.py. Parts that staff or the buyer had
-- sent a second time may be unsure again. What replaced an item goes by itself: see claims.sql.
WITH goods AS (
    SELECT i.order_id, count(*) FILTER (WHERE i.kind <> 'text') + max((i.kind = 'text')::int) AS parts
    FROM stock_item i
    LEFT JOIN claim c ON c.replacement_id = i.id
    WHERE i.state <> 'available' AND c.id IS NULL
    GROUP BY i.order_id
), messages AS (
    SELECT d.order_id,
           count(*) FILTER (WHERE d.state = 'sent' AND d.message_id IS NOT NULL) AS sent,
           count(*) FILTER (WHERE d.state <> 'sent') AS unknown
    FROM delivery d
    LEFT JOIN claim c ON c.order_id = d.order_id AND c.part = d.part
    WHERE c.id IS NULL
    GROUP BY d.order_id
)
SELECT o.invoice, o.state, g.parts, coalesce(m.sent, 0)
FROM "order" o
JOIN goods g ON g.order_id = o.id
LEFT JOIN messages m ON m.order_id = o.id
WHERE o.state = 'credited' AND m.sent >= g.parts
   OR o.state = 'delivered' AND coalesce(m.sent, 0) < g.parts
      AND (coalesce(m.sent + m.unknown, 0) < g.parts
           OR 'order:' || o.invoice NOT IN (
               SELECT entity FROM audit_event WHERE action = 'order.redelivered'
           ))
ORDER BY o.id;

-- 1: goods went out to the buyer, but the order is {}
SELECT DISTINCT o.invoice, o.state
FROM delivery d
JOIN "order" o ON o.id = d.order_id
WHERE o.state IN ('pending', 'expired', 'canceled')
ORDER BY o.invoice;

-- 2: its goods went out, the order is {}, and it keeps none of them
-- What may have reached a buyer is never sold again.
SELECT DISTINCT o.invoice, o.state
FROM delivery d
JOIN "order" o ON o.id = d.order_id
LEFT JOIN stock_item i ON i.order_id = o.id
WHERE o.state = 'credited' AND i.id IS NULL
ORDER BY o.invoice;

-- 1: the order is paid, but its delivery is due only at {:%Y-%m-%d %H:%M:%S} UTC
-- By at least one of the jobs that wait; dead ones count as in hand elsewhere.
-- What was begun may have been sent all the same. Nothing of an order goes out before it is paid.
SELECT o.invoice, min(b.due_at)
FROM "order" o
JOIN outbox b ON b.actor = 'deliver_order' AND b.args->>0 = o.id::text
WHERE o.state = 'paid' AND o.id <> ALL (%(dead_deliveries)s::bigint[])
GROUP BY o.id, o.invoice
HAVING min(b.due_at) > %(now)s::timestamptz + interval '6 hours'
ORDER BY o.id;
