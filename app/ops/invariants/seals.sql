-- Invariant 6, about the audit events themselves: none was changed, removed or forged.

-- 6: its last number, {}, was changed: the shop has not sealed it like this
SELECT 'audit lane ' || lane, last FROM audit_lane WHERE seal <> {lane_seal} ORDER BY lane;

-- 6: {}
-- One look at all events: each has its seal, and the numbers of a lane have no gap, up to the last that it remembers.
-- One that remembers none has lost its end. Only if something is wrong they are looked at again, or sorted.
WITH sealed AS MATERIALIZED (
    SELECT lane, count(*) AS events, max(number) AS last,
           count(*) FILTER (WHERE (seal = {event_seal}) IS NOT TRUE) AS forged
    FROM audit_event
    WHERE id > {unsealed}
    GROUP BY lane
), broken AS (
    SELECT coalesce(l.lane, e.lane) AS lane, coalesce(l.last, e.last + 1) AS last
    FROM audit_lane l
    FULL JOIN sealed e ON e.lane = l.lane
    WHERE (e.events, e.last) IS DISTINCT FROM (l.last, l.last)
), kept AS (
    SELECT e.lane, e.number, e.at
    FROM audit_event e
    JOIN broken b ON b.lane = e.lane
    WHERE e.id > {unsealed}
    UNION ALL
    SELECT lane, last + 1, NULL FROM broken
), steps AS (
    SELECT lane, number, lag(number, 1, 0::bigint) OVER turns AS before,
           coalesce(lag(at) OVER turns, 'epoch') AT TIME ZONE 'UTC' AS at
    FROM kept
    WINDOW turns AS (PARTITION BY lane ORDER BY number)
)
SELECT subject, problem
FROM (
    SELECT 'audit event ' || id AS subject, NULL::smallint AS lane, id AS number,
           concat(action, ' of ', entity, ' was changed or forged: the shop has not sealed it like this') AS problem
    FROM audit_event
    WHERE id > {unsealed} AND (seal = {event_seal}) IS NOT TRUE AND EXISTS (SELECT FROM sealed WHERE forged > 0)
    UNION ALL
    SELECT 'audit lane ' || lane, lane, number,
           concat('events ', before + 1, ' to ', number - 1, ' were deleted; the one before is of ',
                  to_char(at, 'YYYY-MM-DD HH24:MI:SS'), ' UTC')
    FROM steps
    WHERE number > before + 1
) AS wrong
ORDER BY lane NULLS FIRST, number;

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
