-- Invariants 4 and 6, for broadcasts: every recipient is counted, one that runs has somebody who sends it, and
-- nothing goes to everybody that nobody asked for.

-- 4: counts {} {} recipients, but there are {}
-- Old lists are pruned; what they counted stays.
SELECT 'broadcast ' || b.id, counter.counted, counter.what, counter.found
FROM broadcast b
LEFT JOIN (
    SELECT broadcast_id,
           count(*) AS total,
           count(*) FILTER (WHERE state = 'sent') AS sent,
           count(*) FILTER (WHERE state = 'blocked') AS blocked,
           count(*) FILTER (WHERE state = 'failed') AS failed,
           count(*) FILTER (WHERE state = 'unknown') AS unknown
    FROM broadcast_recipient
    GROUP BY broadcast_id
) r ON r.broadcast_id = b.id
CROSS JOIN LATERAL (
    VALUES ('listed', b.total, coalesce(r.total, 0)),
           ('sent', b.sent, coalesce(r.sent, 0)),
           ('blocked', b.blocked, coalesce(r.blocked, 0)),
           ('failed', b.failed, coalesce(r.failed, 0)),
           ('unknown', b.unknown, coalesce(r.unknown, 0))
) AS counter (what, counted, found)
WHERE counter.counted <> counter.found AND (b.ended_at IS NULL OR b.ended_at > %(recipients_since)s)
ORDER BY b.id;

-- 4: is done, but user {} is {}
SELECT 'broadcast ' || b.id, r.user_id, r.state
FROM broadcast b
JOIN broadcast_recipient r ON r.broadcast_id = b.id AND r.state IN ('waiting', 'sending')
WHERE b.state = 'done'
ORDER BY b.id, r.user_id;

-- 4: is running, but nobody is going to send it
-- By a job of this run: one that lists recipients, then those that write to them.
SELECT 'broadcast ' || b.id
FROM broadcast b
WHERE b.state = 'running' AND b.id <> ALL (%(dead_broadcasts)s::bigint[])
  AND NOT EXISTS (
      SELECT 1
      FROM outbox o
      WHERE o.actor = CASE WHEN b.listed_at IS NULL THEN 'list_recipients' ELSE 'send_broadcast' END
        AND o.args->>0 = b.id::text AND o.args->>1 = b.run::text
  )
ORDER BY b.id;

-- 4: waits in line, but nothing is running
SELECT 'broadcast ' || id
FROM broadcast
WHERE state = 'queued' AND NOT EXISTS (SELECT 1 FROM broadcast WHERE state = 'running')
ORDER BY id;

-- 6: is {}, but the audit says {}
-- The last event about it says what it is. Events that are older than drafts tell of none.
SELECT coalesce('broadcast ' || b.id, replace(t.entity, ':', ' ')), coalesce(b.state, 'gone'),
       coalesce(t.state, 'nothing')
FROM broadcast b
FULL JOIN (
    SELECT DISTINCT ON (entity) entity, replace(substr(action, 11), 'drafted', 'draft') AS state
    FROM {rare} AS rare
    WHERE action IN ('broadcast.drafted', 'broadcast.queued', 'broadcast.running', 'broadcast.paused',
                     'broadcast.stopped', 'broadcast.done')
    ORDER BY entity, id DESC
) t ON t.entity = 'broadcast:' || b.id
WHERE coalesce(b.state, 'gone') <> coalesce(t.state, 'draft')
ORDER BY 1;
