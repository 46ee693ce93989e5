-- Invariant 6, about money: what orders, payments and the ledger say is what the audit events say.

-- 6: {} is {}, but the audit event order.placed says {}
-- Nothing of this ever changes; what older events do not tell is not compared. For products see below.
SELECT o.invoice, fact.name, coalesce(fact.value, 'nothing'), coalesce(fact.told, 'nothing')
FROM "order" o
JOIN audit_event e ON e.action = 'order.placed' AND e.entity = 'order:' || o.invoice
CROSS JOIN LATERAL (
    VALUES ('user', o.user_id::text, e.data->>'user'),
           ('kind', o.kind, e.data->>'kind'),
           ('method', o.method, e.data->>'method'),
           ('quantity', o.quantity::text, e.data->>'quantity'),
           ('unit_price', o.unit_price::text, e.data->>'unit_price'),
           ('discount', o.discount::text, e.data->>'discount'),
           ('total', o.total::text, e.data->>'total'),
           ('warranty_days', o.warranty_days::text, e.data->>'warranty')
) AS fact (name, value, told)
WHERE (o.user_id::text, o.quantity::text, o.total::text, o.method) IS DISTINCT FROM
      (e.data->>'user', e.data->>'quantity', e.data->>'total', e.data->>'method')
   OR e.data ? 'kind' AND (o.kind, o.unit_price::text, o.discount::text) IS DISTINCT FROM
      (e.data->>'kind', e.data->>'unit_price', e.data->>'discount')
   OR o.warranty_days::text IS DISTINCT FROM e.data->>'warranty'
GROUP BY o.id, o.invoice, fact.name, fact.value, fact.told
HAVING fact.value IS DISTINCT FROM fact.told
ORDER BY o.id, fact.name;

-- 6: was placed by user {} for {}, and is gone
SELECT substr(e.entity, 7), e.data->>'user', e.data->>'total'
FROM audit_event e
LEFT JOIN "order" o ON o.invoice = substr(e.entity, 7)
WHERE e.action = 'order.placed' AND o.id IS NULL
ORDER BY e.id;

-- 6: {}
-- The last event about the state says what it is, and when: refunds depend on it. A column is written a moment
-- before the event that tells of it. Told once, not by each of PostgreSQL's workers.
WITH told AS MATERIALIZED (
    SELECT entity,
           bool_or(action = 'order.placed') AS placed,
           bool_or(action = 'payment.completed') AS completed,
           max(at) FILTER (WHERE action = 'order.placed') AS created_at,
           max(at) FILTER (WHERE action = 'order.paid') AS paid_at,
           max(at) FILTER (WHERE action = 'order.delivered') AS delivered_at,
           max(at) FILTER (
               WHERE action IN ('order.delivered', 'order.expired', 'order.canceled',
                                'order.credited')
           ) AS closed_at,
           -- The newest state: its place in `states` is the last digit.
           mod(max(id * 10 + CASE action
               WHEN 'order.placed' THEN 1 WHEN 'order.paid' THEN 2 WHEN 'order.delivered' THEN 3
               WHEN 'order.expired' THEN 4 WHEN 'order.canceled' THEN 5
               WHEN 'order.credited' THEN 6 END), 10) AS state,
           max(coalesce((data->>'claims')::int, 0)) AS claims
    FROM audit_event
    WHERE action IN ('order.placed', 'order.paid', 'order.delivered', 'order.expired',
                     'order.canceled', 'order.credited', 'order.claimed', 'order.claim_replaced',
                     'order.claim_refunded', 'payment.completed')
    GROUP BY entity
)
SELECT o.invoice, wrong.problem
FROM "order" o
LEFT JOIN told t ON t.entity = 'order:' || o.invoice
LEFT JOIN payment p ON p.order_id = o.id
CROSS JOIN LATERAL (
    VALUES (CASE WHEN t.placed IS NOT TRUE THEN 'has no audit event order.placed' END),
           (CASE WHEN o.paid_at IS NOT NULL AND t.paid_at IS NULL
                 THEN 'has no audit event order.paid' END),
           (CASE WHEN p.state = 'completed' AND t.completed IS NOT TRUE
                 THEN 'has no audit event payment.completed' END),
           (CASE WHEN t.state <> array_position({order_states},
                                                replace(o.state, 'pending', 'placed'))
                 THEN concat('has no audit event order.', replace(o.state, 'pending', 'placed'),
                             ' after order.', ({order_states})[t.state]) END),
           (CASE WHEN o.claims <> coalesce(t.claims, 0)
                 THEN concat('counts ', o.claims, ' warranty claims, but audit events tell of ',
                             t.claims) END),
           (CASE WHEN o.created_at - t.created_at NOT BETWEEN -interval '5 minutes' AND interval '5 minutes'
                 THEN concat('says it was placed at ', o.created_at, ', the audit says ',
                             t.created_at) END),
           (CASE WHEN o.paid_at - t.paid_at NOT BETWEEN -interval '5 minutes' AND interval '5 minutes'
                 THEN concat('says it was paid at ', o.paid_at, ', the audit says ', t.paid_at) END),
           (CASE WHEN o.delivered_at - t.delivered_at
                      NOT BETWEEN -interval '5 minutes' AND interval '5 minutes'
                 THEN concat('says it was delivered at ', o.delivered_at, ', the audit says ',
                             t.delivered_at) END),
           (CASE WHEN o.closed_at - t.closed_at NOT BETWEEN -interval '5 minutes' AND interval '5 minutes'
                 THEN concat('says it ended at ', o.closed_at, ', the audit says ', t.closed_at) END)
) AS wrong (problem)
-- All that can be wrong, first: few orders are, and putting what is wrong into words takes long.
WHERE wrong.problem IS NOT NULL
  AND (t.placed IS NOT TRUE OR t.claims <> o.claims
       OR t.state <> array_position({order_states}, replace(o.state, 'pending', 'placed'))
       OR p.state = 'completed' AND t.completed IS NOT TRUE
       OR o.paid_at IS NOT NULL AND t.paid_at IS NULL
       OR greatest(o.created_at - t.created_at, o.paid_at - t.paid_at,
                   o.delivered_at - t.delivered_at, o.closed_at - t.closed_at) > interval '5 minutes'
       OR least(o.created_at - t.created_at, o.paid_at - t.paid_at,
                o.delivered_at - t.delivered_at, o.closed_at - t.closed_at) < -interval '5 minutes')
