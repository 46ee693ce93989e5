-- Invariant 6, about people: roles and bans are as the last audit event says.
-- Invariant 4: whoever can be reached has been promised all that they missed.

-- 6: the audit says otherwise than the role: {} is {}
-- The last event about a role says what the role is.
WITH told AS (
    SELECT DISTINCT ON (entity, role) entity, role, split_part(action, '_', 2) = 'added' AS given
    FROM (
        SELECT id, entity, action, split_part(split_part(action, '.', 2), '_', 1) AS role
        FROM {rare} AS rare
        WHERE action IN ('user.admin_added', 'user.admin_removed',
                         'user.reseller_added', 'user.reseller_removed')
    ) AS events
    ORDER BY entity, role, id DESC
)
SELECT 'user ' || u.id, r.role, r.given
FROM "user" u
CROSS JOIN LATERAL (VALUES ('admin', u.is_admin), ('reseller', u.is_reseller)) AS r (role, given)
LEFT JOIN told t ON t.entity = 'user:' || u.id AND t.role = r.role
WHERE r.given <> coalesce(t.given, false)
ORDER BY u.id, r.role;

-- 6: the audit says otherwise than the ban: it is {}
-- The last event about a ban says whether there is one.
WITH told AS (
    SELECT DISTINCT ON (entity) entity, action = 'user.banned' AS banned
    FROM {rare} AS rare
    WHERE action IN ('user.banned', 'user.unbanned')
    ORDER BY entity, id DESC
)
SELECT 'user ' || u.id, u.banned_at IS NOT NULL
FROM "user" u
LEFT JOIN told t ON t.entity = 'user:' || u.id
WHERE (u.banned_at IS NOT NULL) <> coalesce(t.banned, false)
ORDER BY u.id;

-- 4: can be reached, and is not told what they missed
SELECT 'user ' || id
FROM "user"
WHERE missed IS NOT NULL AND unreachable_at IS NULL
ORDER BY id;
