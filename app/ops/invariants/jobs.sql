-- Invariant 4: a promised job is done, waiting, or a dead letter that an operator can see and retry.

-- 4: {} was due at {:%Y-%m-%d %H:%M:%S} UTC and is neither done nor dead
-- The sweep brings lost jobs back within seconds; what is late by this much has been lost all the same.
SELECT 'job ' || id, actor, due_at
FROM outbox
WHERE due_at < %(now)s::timestamptz - interval '2 minutes'
ORDER BY due_at;

-- 4: {} is due only at {:%Y-%m-%d %H:%M:%S} UTC
-- Nothing is promised for later than a watch lasts.
SELECT 'job ' || id, actor, due_at
FROM outbox
WHERE due_at > %(now)s::timestamptz + greatest(interval '49 hours', %(expiry)s)
ORDER BY due_at;

-- 4: still unpaid and open, its deadline was {:%Y-%m-%d %H:%M:%S} UTC
-- An order may outlive its deadline by two minutes while the gateway cannot be asked, and a little: from
-- the first look on that had no answer.
SELECT invoice, expires_at
FROM "order" o
WHERE state = 'pending' AND expires_at < %(now)s::timestamptz - interval '3 minutes'
  AND NOT EXISTS (
      SELECT FROM payment p
      WHERE p.order_id = o.id AND p.unanswered_since > o.expires_at
        AND p.unanswered_since > %(now)s::timestamptz - interval '3 minutes'
  )
ORDER BY expires_at;

-- 4: waits for a QR that nobody is going to ask for
SELECT o.invoice
FROM "order" o
JOIN payment p ON p.order_id = o.id
WHERE o.state = 'pending' AND p.state = 'opening' AND o.id <> ALL (%(dead_openings)s::bigint[])
  AND NOT EXISTS (SELECT 1 FROM outbox b WHERE b.actor = 'open_payment' AND b.args->>0 = o.id::text)
ORDER BY o.id;

-- 4: has {} of {} lines left that nobody is going to add to product {}
SELECT 'batch ' || s.id, s.total - s.done, s.total, s.product_id
FROM stock_batch s
WHERE s.state = 'adding' AND s.id <> ALL (%(dead_batches)s::bigint[])
  AND NOT EXISTS (
    SELECT 1 FROM outbox b WHERE b.actor = 'add_stock_batch' AND b.args->>0 = s.id::text
  )
ORDER BY s.id;

-- 4: is {}, but only {} of its {} lines were added
SELECT 'batch ' || id, state, done, total
FROM stock_batch
WHERE state IN ('done', 'undone') AND done < total
ORDER BY id;
