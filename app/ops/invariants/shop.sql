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

-- 6: gets the notices of the shop in topic {}, but the audit says {}
-- Others may read there. Events older than topics do not tell.
SELECT 'group ' || g.chat_id, coalesce(g.thread_id::text, 'none'), coalesce(t.topic, 'none')
FROM notify_group g
JOIN (
    SELECT DISTINCT ON (entity) entity, action = 'group.added' AND NOT data ? 'topic' AS is_older,
           CASE action WHEN 'group.added' THEN data->>'topic'
                       WHEN 'group.topic_chosen' THEN data->>'after' END AS topic
    FROM {rare} AS rare
    WHERE action IN ('group.added', 'group.topic_chosen', 'group.moved')
    ORDER BY entity, id DESC
) t ON t.entity = 'group:' || g.chat_id
WHERE NOT t.is_older AND g.thread_id::text IS DISTINCT FROM t.topic
ORDER BY g.chat_id;

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
    UNION ALL SELECT 'order ' || order_id, 'when its goods went out', at FROM delivery
    UNION ALL SELECT 'voucher ' || left(code, 4) || '…', 'when it was redeemed', redeemed_at FROM voucher
    UNION ALL SELECT 'testimonial ' || id, 'since when it is posted', taken_at FROM testimonial
    UNION ALL SELECT 'order ' || order_id, 'when the gateway was asked in vain', unanswered_since FROM payment
    UNION ALL SELECT 'fee of ' || amount, 'when it was asked for', asked_at FROM quote
    UNION ALL SELECT 'dead job ' || id, 'when it failed', died_at FROM dead_letter
    UNION ALL SELECT 'update ' || id, 'when it was handled', handled_at FROM handled_update
    UNION ALL SELECT 'alert ' || name, 'when it was measured', measured_at FROM alert
    UNION ALL SELECT 'setting ' || key, 'its moment', to_timestamp((value)::float8) FROM setting
              WHERE (key = 'expired_reported_until' OR starts_with(key, 'alarm:'))
                AND jsonb_typeof(value) = 'number'
) AS moments (subject, what, at)
WHERE at > %(now)s::timestamptz + interval '2 hours'
ORDER BY subject;

-- 6: is silent until {}, but the audit says {}
SELECT 'alert ' || a.name, to_char(a.muted_until, 'YYYY-MM-DD HH24:MI:SS'), coalesce(e.data->>'until', 'nothing')
FROM alert a
LEFT JOIN (
    SELECT DISTINCT ON (entity) entity, data
    FROM {rare} AS rare
    WHERE action = 'alert.muted'
    ORDER BY entity, id DESC
) e ON e.entity = 'alert:' || a.name
WHERE a.muted_until > %(now)s AND a.muted_until IS DISTINCT FROM (e.data->>'until')::timestamptz
ORDER BY a.name;

-- 6: opens the ops page for user {} until {}, and the audit says that it {}
-- Whoever ended a session must not find it open again. Events older than this check name no session.
SELECT 'session ' || live.number, live.facts->>0, to_timestamp((live.facts->>1)::float8),
       CASE WHEN ended.id IS NULL THEN 'never began' ELSE 'has ended' END
FROM setting s
CROSS JOIN LATERAL jsonb_each(s.value) AS live (number, facts)
LEFT JOIN {rare} AS begun ON begun.action = 'ops.logged_in' AND begun.entity = 'user:' || (live.facts->>0)
                         AND coalesce(begun.data->>'session', live.number) = live.number
LEFT JOIN {rare} AS ended ON ended.action = 'ops.logged_out' AND ended.data->>'session' = live.number
WHERE s.key = 'ops_sessions' AND jsonb_typeof(s.value) = 'object'
  AND to_timestamp((live.facts->>1)::float8) > %(now)s
  AND (begun.id IS NULL OR ended.id IS NOT NULL)
GROUP BY 1, 2, 3, 4
ORDER BY 1;

-- 6: {} in {} reads {}, but the audit says {}
-- What the owner says instead of the shop's own sentences. Events older than this check name no language.
SELECT 'setting own_words', coalesce(w.name, t.name), coalesce(w.language, t.language),
       coalesce(w.text, 'as ever'), coalesce(t.text, 'nothing of it')
FROM (
    SELECT l.key AS language, s.key AS name, s.value AS text
    FROM setting, jsonb_each(value) AS l, jsonb_each_text(l.value) AS s
    WHERE setting.key = 'own_words'
) w
FULL JOIN (
    SELECT DISTINCT ON (data->>'name', data->>'language')
           data->>'name' AS name, data->>'language' AS language, data->>'after' AS text
    FROM {rare} AS rare
    WHERE action = 'words.changed' AND data ? 'language'
    ORDER BY data->>'name', data->>'language', id DESC
) t ON t.name = w.name AND t.language = w.language
LEFT JOIN (
    SELECT DISTINCT data->>'name' AS name, data->>'after' AS text
    FROM {rare} AS older
    WHERE action = 'words.changed' AND NOT data ? 'language'
) o ON o.name = w.name AND o.text = w.text AND t.name IS NULL
WHERE w.text IS DISTINCT FROM t.text AND o.name IS NULL
ORDER BY 2, 3;
