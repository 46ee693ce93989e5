-- Invariants 1 and 4, about the gateway's side: what is open is looked at, and is what the gateway opened.
--
-- A look may be late by five minutes, and an order may outlive the payment that the gateway ended by as much.
-- The next look at an open QR is planned a minute ahead; at a watched one a day at most, for two days.

-- 1: the order is unpaid and open, but its payment is {}
-- A payment that the gateway has just ended ends its order in a moment.
SELECT o.invoice, p.state
FROM "order" o
JOIN payment p ON p.order_id = o.id
LEFT JOIN audit_event e ON e.entity = 'order:' || o.invoice AND e.action = 'payment.' || p.state
                       AND e.at > %(now)s::timestamptz - interval '5 minutes'
WHERE o.state = 'pending' AND p.state IN ('canceled', 'refused', 'lapsed') AND e.id IS NULL
ORDER BY o.id;

-- 4: unpaid, and its deadline is only at {:%Y-%m-%d %H:%M:%S} UTC
-- Few orders are unpaid: an index finds their events, the other ones are not read.
SELECT o.invoice, o.expires_at
FROM "order" o
LEFT JOIN (
    SELECT entity, data
    FROM audit_event
    WHERE action = 'order.placed'
      AND entity = ANY (ARRAY(SELECT 'order:' || invoice FROM "order" WHERE state = 'pending'))
) e ON e.entity = 'order:' || o.invoice
WHERE o.state = 'pending'
  AND (o.expires_at IS NULL OR o.expires_at > %(now)s::timestamptz + greatest(interval '1 day', %(expiry)s)
       OR o.expires_at <> (e.data->>'expires')::timestamptz)
ORDER BY o.id;

-- 4: its QR is open, and the next look at it is {}
SELECT o.invoice, coalesce(to_char(p.next_check_at, '"at "YYYY-MM-DD HH24:MI:SS" UTC"'), 'never')
FROM "order" o
JOIN payment p ON p.order_id = o.id
WHERE o.state = 'pending' AND p.state = 'open'
  AND (p.next_check_at IS NULL
       OR p.next_check_at NOT BETWEEN %(now)s::timestamptz - interval '5 minutes'
                                  AND %(now)s::timestamptz + interval '15 minutes')
ORDER BY o.id;

-- 4: its payment is watched until {:%Y-%m-%d %H:%M:%S} UTC, the next look is at {:%Y-%m-%d %H:%M:%S} UTC
-- Two days from the order's end, or longer. Who is watched at all: see money.sql.
SELECT o.invoice, p.watch_until, p.next_check_at
FROM payment p
JOIN "order" o ON o.id = p.order_id
WHERE o.state IN ('expired', 'canceled') AND p.state = 'open'
  AND (p.next_check_at NOT BETWEEN %(now)s::timestamptz - interval '5 minutes'
                               AND %(now)s::timestamptz + interval '25 hours'
       OR p.watch_until > %(now)s::timestamptz + interval '49 hours'
       OR p.watch_until < o.closed_at + interval '47 hours')
ORDER BY o.id;

-- 4: the gateway is asked no more since {:%Y-%m-%d %H:%M:%S} UTC, less than two days after the order's end
SELECT o.invoice, e.at
FROM payment p
JOIN "order" o ON o.id = p.order_id
JOIN (
    SELECT entity, max(at) AS at FROM audit_event WHERE action = 'payment.lapsed' GROUP BY entity
) e ON e.entity = 'payment:' || p.id
WHERE o.state IN ('expired', 'canceled') AND p.state = 'lapsed' AND e.at < o.closed_at + interval '47 hours'
ORDER BY o.id;

