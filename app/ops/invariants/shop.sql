-- Invariant 6, about the shop itself: its settings and groups; and that nothing is dated in the future.

-- 6: is {}, but the audit says {}
-- The last event about a setting says what it is; off without any.
SELECT coalesce('setting ' || s.key, t.entity), coalesce(s.value::text, 'not set'),
       coalesce(t.value::text, 'that nobody set it')
FROM (SELECT key, value FROM setting WHERE key = ANY(%(decided)s) AND value <> 'false') s
FULL JOIN (
    SELECT DISTINCT ON (entity) entity, nullif(data->'after', 'false') AS value
    FROM {rare} AS rare
    WHERE entity = ANY(%(decided_entities)s)
    ORDER BY entity, id DESC
) t ON t.entity = 'setting:' || s.key
WHERE s.value IS DISTINCT FROM t.value
ORDER BY 1;

-- 6: {}
-- Groups read what buyers do. A group that moved has left its old number.
SELECT coalesce('group ' || g.chat_id, replace(t.entity, ':', ' ')), CASE
    WHEN g.chat_id IS NULL THEN 'was added, and is gone'
    ELSE 'gets the notices of the shop, and no audit event says that it was added' END
FROM notify_group g
FULL JOIN (
    SELECT DISTINCT ON (entity) entity, action
    FROM (
        SELECT id, entity, action FROM {rare} AS rare
        WHERE action ~ '^group[.]' AND action <> 'group.topic_chosen'
        UNION ALL
        SELECT id, 'group:' || (data->>'before'), 'group.left'
        FROM {rare} AS moves
        WHERE action = 'group.moved'
    ) events
    ORDER BY entity, id DESC
) t ON t.entity = 'group:' || g.chat_id
WHERE (g.chat_id IS NOT NULL) <> coalesce(t.action IN ('group.added', 'group.moved'), false)
ORDER BY 1;

-- 2: counts {} people, but there are {}
SELECT 'setting users_joined', coalesce(s.value, '0'), u.people
FROM (SELECT count(*) AS people FROM "user") u
LEFT JOIN setting s ON s.key = 'users_joined'
WHERE coalesce(s.value, '0') <> to_jsonb(u.people);

-- 4: {} is {}, which is still to come
-- What is swept, reported or told next time only when that time has passed would wait for it.
-- Clocks differ, and one may be set back by an hour.
SELECT subject, what, at
FROM (
    SELECT 'job ' || id, 'its last sweep', swept_at FROM outbox
    UNION ALL SELECT 'user ' || id, 'the ban', banned_at FROM "user"
    UNION ALL SELECT 'user ' || id, 'when they blocked the bot', unreachable_at FROM "user"
    UNION ALL SELECT 'user ' || id, 'when they wrote last', seen_at FROM "user"
    UNION ALL SELECT 'user ' || id, 'when they joined', joined_at FROM "user"
    UNION ALL SELECT 'product ' || id, 'when it was added', created_at FROM product
    UNION ALL SELECT 'item ' || id, 'when it was added', added_at FROM stock_item
    UNION ALL SELECT 'ledger entry ' || id, 'when it was made', created_at FROM ledger_entry
    UNION ALL SELECT 'payment ' || id, 'when it was asked for', created_at FROM payment
    UNION ALL SELECT 'payment ' || id, 'when it was completed', completed_at FROM payment
    UNION ALL SELECT 'setting ' || key, 'its moment', to_timestamp((value)::float8) FROM setting
              WHERE (key = 'expired_reported_until' OR starts_with(key, 'alarm:'))
                AND jsonb_typeof(value) = 'number'
) AS moments (subject, what, at)
WHERE at > %(now)s::timestamptz + interval '2 hours'
ORDER BY subject;
