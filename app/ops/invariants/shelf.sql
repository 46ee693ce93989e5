-- Invariant 6, about products: what they are, cost and hold is what the audit events say.
--
-- A number can pass from one product to another (`/editid`), so events count from the last one that gave it.

-- 6: has no audit event product.added
SELECT 'product ' || p.id
FROM product p
LEFT JOIN ({life}) e ON e.product_id = p.id
WHERE e.id IS NULL
ORDER BY p.id;

-- 6: was added as {}, and is gone
-- Or have moved on to another number.
SELECT 'product ' || e.product_id, e.data->>'name'
FROM ({life}) e
LEFT JOIN product p ON p.id = e.product_id
LEFT JOIN {rare} r ON r.action = 'product.renumbered' AND r.id > e.id
                       AND (r.data->>'before')::int = e.product_id
WHERE e.action IN ('product.added', 'product.renumbered') AND p.id IS NULL AND r.id IS NULL
ORDER BY e.product_id;

-- 6: {} is {}, but the audit says {}
-- Name, price, discounts and so on. Events older than these checks tell less.
WITH told AS (
    SELECT e.product_id, max(e.birth) AS birth, jsonb_object_agg(k.key, k.value ORDER BY e.id) AS facts
    FROM ({life}) e
    CROSS JOIN LATERAL jsonb_each(
        CASE e.action WHEN 'product.changed' THEN e.data->'after'
                      WHEN 'product.added' THEN e.data
                      WHEN 'product.renumbered' THEN coalesce(e.data->'values', '{}') END
    ) AS k
    WHERE e.action IN ('product.changed', 'product.added', 'product.renumbered')
    GROUP BY e.product_id
)
SELECT 'product ' || p.id, fact.name, fact.value::text, coalesce(fact.told, 'null')::text
FROM product p
JOIN told t ON t.product_id = p.id
CROSS JOIN LATERAL (
    SELECT k.key AS name, k.value, CASE
        WHEN t.facts ? k.key THEN t.facts->k.key
        WHEN t.birth <> 'product.added' OR k.key = 'description' THEN k.value
        WHEN k.key = 'sold_offset' THEN '0'
        WHEN k.key = 'slots' THEN '1'
    END AS told
    FROM jsonb_each(to_jsonb(p)) AS k
    WHERE k.key = ANY(%(columns)s)
) AS fact
WHERE fact.value <> coalesce(fact.told, 'null')
ORDER BY p.id, fact.name;

-- 6: {}
-- The last event about it says whether the product is on sale, or off the shelf as no key opens its goods.
WITH told AS (
    SELECT DISTINCT ON (product_id, about) product_id, about, action
    FROM (
        SELECT *, action IN ('stock.locked', 'stock.unlocked') AS about FROM ({life}) e
        WHERE action IN ('product.added', 'product.renumbered', 'product.retired', 'product.returned',
                         'stock.locked', 'stock.unlocked')
    ) events
    ORDER BY product_id, about, id DESC
)
SELECT 'product ' || p.id, CASE WHEN NOT t.about AND p.retired_at IS NULL THEN 'is on sale, but was retired'
                                WHEN NOT t.about THEN 'has no audit event product.retired'
                                WHEN p.locked_at IS NULL THEN 'is on the shelf, but was locked'
                                ELSE 'is off the shelf, but was unlocked' END
FROM product p
JOIN told t ON t.product_id = p.id
WHERE CASE WHEN t.about THEN (p.locked_at IS NOT NULL) <> (t.action = 'stock.locked')
           ELSE (p.retired_at IS NOT NULL) <> (t.action = 'product.retired') END
UNION ALL
SELECT 'product ' || id, 'is off the shelf, and no audit event says so'
FROM product
WHERE locked_at IS NOT NULL AND id NOT IN (SELECT product_id FROM told WHERE about)
ORDER BY 1;

-- 6: has {} items, but audit events tell of {}
-- What was added less what was removed is there, sold or not. Copies of a file are not counted. Which items they
-- are, the sum of their marks tells, but for what was added before events told of it.
SELECT 'product ' || p.id, coalesce(s.items, 0),
       CASE WHEN s.items = e.items THEN 'others' ELSE coalesce(e.items, 0)::text END
FROM product p
LEFT JOIN (
    SELECT product_id, count(*) AS items, sum({item_mark}) AS marks
    FROM stock_item
    WHERE fingerprint IS NOT NULL
    GROUP BY product_id
) s ON s.product_id = p.id
LEFT JOIN (
    SELECT product_id, sum(
               (data->>'count')::bigint * CASE action WHEN 'stock.removed' THEN -1 ELSE 1 END
           ) AS items,
           sum((data->>'sum')::numeric * CASE action WHEN 'stock.removed' THEN -1 ELSE 1 END) AS marks,
           bool_and(data ? 'sum' OR data->>'count' = '0') AS tells_marks
    FROM ({life}) e
    WHERE action IN ('stock.added', 'stock.removed', 'product.renumbered')
    GROUP BY product_id
) e ON e.product_id = p.id
WHERE coalesce(s.items, 0) <> coalesce(e.items, 0)
   OR e.tells_marks AND coalesce(s.marks, 0) <> coalesce(e.marks, 0)
ORDER BY p.id;

-- 6: is one file for every buyer: {}; but the audit says: {}
SELECT 'product ' || p.id, coalesce(p.shared_kind, 'no file'), coalesce(t.kind, 'none')
FROM product p
LEFT JOIN (
    SELECT DISTINCT ON (product_id) product_id,
           CASE action WHEN 'stock.shared' THEN data->>'after'
                       WHEN 'product.renumbered' THEN data->>'shared' END AS kind
    FROM ({life}) e
    WHERE action IN ('stock.shared', 'product.renumbered')
       OR action = 'stock.removed' AND data->>'shared' IS NOT NULL
    ORDER BY product_id, id DESC
) t ON t.product_id = p.id
WHERE p.shared_kind IS DISTINCT FROM t.kind
ORDER BY p.id;

-- 6: is discounted by {}, but the audit says {}
SELECT coalesce('category ' || d.category, t.entity), coalesce(d.discount::text, 'nothing'),
       coalesce(t.discount::text, 'nothing')
FROM (
    SELECT category, jsonb_build_object('percent', percent, 'amount', amount) AS discount
    FROM category_discount
) d
FULL JOIN (
    SELECT DISTINCT ON (entity) entity, nullif(data->'after', 'null') AS discount
    FROM {rare} AS events
    WHERE action = 'category.discounted'
    ORDER BY entity, id DESC
) t ON t.entity = 'category:' || d.category
WHERE d.discount IS DISTINCT FROM t.discount
ORDER BY 1;
