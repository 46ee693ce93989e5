-- Invariant 2: an item belongs to one order, a delivered order has what was bought, counters are right.

-- 5: paid, and its delivery has failed for good: see `dead list`
-- Paid, and nobody is going to send the goods until somebody deals with the dead job.
SELECT o.invoice
FROM "order" o
WHERE o.state = 'paid'
  AND (
    o.id = ANY (%(dead_deliveries)s::bigint[])
    OR EXISTS (
        SELECT 1 FROM dead_letter d
        WHERE d.actor = 'deliver_order' AND d.subject = o.id::text AND d.state = 'dead'
    )
  )
  AND NOT EXISTS (
    SELECT 1 FROM outbox b WHERE b.actor = 'deliver_order' AND b.args->>0 = o.id::text
  )
ORDER BY o.id;

-- 2: item {} is the same as item {}
-- Encrypting the same twice gives two things, with two signatures at the end: equal ones were copied.
SELECT 'product ' || min(product_id), max(id), min(id)
FROM stock_item
WHERE fingerprint IS NOT NULL
GROUP BY substring(content FROM length(content) - 23)
HAVING count(*) > 1;

-- 2: the order is {} and for {} items, but has {} reserved and {} sold
-- Set aside while unpaid or on the way, sold when delivered, none otherwise.
--
-- A credited order may keep sold items: part of them may have reached the buyer.
SELECT o.invoice, o.state, o.quantity, coalesce(i.reserved, 0), coalesce(i.sold, 0)
FROM "order" o
LEFT JOIN (
    SELECT order_id,
           count(*) FILTER (WHERE state = 'reserved') AS reserved,
           count(*) FILTER (WHERE state = 'sold') AS sold
    FROM stock_item
    WHERE order_id IS NOT NULL
    GROUP BY order_id
) i ON i.order_id = o.id
WHERE (coalesce(i.reserved, 0), coalesce(i.sold, 0)) IS DISTINCT FROM CASE
    WHEN o.kind = 'deposit' THEN (0::bigint, 0::bigint)
    WHEN o.state IN ('pending', 'paid') THEN (o.quantity::bigint, 0::bigint)
    WHEN o.state = 'delivered' THEN (0::bigint, o.quantity::bigint)
    WHEN o.state = 'credited' AND i.sold > 0 THEN (0::bigint, o.quantity::bigint)
    ELSE (0::bigint, 0::bigint)
END
ORDER BY o.id;

-- 6: it has other goods than those that were handed over
-- But for what replaced some of them. Older events do not tell.
WITH told AS MATERIALIZED (
    SELECT o.id, o.invoice, (e.data->>'goods')::numeric AS marks
    FROM audit_event e
    JOIN "order" o ON o.invoice = substr(e.entity, 7)
    WHERE e.action = 'order.delivered' AND e.data ? 'goods'
)
SELECT o.invoice
FROM told o
JOIN (
    SELECT order_id, sum({item_mark}) AS marks
    FROM stock_item
    WHERE state IN ('sold', 'faulty')
      AND id NOT IN (SELECT replacement_id FROM claim WHERE replacement_id IS NOT NULL)
    GROUP BY order_id
) i ON i.order_id = o.id
WHERE i.marks <> o.marks
ORDER BY o.id;

-- 2: item {} is of product {}, the order is for {}
SELECT o.invoice, s.id, s.product_id, o.product_id
FROM stock_item s
JOIN "order" o ON o.id = s.order_id
WHERE s.product_id IS DISTINCT FROM o.product_id
ORDER BY s.id;

-- 2: counts {} {} items, but there are {}
SELECT 'product ' || p.id, counter.counted, counter.state, counter.found
FROM product p
LEFT JOIN (
    SELECT product_id,
           count(*) FILTER (WHERE state = 'available') AS available,
           count(*) FILTER (WHERE state = 'sold') AS sold
    FROM stock_item
    GROUP BY product_id
) i ON i.product_id = p.id
CROSS JOIN LATERAL (
    VALUES ('available', p.available, coalesce(i.available, 0)), ('sold', p.sold, coalesce(i.sold, 0))
) AS counter (state, counted, found)
WHERE counter.counted <> counter.found
ORDER BY p.id;

-- 2: item {} has no fingerprint, as copies do, and no order
-- A copy of a file that is sold to many is made for an order, and goes when that is not paid.
SELECT 'product ' || product_id, id
FROM stock_item
WHERE state = 'available' AND fingerprint IS NULL
ORDER BY id;

-- 2: counts {} items bought, but there are {}
SELECT 'user ' || u.id, u.bought, coalesce(o.items, 0)
FROM "user" u
LEFT JOIN (
    SELECT user_id, sum(quantity) AS items
    FROM "order"
    WHERE kind = 'purchase' AND state = 'delivered'
    GROUP BY user_id
) o ON o.user_id = u.id
WHERE u.bought <> coalesce(o.items, 0)
ORDER BY u.id;

-- 2: has {} unpaid orders at once
SELECT 'user ' || user_id, count(*)
FROM "order"
WHERE state = 'pending'
GROUP BY user_id
HAVING count(*) > 1
ORDER BY user_id;
