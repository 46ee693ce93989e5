-- Warranty claims: each is within the warranty and answered once, as goods or as money.

-- 1: claim {} was made at {:%Y-%m-%d %H:%M:%S} UTC, when the order had no warranty
SELECT o.invoice, c.id, c.opened_at
FROM claim c
JOIN "order" o ON o.id = c.order_id
WHERE o.state <> 'delivered' OR o.warranty_days IS NULL
   OR c.opened_at NOT BETWEEN o.delivered_at AND o.delivered_at + make_interval(days => o.warranty_days::int)
ORDER BY c.id;

-- 2: claim {} is about item {}, which is the order's no more
SELECT o.invoice, c.id, c.item_id
FROM claim c
JOIN "order" o ON o.id = c.order_id
JOIN stock_item i ON i.id = c.item_id
WHERE i.order_id IS DISTINCT FROM c.order_id
   OR i.state <> CASE c.state WHEN 'replaced' THEN 'faulty' ELSE 'sold' END
      AND NOT (c.state = 'dropped' AND i.state = 'faulty')
ORDER BY c.id;

-- 2: claim {} was replaced by item {}, which is not the order's, or is not sold
-- What replaced something may have been replaced itself.
SELECT o.invoice, c.id, c.replacement_id
FROM claim c
JOIN "order" o ON o.id = c.order_id
JOIN stock_item i ON i.id = c.replacement_id
WHERE i.order_id IS DISTINCT FROM c.order_id OR i.state NOT IN ('sold', 'faulty') OR i.id = c.item_id
ORDER BY c.id;

-- 2: item {} is faulty, but {} claims replaced it
SELECT 'product ' || i.product_id, i.id, coalesce(c.claims, 0)
FROM stock_item i
LEFT JOIN (
    SELECT item_id, count(*) AS claims FROM claim WHERE state = 'replaced' GROUP BY item_id
) c ON c.item_id = i.id
WHERE i.state = 'faulty' AND coalesce(c.claims, 0) <> 1
ORDER BY i.id;

-- 1: item {} was claimed {} times
SELECT o.invoice, c.item_id, count(*)
FROM claim c
JOIN "order" o ON o.id = c.order_id
WHERE c.state <> 'dropped'
GROUP BY o.invoice, c.item_id
HAVING count(*) > 1
ORDER BY c.item_id;

-- 1: claim {} is {} with {}, but the ledger gives {} for it
SELECT o.invoice, c.id, c.state, coalesce(c.amount::text, 'nothing'), coalesce(l.amount::text, 'nothing')
FROM claim c
JOIN "order" o ON o.id = c.order_id
LEFT JOIN ledger_entry l ON l.reason = 'order:' || o.invoice || ':warranty:' || c.id AND l.user_id = o.user_id
WHERE c.amount IS DISTINCT FROM l.amount
ORDER BY c.id;

-- 1: ledger entry {} gives {} for a claim, and no claim says so
SELECT split_part(l.reason, ':', 2), l.id, l.amount
FROM ledger_entry l
LEFT JOIN claim c ON split_part(l.reason, ':', 4) = c.id::text AND c.state = 'refunded'
LEFT JOIN "order" o ON o.id = c.order_id AND o.invoice = split_part(l.reason, ':', 2)
WHERE split_part(l.reason, ':', 1) = 'order' AND split_part(l.reason, ':', 3) = 'warranty' AND o.id IS NULL
ORDER BY l.id;

-- 1: claim {} was replaced, but nobody is going to send what replaces it
-- In hand is: a job in the outbox, a dead letter that can be retried, or a buyer who blocked the bot. What was
-- replaced itself before it could be sent need not be.
SELECT o.invoice, c.id
FROM claim c
JOIN stock_item i ON i.id = c.replacement_id AND i.state = 'sold'
JOIN "order" o ON o.id = c.order_id
JOIN "user" u ON u.id = o.user_id
WHERE c.state = 'replaced' AND c.handed_at IS NULL AND u.unreachable_at IS NULL
  AND o.id <> ALL (%(dead_deliveries)s::bigint[])
  AND NOT EXISTS (
      SELECT 1 FROM outbox b WHERE b.actor = 'deliver_order' AND b.args->>0 = o.id::text
  )
ORDER BY c.id;

-- 1: claim {} says that its message {} was sent, and it was not
SELECT o.invoice, c.id, c.part
FROM claim c
JOIN "order" o ON o.id = c.order_id
LEFT JOIN delivery d ON d.order_id = c.order_id AND d.part = c.part
WHERE c.handed_at IS NOT NULL AND d.message_id IS NULL
ORDER BY c.id;

-- 6: claim {} is {}, but the audit says {}
SELECT o.invoice, c.id, c.state, coalesce(t.state, 'nothing')
FROM claim c
JOIN "order" o ON o.id = c.order_id
LEFT JOIN (
    SELECT DISTINCT ON (entity, data->>'claim') entity, data->>'claim' AS claim,
           replace(replace(action, 'order.claim_', ''), 'opened', 'open') AS state,
           data->>'replacement' AS replacement, data->>'amount' AS amount
    FROM {rare} AS rare
    WHERE starts_with(action, 'order.claim_')
    ORDER BY entity, data->>'claim', id DESC
) t ON t.entity = 'order:' || o.invoice AND t.claim = c.id::text
WHERE (c.state, c.replacement_id::text, c.amount::text) IS DISTINCT FROM (t.state, t.replacement, t.amount)
ORDER BY c.id;

-- 6: claim {} is about item {}, since {:%Y-%m-%d %H:%M:%S} UTC; but the audit says item {}, since {:%Y-%m-%d %H:%M:%S} UTC
SELECT o.invoice, c.id, c.item_id, c.opened_at, e.data->>'item', e.at
FROM claim c
JOIN "order" o ON o.id = c.order_id
JOIN audit_event e ON e.entity = 'order:' || o.invoice AND e.action = 'order.claim_opened'
                  AND e.data->>'claim' = c.id::text
WHERE c.item_id::text <> e.data->>'item'
   OR c.opened_at - e.at NOT BETWEEN -interval '5 minutes' AND interval '5 minutes'
ORDER BY c.id;

-- 6: claim {} was {}, and is gone
SELECT substr(e.entity, 7), e.data->>'claim', replace(e.action, 'order.claim_', '')
FROM {rare} e
LEFT JOIN claim c ON c.id::text = e.data->>'claim'
WHERE starts_with(e.action, 'order.claim_') AND c.id IS NULL
ORDER BY e.id;
