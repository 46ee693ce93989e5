-- Invariant 3: vouchers spent match orders paid, and none counts twice. Codes are money, so shown in part.

-- 3: is {}, but {} paid and {} unpaid orders have it
-- Spent by one paid order, reserved by one unpaid order, otherwise free.
SELECT 'voucher ' || left(v.code, 4) || '…', v.state, coalesce(o.paid, 0), coalesce(o.unpaid, 0)
FROM voucher v
LEFT JOIN (
    SELECT voucher_code,
           count(*) FILTER (WHERE state IN ('paid', 'delivered')) AS paid,
           count(*) FILTER (WHERE state = 'pending') AS unpaid
    FROM "order"
    WHERE voucher_code IS NOT NULL
    GROUP BY voucher_code
) o ON o.voucher_code = v.code
WHERE (coalesce(o.paid, 0), coalesce(o.unpaid, 0)) <> CASE v.state
    WHEN 'spent' THEN (1::bigint, 0::bigint)
    WHEN 'reserved' THEN (0::bigint, 1::bigint)
    ELSE (0::bigint, 0::bigint)
END
ORDER BY v.code;

-- 3: the order is user {}'s, its voucher was redeemed by user {} at {}
SELECT o.invoice, o.user_id, v.user_id, v.redeemed_at
FROM "order" o
JOIN voucher v ON v.code = o.voucher_code
WHERE o.state IN ('pending', 'paid', 'delivered')
  AND (v.user_id IS DISTINCT FROM o.user_id OR v.redeemed_at IS NULL
       OR v.redeemed_at NOT BETWEEN v.created_at AND v.expires_at)
ORDER BY o.id;

-- 3: redeemed vouchers at {:%Y-%m-%d %H:%M:%S} and {:%H:%M:%S} UTC, too soon after one another
-- But for late payments: an order that the gateway seemed to refuse left no pause behind.
SELECT 'user ' || user_id, before, redeemed_at
FROM (
    SELECT user_id, redeemed_at,
           lag(redeemed_at) OVER (PARTITION BY user_id ORDER BY redeemed_at) AS before
    FROM voucher v
    WHERE user_id IS NOT NULL AND redeemed_at IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM "order" o WHERE o.voucher_code = v.code AND o.reason = 'late'
    )
) AS redemptions
WHERE redeemed_at - before < %(voucher_pause)s
ORDER BY user_id, redeemed_at;

-- 3: {} times {} less {} makes {}, with a voucher of {}
-- A voucher takes off what it is worth, or all there is.
SELECT o.invoice, o.quantity, o.unit_price, o.discount, o.total, coalesce(v.amount, 0)
FROM "order" o
LEFT JOIN voucher v ON v.code = o.voucher_code
WHERE o.total <> o.quantity * o.unit_price - o.discount
   OR o.discount < least(coalesce(v.amount, 0), o.quantity * o.unit_price)
ORDER BY o.id;
