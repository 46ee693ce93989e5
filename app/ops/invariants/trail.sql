-- Invariant 6, about money: what orders, payments and the ledger say is what the audit events say.

-- 6: {}
-- Nothing that an order is placed with ever changes, and no state is reached twice: the last event about it says what
-- it is. When it was paid or ended, who ended it, and that it was paid late: refunds, warranties and other rules ask
-- for that. A column is written a moment before the event that tells of it; what older events do not tell is not
-- compared. A product may have got its number later; else a late payment would buy another.
--
-- One look at all events, by bits: 1, 2, 4, 64: there is order.placed, order.paid, payment.completed,
-- payment.canceled; 8: one differs; 16, 32, 128: the order is paid, its payment completed, or canceled. Of orders that
-- are gone there is one row. Few are wrong, and are put into words after.
WITH odd AS MATERIALIZED (
    SELECT order_id, bit_or(bits) AS had, mod(max(told), 10) AS state
    FROM (
        SELECT o.id AS order_id,
               CASE e.action WHEN 'order.placed' THEN 1 WHEN 'order.paid' THEN 2
                             WHEN 'payment.completed' THEN 4 WHEN 'payment.canceled' THEN 64 ELSE 0 END
               | CASE WHEN CASE e.action
                   WHEN 'order.placed' THEN
                       (o.user_id::text, o.quantity::text, o.total::text, o.method) IS DISTINCT FROM
                           (e.data->>'user', e.data->>'quantity', e.data->>'total', e.data->>'method')
                       OR e.data ? 'kind' AND (o.kind, o.unit_price::text, o.discount::text) IS DISTINCT FROM
                           (e.data->>'kind', e.data->>'unit_price', e.data->>'discount')
                       OR o.warranty_days::text IS DISTINCT FROM e.data->>'warranty'
                       OR o.product_id::text IS DISTINCT FROM e.data->>'product' AND e.data ? 'product'
                       OR o.created_at - e.at NOT BETWEEN -interval '5 minutes' AND interval '5 minutes'
                   ELSE
                       CASE e.action WHEN 'order.paid' THEN o.paid_at
                                     WHEN 'order.delivered' THEN o.delivered_at END - e.at
                           NOT BETWEEN -interval '5 minutes' AND interval '5 minutes'
                       OR e.action = 'order.' || o.state
                          AND (o.closed_at - e.at NOT BETWEEN -interval '5 minutes' AND interval '5 minutes'
                               OR o.reason IS DISTINCT FROM e.data->>'reason' AND e.data ? 'reason')
                   END THEN 8 ELSE 0 END AS bits,
               -- The newest state: its place in `states` is the last digit.
               e.id * 10 + CASE e.action
                   WHEN 'order.placed' THEN 1 WHEN 'order.paid' THEN 2 WHEN 'order.delivered' THEN 3
                   WHEN 'order.expired' THEN 4 WHEN 'order.canceled' THEN 5
                   WHEN 'order.credited' THEN 6 END AS told,
               NULL AS state
        FROM audit_event e
        LEFT JOIN "order" o ON o.invoice = substr(e.entity, 7)
        WHERE e.action IN ('order.placed', 'order.paid', 'order.delivered', 'order.expired', 'order.canceled',
                           'order.credited', 'payment.completed', 'payment.canceled')
        UNION ALL
        SELECT o.id, CASE WHEN o.paid_at IS NULL THEN 0 ELSE 16 END
                     | CASE p.state WHEN 'completed' THEN 32 WHEN 'canceled' THEN 128 ELSE 0 END,
               NULL, array_position({order_states}, replace(o.state, 'pending', 'placed'))
        FROM "order" o
        LEFT JOIN payment p ON p.order_id = o.id
    ) AS facts
    GROUP BY order_id
    HAVING bit_or(bits) & 9 <> 1 OR bit_or(bits) & 18 = 16 OR bit_or(bits) & 36 = 32
        OR bit_or(bits) & 192 = 128 OR mod(max(told), 10) <> max(state)
), wrong AS (
    SELECT o.id, o.invoice, lacks.problem
    FROM odd t
    JOIN "order" o ON o.id = t.order_id
    CROSS JOIN LATERAL (
        VALUES (CASE WHEN t.had & 1 = 0 THEN 'has no audit event order.placed' END),
               (CASE WHEN t.had & 18 = 16 THEN 'has no audit event order.paid' END),
               (CASE WHEN t.had & 36 = 32 THEN 'has no audit event payment.completed' END),
               (CASE WHEN t.had & 192 = 128
                     THEN 'its payment is canceled, and no audit event payment.canceled says so' END),
               (CASE WHEN t.state <> array_position({order_states}, replace(o.state, 'pending', 'placed'))
                     THEN concat('has no audit event order.', replace(o.state, 'pending', 'placed'),
                                 ' after order.', ({order_states})[t.state]) END)
    ) AS lacks (problem)
    UNION ALL
    SELECT o.id, o.invoice, differs.problem
    FROM odd t
    JOIN "order" o ON o.id = t.order_id
    JOIN audit_event e ON substr(e.entity, 7) = o.invoice AND starts_with(e.action, 'order.')
    LEFT JOIN (
        SELECT entity, max(id) AS id FROM {rare} AS rare WHERE action = 'product.renumbered' GROUP BY entity
    ) r ON r.entity = 'product:' || o.product_id
    CROSS JOIN LATERAL (
        SELECT concat(fact.name, ' is ', coalesce(fact.value, 'nothing'),
                      ', but the audit event order.placed says ', coalesce(fact.told, 'nothing')) AS problem
        FROM (
            VALUES ('user', o.user_id::text, e.data->>'user', true),
                   ('kind', o.kind, e.data->>'kind', e.data ? 'kind'),
                   ('method', o.method, e.data->>'method', true),
                   ('quantity', o.quantity::text, e.data->>'quantity', true),
                   ('unit_price', o.unit_price::text, e.data->>'unit_price', e.data ? 'kind'),
                   ('discount', o.discount::text, e.data->>'discount', e.data ? 'kind'),
                   ('total', o.total::text, e.data->>'total', true),
                   ('warranty_days', o.warranty_days::text, e.data->>'warranty', true)
        ) AS fact (name, value, told, is_told)
        WHERE e.action = 'order.placed' AND fact.is_told AND fact.value IS DISTINCT FROM fact.told
        UNION ALL
        SELECT concat('it is for product ', coalesce(o.product_id::text, 'none'),
                      ', but the audit event order.placed says ', coalesce(e.data->>'product', 'none'))
        WHERE e.action = 'order.placed' AND e.data ? 'product'
          AND o.product_id::text IS DISTINCT FROM e.data->>'product' AND (r.id > e.id) IS NOT TRUE
        UNION ALL
        SELECT concat('says it ', moment.name, ' at ', moment.at, ', the audit says ', e.at)
        FROM (
            VALUES ('order.placed', 'was placed', o.created_at),
                   ('order.paid', 'was paid', o.paid_at),
                   ('order.delivered', 'was delivered', o.delivered_at),
                   ('order.' || o.state, 'ended', o.closed_at)
        ) AS moment (action, name, at)
        WHERE moment.action = e.action
          AND moment.at - e.at NOT BETWEEN -interval '5 minutes' AND interval '5 minutes'
        UNION ALL
        SELECT concat('its reason is ', coalesce(o.reason, 'none'), ', but the audit event ', e.action, ' says ',
                      coalesce(e.data->>'reason', 'none'))
        WHERE e.action = 'order.' || o.state AND o.reason IS DISTINCT FROM e.data->>'reason' AND e.data ? 'reason'
    ) AS differs
    UNION ALL
    SELECT NULL, substr(e.entity, 7),
           concat('was placed by user ', e.data->>'user', ' for ', e.data->>'total', ', and is gone')
    FROM audit_event e
    LEFT JOIN "order" o ON o.invoice = substr(e.entity, 7)
    WHERE e.action = 'order.placed' AND o.id IS NULL AND EXISTS (SELECT FROM odd WHERE order_id IS NULL)
)
SELECT invoice, problem FROM wrong WHERE problem IS NOT NULL ORDER BY id, problem;