-- 6: {}
-- Another QR would lead the buyer's money elsewhere; older events tell only fee and total. What it was completed with
-- the gateway confirmed, or an operator accepted instead.
WITH odd AS MATERIALIZED (
    SELECT p.id AS payment_id, o.invoice, e.at, e.action, e.data
    FROM audit_event e
    JOIN "order" o ON o.invoice = substr(e.entity, 7)
    JOIN payment p ON p.order_id = o.id
    WHERE e.action IN ('payment.opened', 'payment.completed')
      AND CASE e.action
          WHEN 'payment.opened' THEN
              (p.fee, p.total, coalesce(e.data->>'txn', p.txn_id)) IS DISTINCT FROM
                  ((e.data->>'fee')::bigint, (e.data->>'total')::bigint, p.txn_id)
              OR p.state = 'open'
                 AND encode(sha256(convert_to(coalesce(p.qr_string || '|' || p.page_url, ''), 'UTF8')), 'hex')
                     <> e.data->>'qr'
          ELSE
              p.completed_at - e.at NOT BETWEEN -interval '5 minutes' AND interval '5 minutes'
              OR p.state = 'completed' AND coalesce(p.accepted, p.amount) <> (e.data->>'amount')::bigint
          END
)
SELECT e.invoice, wrong.problem
FROM odd e
JOIN payment p ON p.id = e.payment_id
CROSS JOIN LATERAL (
    SELECT concat(CASE
               WHEN (p.fee, p.total) IS DISTINCT FROM ((e.data->>'fee')::bigint, (e.data->>'total')::bigint)
               THEN 'what its QR asks for, or the fee,'
               WHEN p.txn_id <> e.data->>'txn' THEN 'its transaction'
               ELSE 'its QR' END, ' is not what the audit event payment.opened says') AS problem
    WHERE e.action = 'payment.opened'
    UNION ALL
    SELECT concat('its payment was completed at ', p.completed_at, ', but the audit says ', e.at)
    WHERE e.action = 'payment.completed'
      AND p.completed_at - e.at NOT BETWEEN -interval '5 minutes' AND interval '5 minutes'
    UNION ALL
    SELECT concat('its payment is completed with ', coalesce(p.accepted, p.amount),
                  ', but the audit event payment.completed says ', e.data->>'amount')
    WHERE e.action = 'payment.completed' AND p.state = 'completed'
      AND coalesce(p.accepted, p.amount) <> (e.data->>'amount')::bigint
) AS wrong
ORDER BY p.order_id, wrong.problem;

-- 6: what contradicts its payment is called {}, and no audit event payment.{} says so
SELECT o.invoice, c.verdict, c.verdict
FROM contradiction c
JOIN "order" o ON o.id = c.order_id
LEFT JOIN {rare} e ON e.entity = 'order:' || o.invoice AND e.action = 'payment.' || c.verdict
WHERE c.verdict IS NOT NULL AND e.id IS NULL
ORDER BY o.id;

-- 6: its payment is {}, and no audit event payment.{} says so
-- Completed and canceled ones: see trail.sql. Those that were given up before events told of it had no transaction.
SELECT o.invoice, p.state, CASE p.state WHEN 'open' THEN 'opened' ELSE p.state END
FROM payment p
JOIN "order" o ON o.id = p.order_id
LEFT JOIN (
    SELECT entity
    FROM audit_event
    WHERE action = 'payment.opened' AND entity = ANY (ARRAY(
        SELECT 'order:' || o.invoice FROM payment p JOIN "order" o ON o.id = p.order_id WHERE p.state = 'open'
    ))
    UNION ALL
    SELECT entity FROM {rare} AS rare WHERE action = 'payment.lapsed'
) e ON e.entity = CASE p.state WHEN 'open' THEN 'order:' || o.invoice ELSE 'payment:' || p.id END
WHERE p.state IN ('open', 'lapsed') AND e.entity IS NULL
ORDER BY o.id;

-- 6: its payment is called refused, but it has transaction {}
-- Nobody looks at what was given up without a QR.
SELECT o.invoice, p.txn_id
FROM payment p
JOIN "order" o ON o.id = p.order_id
WHERE p.state = 'refused' AND p.txn_id IS NOT NULL
ORDER BY o.id;
