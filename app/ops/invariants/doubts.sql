-- Invariant 5: what contradicts is known to an admin, and named until somebody has dealt with it.

-- 5: the gateway contradicts its payment ({}) since {:%Y-%m-%d %H:%M:%S} UTC: accept or refuse it
SELECT o.invoice, c.differs #>> '{}', c.found_at
FROM contradiction c
JOIN "order" o ON o.id = c.order_id
WHERE c.verdict IS NULL
ORDER BY c.found_at, o.id;

-- 5: the gateway says that {} was paid{}, which no order of ours fits, since {:%Y-%m-%d %H:%M:%S} UTC
-- The gateway told of a payment that we cannot place.
SELECT 'stray ' || id, invoice,
       CASE txn_id WHEN '' THEN '' ELSE ' by transaction ' || txn_id END, found_at
FROM stray
WHERE outcome IS NULL
ORDER BY found_at, id;

-- 5: its payment counts with {}, but the decision about it is {}
SELECT o.invoice, coalesce(p.accepted::text, 'what it asked for'), coalesce(c.verdict, 'missing')
FROM payment p
JOIN "order" o ON o.id = p.order_id
LEFT JOIN contradiction c ON c.order_id = o.id
WHERE (p.accepted IS NOT NULL) <> (c.verdict IS NOT DISTINCT FROM 'accepted')
   OR (p.accepted IS NOT NULL AND p.state <> 'completed')
ORDER BY o.id;

-- 1: was paid with {} instead of {}, but {} entries credit the rest
-- What an operator accepted beyond the price of goods becomes balance.
SELECT o.invoice, p.accepted, o.total, coalesce(l.entries, 0)
FROM payment p
JOIN "order" o ON o.id = p.order_id
LEFT JOIN (
    SELECT split_part(reason, ':', 2) AS invoice, count(*) AS entries
    FROM ledger_entry
    WHERE split_part(reason, ':', 1) = 'order' AND split_part(reason, ':', 3) = 'excess'
    GROUP BY 1
) l ON l.invoice = o.invoice
WHERE p.accepted IS NOT NULL
  AND coalesce(l.entries, 0) <> (o.paid_at IS NOT NULL AND p.accepted > o.total)::int
ORDER BY o.id;

-- 1: is {}, but the ledger credits it {} times
SELECT 'stray ' || s.id, coalesce(s.outcome, 'open'), count(l.id)
FROM stray s
LEFT JOIN ledger_entry l ON l.reason = 'stray:' || s.id || ':credit'
GROUP BY s.id
HAVING count(l.id) <> (s.outcome IS NOT DISTINCT FROM 'credited')::int
ORDER BY s.id;

-- 6: is {}, but the audit says {}
-- Money that nobody looks for any more.
SELECT coalesce('stray ' || s.id, replace(t.entity, ':', ' ')),
       CASE WHEN s.id IS NULL THEN 'gone' ELSE coalesce(s.outcome, 'open') END, coalesce(t.outcome, 'nothing')
FROM stray s
FULL JOIN (
    SELECT DISTINCT ON (entity) entity, replace(substr(action, 7), 'found', 'open') AS outcome
    FROM {rare} AS rare
    WHERE action ~ '^stray[.]' AND action <> 'stray.answered'
    ORDER BY entity, id DESC
) t ON t.entity = 'stray:' || s.id
WHERE s.id IS NULL OR coalesce(s.outcome, 'open') IS DISTINCT FROM t.outcome
ORDER BY 1;

-- 6: is about {}, but the audit says {}
-- Whoever decides looks the payment up by it.
SELECT 'stray ' || s.id, concat_ws(' ', s.invoice, s.txn_id),
       concat_ws(' ', e.data->>'invoice', coalesce(e.data->>'txn_id', ''))
FROM stray s
JOIN {rare} e ON e.action = 'stray.found' AND e.entity = 'stray:' || s.id
WHERE (s.invoice, s.txn_id) IS DISTINCT FROM (e.data->>'invoice', coalesce(e.data->>'txn_id', ''))
ORDER BY s.id;

-- 6: the gateway contradicted its payment, and that is gone
SELECT DISTINCT substr(e.entity, 7)
FROM audit_event e
LEFT JOIN "order" o ON o.invoice = substr(e.entity, 7)
LEFT JOIN contradiction c ON c.order_id = o.id
WHERE e.action = 'payment.contradicted' AND c.order_id IS NULL
ORDER BY 1;

-- 6: the gateway is said to contradict with {}, but the audit says {}
-- Somebody decides by it.
SELECT o.invoice, c.said::text, e.said::text
FROM contradiction c
JOIN "order" o ON o.id = c.order_id
JOIN (
    SELECT DISTINCT ON (entity) entity, data->'said' AS said
    FROM audit_event
    WHERE action = 'payment.contradicted'
    ORDER BY entity, id DESC
) e ON e.entity = 'order:' || o.invoice
WHERE c.verdict IS NULL AND c.said <> e.said
ORDER BY o.id;

-- 6: the gateway is said to answer {}, but the audit says {}
-- Somebody is given what it says was paid. Older events do not tell.
SELECT 'stray ' || s.id, coalesce(s.said::text, 'nothing'), e.said::text
FROM stray s
JOIN (
    SELECT DISTINCT ON (entity) entity, data->'said' AS said
    FROM {rare} AS rare
    WHERE action IN ('stray.found', 'stray.answered') AND data ? 'said'
    ORDER BY entity, id DESC
) e ON e.entity = 'stray:' || s.id
WHERE s.outcome IS NULL AND s.said IS DISTINCT FROM nullif(e.said, 'null')
ORDER BY s.id;
