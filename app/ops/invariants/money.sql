-- Invariants 1 and 3: a payment has one end, and a balance is the sum of its ledger.

-- 1: {}
-- One look at every order with its payment.
SELECT invoice, problem
FROM (
    SELECT o.id, o.invoice, concat_ws(E'\n',
               CASE WHEN p.state = 'completed'
                     AND o.state <> 'credited' AND (o.kind = 'deposit' OR o.state NOT IN ('paid', 'delivered'))
                    THEN concat('its payment is completed, but the order is ', o.state) END,
               CASE WHEN o.method = 'qris' AND o.state IN ('paid', 'delivered', 'credited')
                     AND p.state IS DISTINCT FROM 'completed'
                    THEN concat('the order is ', o.state, ', but its payment is ', coalesce(p.state, 'missing')) END,
               CASE WHEN p.amount <> o.total
                    THEN concat('the order costs ', o.total, ', but its payment is about ', p.amount) END,
               CASE WHEN (p.id IS NOT NULL) <> (o.method = 'qris')
                     AND NOT (p.id IS NULL AND o.state IN ('paid', 'delivered', 'credited'))
                    THEN concat('the order is ', o.state, ' by ', o.method, ' for ', o.total, ', and has ',
                                CASE WHEN p.id IS NULL THEN 'no' ELSE 'a' END, ' payment') END) AS problems
    FROM "order" o
    LEFT JOIN payment p ON p.order_id = o.id
) AS each
CROSS JOIN string_to_table(problems, E'\n') AS problem
WHERE problems <> ''
ORDER BY id, problem;

-- 1: the order is paid, but nobody is going to deliver it
-- In hand is: a job in the outbox, a dead letter that can be retried, or a buyer who blocked the bot.
SELECT o.invoice
FROM "order" o
JOIN "user" u ON u.id = o.user_id
WHERE o.state = 'paid' AND u.unreachable_at IS NULL AND o.id <> ALL (%(dead_deliveries)s::bigint[])
  AND NOT EXISTS (
      SELECT 1 FROM outbox b WHERE b.actor = 'deliver_order' AND b.args->>0 = o.id::text
  )
ORDER BY o.id;

-- 1: the order is {}, but its payment is {} and nobody watches it
SELECT o.invoice, o.state, p.state
FROM payment p
JOIN "order" o ON o.id = p.order_id
WHERE o.state IN ('expired', 'canceled') AND p.state IN ('opening', 'open')
  AND (p.state = 'opening' OR p.watch_until IS NULL OR p.next_check_at IS NULL)
ORDER BY o.id;

-- 1: the order is {}, but the ledger credits it {} times
SELECT o.invoice, o.state, coalesce(c.entries, 0)
FROM "order" o
LEFT JOIN (
    SELECT split_part(reason, ':', 2) AS invoice, count(*) AS entries
    FROM ledger_entry
    WHERE split_part(reason, ':', 1) = 'order' AND starts_with(split_part(reason, ':', 3), 'credit')
    GROUP BY 1
) c ON c.invoice = o.invoice
WHERE coalesce(c.entries, 0) <> (o.state = 'credited' AND o.total > 0)::int
ORDER BY o.id;

-- 1: the order is paid by {}, but the ledger charges it {} times
SELECT o.invoice, o.method, coalesce(c.entries, 0)
FROM "order" o
LEFT JOIN (
    SELECT split_part(reason, ':', 2) AS invoice, count(*) AS entries
    FROM ledger_entry
    WHERE split_part(reason, ':', 1) = 'order' AND starts_with(split_part(reason, ':', 3), 'payment')
    GROUP BY 1
) c ON c.invoice = o.invoice
WHERE coalesce(c.entries, 0) <> (o.method = 'balance' AND o.total > 0)::int
ORDER BY o.id;

-- 1: ledger entry {} posts {} to user {} for it, the order says otherwise
SELECT split_part(l.reason, ':', 2), l.id, l.amount, l.user_id
FROM ledger_entry l
LEFT JOIN "order" o ON o.invoice = split_part(l.reason, ':', 2)
LEFT JOIN payment p ON p.order_id = o.id
WHERE split_part(l.reason, ':', 1) = 'order'
  AND split_part(l.reason, ':', 3) IN ('credit', 'payment', 'excess')
  AND (o.user_id, CASE split_part(l.reason, ':', 3)
          WHEN 'payment' THEN -o.total
          WHEN 'excess' THEN p.accepted - o.total
          ELSE CASE WHEN o.paid_at IS NULL THEN coalesce(p.accepted, o.total)
                    ELSE least(p.accepted, o.total) END
      END) IS DISTINCT FROM (l.user_id, l.amount)
ORDER BY l.id;

-- 1: the order is {} and cost {}, but {} refunds of together {} went to user {}
-- At most one for an order besides those for single items, and together at most what it cost.
SELECT r.invoice, coalesce(o.state, 'missing'), coalesce(o.total, 0), r.entries, r.amount, r.user_id
FROM (
    SELECT split_part(reason, ':', 2) AS invoice, user_id, sum(amount) AS amount,
           count(*) FILTER (WHERE split_part(reason, ':', 3) <> 'warranty') AS entries
    FROM ledger_entry
    WHERE split_part(reason, ':', 1) = 'order'
      AND (starts_with(split_part(reason, ':', 3), 'refund') OR split_part(reason, ':', 3) = 'warranty')
    GROUP BY 1, 2
) r
LEFT JOIN "order" o ON o.invoice = r.invoice
WHERE o.state IS DISTINCT FROM 'delivered' OR o.user_id <> r.user_id OR r.entries > 1
   OR r.amount NOT BETWEEN 1 AND o.total
ORDER BY r.invoice;

-- 1: the deposit is {}, of {} times {}, with a discount of {}
SELECT invoice, state, quantity, unit_price, discount
FROM "order"
WHERE kind = 'deposit'
  AND (state IN ('paid', 'delivered') OR quantity <> 1 OR discount <> 0 OR voucher_code IS NOT NULL
       OR method <> 'qris')
ORDER BY id;

-- 3: the balance is {}, but the ledger sums to {}
SELECT 'user ' || u.id, u.balance, coalesce(l.total, 0)
FROM "user" u
LEFT JOIN (SELECT user_id, sum(amount) AS total FROM ledger_entry GROUP BY user_id) l
       ON l.user_id = u.id
WHERE u.balance <> coalesce(l.total, 0)
ORDER BY u.id;

-- 3: ledger entry {} adds {} to {} and says that makes {}
SELECT 'user ' || user_id, id, amount, before, balance
FROM (
    SELECT *, coalesce(lag(balance) OVER (PARTITION BY user_id ORDER BY id), 0) AS before
    FROM ledger_entry
) AS steps
WHERE before + amount <> balance
ORDER BY id;

-- 3: the balance is {}
SELECT 'user ' || id, balance FROM "user" WHERE balance < 0
UNION ALL
SELECT 'ledger entry ' || id, balance FROM ledger_entry WHERE balance < 0;
