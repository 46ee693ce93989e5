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
-- The last event about a ban says whether there is one. Who is gone would come back unbanned.
WITH told AS (
    SELECT DISTINCT ON (entity) entity, action = 'user.banned' AS banned
    FROM {rare} AS rare
    WHERE action IN ('user.banned', 'user.unbanned')
    ORDER BY entity, id DESC
)
SELECT coalesce('user ' || u.id, replace(t.entity, ':', ' ')), u.banned_at IS NOT NULL
FROM "user" u
FULL JOIN told t ON t.entity = 'user:' || u.id
WHERE (u.banned_at IS NOT NULL) <> coalesce(t.banned, false)
ORDER BY 1;

-- 6: is forgotten: {}; but the audit says otherwise
-- Nothing is sent to who is forgotten, but what was paid for.
WITH told AS (
    SELECT DISTINCT ON (entity) entity, action = 'user.forgotten' AS forgotten
    FROM {rare} AS rare
    WHERE action IN ('user.forgotten', 'user.came_back')
    ORDER BY entity, id DESC
)
SELECT 'user ' || u.id, u.forgotten_at IS NOT NULL
FROM "user" u
LEFT JOIN told t ON t.entity = 'user:' || u.id
WHERE (u.forgotten_at IS NOT NULL) <> coalesce(t.forgotten, false)
ORDER BY u.id;

-- 4: can be reached, and is not told what they missed
SELECT 'user ' || id
FROM "user"
WHERE missed IS NOT NULL AND unreachable_at IS NULL
ORDER BY id;

-- 6: is forgotten, but for {}
SELECT 'user ' || id, concat_ws(', ', CASE WHEN username IS NOT NULL THEN 'the username' END,
                                CASE WHEN email IS NOT NULL THEN 'the email address' END,
                                CASE WHEN whatsapp IS NOT NULL THEN 'the phone number' END)
FROM "user"
WHERE forgotten_at IS NOT NULL AND (username, email, whatsapp) IS DISTINCT FROM (NULL, NULL, NULL)
ORDER BY id;
