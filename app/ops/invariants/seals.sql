-- Invariant 6, about the audit events themselves: none was changed, removed or forged.

-- 6: {} of {} was changed or forged: the shop has not sealed it like this
SELECT 'audit event ' || id, action, entity
FROM audit_event
WHERE id > {unsealed} AND (seal = {event_seal}) IS NOT TRUE
ORDER BY id;

-- 6: its last number, {}, was changed: the shop has not sealed it like this
SELECT 'audit lane ' || lane, last FROM audit_lane WHERE seal <> {lane_seal} ORDER BY lane;

-- 6: events {} to {} were deleted; the one before is of {:%Y-%m-%d %H:%M:%S} UTC
-- The numbers of a lane have no gap, up to the last that it remembers; one that remembers none has lost its end. Only
-- broken lanes are sorted.
WITH broken AS (
    SELECT coalesce(l.lane, e.lane) AS lane, coalesce(l.last, e.last + 1) AS last
    FROM audit_lane l
    FULL JOIN (
        SELECT lane, count(*) AS events, max(number) AS last
        FROM audit_event
        WHERE id > {unsealed}
        GROUP BY lane
    ) e ON e.lane = l.lane
    WHERE (e.events, e.last) IS DISTINCT FROM (l.last, l.last)
), kept AS (
    SELECT e.lane, e.number, e.at
    FROM audit_event e
    JOIN broken b ON b.lane = e.lane
    WHERE e.id > {unsealed}
    UNION ALL
    SELECT lane, last + 1, NULL FROM broken
), steps AS (
    SELECT lane, number, lag(number, 1, 0::bigint) OVER turns AS before, lag(at) OVER turns AS at
    FROM kept
    WINDOW turns AS (PARTITION BY lane ORDER BY number)
)
SELECT 'audit lane ' || lane, before + 1, number - 1, coalesce(at, 'epoch')
FROM steps
WHERE number > before + 1
ORDER BY lane, number;

-- 6: {} events were there before these were sealed, {} are left
SELECT 'audit', s.value->>'count', count(e.id)
FROM setting s
LEFT JOIN audit_event e ON e.id <= (s.value->>'last')::bigint
WHERE s.key = 'audit_unsealed'
GROUP BY s.value
HAVING count(e.id) <> (s.value->>'count')::bigint;

-- 6: events up to {} are trusted as they are, and none after them says that their key was lost
SELECT 'audit', s.value->>'last'
FROM setting s
WHERE s.key = 'audit_unsealed' AND NOT EXISTS (
    SELECT FROM audit_event e WHERE e.action = 'keys.abandoned' AND e.id > (s.value->>'last')::bigint
);