-- 6: counts {} warranty claims, but audit events tell of {}
SELECT o.invoice, o.claims, coalesce(t.claims, 0)
FROM "order" o
LEFT JOIN (
    SELECT entity, max((data->>'claims')::int) AS claims
    FROM {rare} AS rare
    WHERE action IN ('order.claimed', 'order.claim_replaced', 'order.claim_refunded')
    GROUP BY entity
) t ON o.invoice = substr(t.entity, 7)
WHERE o.claims <> coalesce(t.claims, 0)
ORDER BY o.id;

-- 6: {}
-- Every ledger entry has its event, and every such event its entry. An entry's day counts in statements, and who made it
-- is asked when money is missing, which older events do not tell.
SELECT coalesce('user ' || l.user_id, replace(e.entity, ':', ' ')), CASE
    WHEN l.id IS NULL THEN
        concat('audit event ', e.id, ' tells of ', e.data->>'amount', ' for ', e.data->>'reason',
               ', and the ledger has no such entry')
    ELSE
        concat('ledger entry ', l.id, ' (', l.reason, ') ', CASE
            WHEN (e.entity, (e.data->>'amount')::bigint, (e.data->>'balance')::bigint)
                 IS DISTINCT FROM ('user:' || l.user_id, l.amount, l.balance) THEN 'has no audit event'
            WHEN l.created_at - e.at NOT BETWEEN -interval '5 minutes' AND interval '5 minutes'
            THEN concat('was made at ', l.created_at, ', the audit says ', e.at)
            ELSE concat('was made by ', coalesce(l.actor_id::text, 'the shop'), ', the audit says ',
                        coalesce(e.data->>'by', 'the shop')) END) END
FROM ledger_entry l
FULL JOIN (
    SELECT id, at, entity, data FROM audit_event WHERE action = 'balance.changed'
) e ON e.data->>'reason' = l.reason
WHERE l.id IS NULL
   OR (e.entity, (e.data->>'amount')::bigint, (e.data->>'balance')::bigint)
      IS DISTINCT FROM ('user:' || l.user_id, l.amount, l.balance)
   OR l.created_at - e.at NOT BETWEEN -interval '5 minutes' AND interval '5 minutes'
   OR e.data ? 'by' AND l.actor_id::text IS DISTINCT FROM e.data->>'by'
ORDER BY l.id, e.id;

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
