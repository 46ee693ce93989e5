-- Invariants 2, 4 and 6, about testimonials: they are of goods that were handed over, counted, and told.

-- 2: counts {} ratings of {} stars, but there are {} of {}
-- Those that staff have hidden count for nothing.
SELECT 'product ' || p.id, p.ratings, p.stars, coalesce(t.ratings, 0), coalesce(t.stars, 0)
FROM product p
LEFT JOIN (
    SELECT o.product_id, count(*) AS ratings, sum(t.stars) AS stars
    FROM testimonial t
    JOIN "order" o ON o.id = t.order_id
    WHERE t.hidden_at IS NULL
    GROUP BY o.product_id
) t ON t.product_id = p.id
WHERE (p.ratings, p.stars) IS DISTINCT FROM (coalesce(t.ratings, 0), coalesce(t.stars, 0))
ORDER BY p.id;

-- 2: it was rated, but the order is {}
SELECT o.invoice, o.state
FROM testimonial t
JOIN "order" o ON o.id = t.order_id
WHERE o.state <> 'delivered' OR o.product_id IS NULL
ORDER BY o.id;

-- 6: has {} stars, but the audit says {}
SELECT coalesce(t.invoice, substr(e.entity, 7)), coalesce(t.stars::text, 'no'),
       coalesce(e.data->>'stars', 'nothing of them')
FROM (
    SELECT o.invoice, t.stars FROM testimonial t JOIN "order" o ON o.id = t.order_id
) t
FULL JOIN (
    SELECT entity, data FROM audit_event WHERE action = 'order.rated'
) e ON e.entity = 'order:' || t.invoice
WHERE t.stars IS DISTINCT FROM (e.data->>'stars')::int
ORDER BY 1;

-- 6: its testimonial is {}, but the audit says otherwise
SELECT o.invoice, CASE WHEN t.hidden_at IS NULL THEN 'shown' ELSE 'hidden' END
FROM testimonial t
JOIN "order" o ON o.id = t.order_id
LEFT JOIN (
    SELECT DISTINCT ON (entity) entity, action
    FROM audit_event
    WHERE action IN ('order.rating_hidden', 'order.rating_shown')
    ORDER BY entity, id DESC
) e ON e.entity = 'order:' || o.invoice
WHERE (t.hidden_at IS NOT NULL) <> coalesce(e.action = 'order.rating_hidden', false)
ORDER BY o.id;

-- 4: its post in the channel is to go, and no job is left that takes it away
SELECT o.invoice
FROM testimonial t
JOIN "order" o ON o.id = t.order_id
WHERE t.message_id IS NOT NULL
  AND NOT t.is_public
  AND NOT EXISTS (
    SELECT 1 FROM outbox b WHERE b.actor = 'post_testimonial' AND b.args->>0 = t.id::text
  )
  AND NOT EXISTS (
    SELECT 1 FROM dead_letter d
    WHERE d.actor = 'post_testimonial' AND d.subject = t.id::text AND d.state = 'dead'
  )
ORDER BY o.id;