ORDER BY o.id, wrong.problem;

-- 6: ledger entry {} ({}) {}
-- Its day counts in statements, and who made it is asked when money is missing; older events do not tell.
SELECT 'user ' || l.user_id, l.id, l.reason,
       CASE WHEN e.id IS NULL THEN 'has no audit event'
            WHEN l.created_at - e.at NOT BETWEEN -interval '5 minutes' AND interval '5 minutes'
            THEN concat('was made at ', l.created_at, ', the audit says ', e.at)
            ELSE concat('was made by ', coalesce(l.actor_id::text, 'the shop'), ', the audit says ',
                        coalesce(e.data->>'by', 'the shop')) END
FROM ledger_entry l
LEFT JOIN audit_event e ON e.action = 'balance.changed' AND e.entity = 'user:' || l.user_id
                       AND e.data->>'reason' = l.reason AND (e.data->>'amount')::bigint = l.amount
                       AND (e.data->>'balance')::bigint = l.balance
WHERE e.id IS NULL
   OR l.created_at - e.at NOT BETWEEN -interval '5 minutes' AND interval '5 minutes'
   OR e.data ? 'by' AND l.actor_id::text IS DISTINCT FROM e.data->>'by'
ORDER BY l.id;

-- 6: its reason is {}, but the audit event order.{} says {}
-- Who ended it, and that it was paid late: other rules ask for that. No state is reached twice.
SELECT o.invoice, coalesce(o.reason, 'none'), o.state, coalesce(e.data->>'reason', 'none')
FROM "order" o
JOIN audit_event e ON e.entity = 'order:' || o.invoice AND e.action = 'order.' || o.state
WHERE o.reason IS DISTINCT FROM e.data->>'reason' AND e.data ? 'reason'
ORDER BY o.id;

-- 6: audit event {} tells of {} for {}, and the ledger has no such entry
SELECT 'user ' || substr(e.entity, 6), e.id, e.data->>'amount', e.data->>'reason'
FROM audit_event e
LEFT JOIN ledger_entry l ON l.reason = e.data->>'reason'
WHERE e.action = 'balance.changed' AND l.id IS NULL
ORDER BY e.id;

-- 6: the order is {}, and does not say when it was {}
-- Warranties and refunds count from there.
SELECT invoice, state, CASE WHEN state IN ('paid', 'delivered') AND paid_at IS NULL THEN 'paid'
                            WHEN state = 'delivered' AND delivered_at IS NULL THEN 'delivered'
                            ELSE 'closed' END
FROM "order"
WHERE state IN ('paid', 'delivered') AND paid_at IS NULL
   OR state = 'delivered' AND delivered_at IS NULL
   OR state IN ('delivered', 'expired', 'canceled', 'credited') AND closed_at IS NULL
ORDER BY id;

-- 6: it is for product {}, but the audit event order.placed says {}
-- Or its number is one that the product got later. A late payment would buy the other one.
SELECT o.invoice, coalesce(o.product_id::text, 'none'), coalesce(e.data->>'product', 'none')
FROM "order" o
JOIN audit_event e ON e.action = 'order.placed' AND e.entity = 'order:' || o.invoice AND e.data ? 'product'
LEFT JOIN (
    SELECT entity, max(id) AS id FROM {rare} AS rare WHERE action = 'product.renumbered' GROUP BY entity
) r ON r.entity = 'product:' || o.product_id
WHERE o.product_id::text IS DISTINCT FROM e.data->>'product' AND (r.id > e.id) IS NOT TRUE
ORDER BY o.id;
