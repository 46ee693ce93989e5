-- Invariant 2, about accounts that several buyers share: each slot is one item, and nobody's twice.

-- 2: slot {} of one account is {} items
SELECT 'product ' || product_id, slot, count(*)
FROM stock_item
WHERE account IS NOT NULL
GROUP BY product_id, account, slot
HAVING count(*) > 1
ORDER BY product_id;

-- 2: item {} is on the shelf as {}, but a line is sold to {}
-- Goods that were split otherwise would be sold at the wrong price.
SELECT 'product ' || p.id, s.id, CASE WHEN s.slot IS NULL THEN 'a whole one' ELSE 'slot ' || s.slot END, p.slots
FROM stock_item s
JOIN product p ON p.id = s.product_id
WHERE s.state = 'available'
  AND s.kind = 'text'
  AND CASE WHEN p.slots = 1 THEN s.slot IS NOT NULL ELSE s.slot IS NULL OR s.slot > p.slots END
ORDER BY s.id;

-- 2: item {} is known by another line than its account
-- The first slot is known by the line, as the account is.
SELECT 'product ' || product_id, id
FROM stock_item
WHERE slot = 1 AND account <> fingerprint
ORDER BY id;
