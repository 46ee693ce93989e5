"""Every step of a job through Redis, in Lua: each is atomic, so a killed process leaves no half of one.

Keys, all below KEYS[1], the namespace (dramatiq's layout, but for the delayed jobs and the bells):
`<queue>` list of ready ids · `<queue>.msgs` hash of ready and running jobs · `<queue>.DQ` sorted set of
delayed ids by due time · `<queue>.DQ.msgs` hash of delayed jobs · `__acks__.<worker>.<queue>` set of ids a
process has fetched and not finished · `__heartbeats__` processes by last sign of life · `__amnesty__` there
while nobody may be declared dead · `starts:<id>` how often a job was given out without an end. `bell` is a
channel, where the names of queues are said when there is something new in them.
"""

from __future__ import annotations

#: Wakes whoever waits for jobs of a queue, once for all that a script has put there.
RING = """
local function ring(queue, times)
  if times > 0 then redis.call('publish', KEYS[1] .. ':bell', queue) end
end
"""

#: Shared by everything that delays a job: workers wait for the earliest, so only a new earliest rings.
DELAY = """
local function delay(queue, id, data, due)
  local delayed = KEYS[1] .. ':' .. queue .. '.DQ'
  local first = redis.call('zrange', delayed, 0, 0, 'withscores')[2]
  redis.call('hset', delayed .. '.msgs', id, data)
  redis.call('zadd', delayed, due, id)
  if not first or tonumber(due) < tonumber(first) then ring(queue .. '.DQ', 1) end
end
"""

#: ARGV: (queue, id, data, due in ms or 0) for each job. Where others wait in front of it nobody has to be
#: woken: consumers come back as long as they left something. Answers 1 for each that is new, 0 for each that
#: Redis has already: ready, delayed or running.
ENQUEUE = (
    RING
    + DELAY
    + """
local replies, rings = {}, {}
for i = 1, #ARGV, 4 do
  local queue, id, data, due = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local ready = KEYS[1] .. ':' .. queue
  local new = 0
  if redis.call('hexists', ready .. '.DQ.msgs', id) == 0 then
    if due ~= '0' then
      if redis.call('hexists', ready .. '.msgs', id) == 0 then
        new = 1
        delay(queue, id, data, due)
      end
    elseif redis.call('hsetnx', ready .. '.msgs', id, data) == 1 then
      new = 1
      if redis.call('rpush', ready, id) == 1 then rings[queue] = 1 end
    end
  end
  replies[#replies + 1] = new
end
for queue, times in pairs(rings) do ring(queue, times) end
return replies
"""
)

#: ARGV: (queue, id, data) for each job that is to run now. What is delayed becomes ready, what Redis has lost
#: is put there; 0 for what is ready or running already.
HASTEN = (
    RING
    + """
local replies = {}
for i = 1, #ARGV, 3 do
  local queue, id, data = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local ready = KEYS[1] .. ':' .. queue
  local delayed = ready .. '.DQ'
  data = redis.call('hget', delayed .. '.msgs', id) or data
  redis.call('zrem', delayed, id)
  redis.call('hdel', delayed .. '.msgs', id)
  local new = redis.call('hsetnx', ready .. '.msgs', id, data)
  if new == 1 then
    redis.call('rpush', ready, id)
    ring(queue, 1)
  end
  replies[#replies + 1] = new
end
return replies
"""
)

#: Workers go on when the memory of Redis is full: they are what empties it.
WORKERS = "#!lua flags=allow-oom\n"

#: Makes jobs of a worker ready again, but for those it still has in hand.
GIVE_BACK = """
local function give_back(worker, queue, held)
  local ready, back, others = KEYS[1] .. ':' .. queue, 0, {}
  local acks = KEYS[1] .. ':__acks__.' .. worker .. '.' .. queue
  for _, id in ipairs(redis.call('smembers', acks)) do
    if not held[id] then
      redis.call('srem', acks, id)
      others[#others + 1] = id
      if redis.call('hexists', ready .. '.msgs', id) == 1 then
        redis.call('lpush', ready, id)
        back = back + 1
      end
    end
  end
  ring(queue, back)
  return others
end
"""

#: ARGV: worker, heartbeat time-out in ms, queue, how many, seconds to remember starts, number of queues,
#: every queue, number of ends, (id, data, due in ms, '1' to keep the count of starts) for each, ids in hand.
#: 1. Ends jobs, or where there is new data delays them with that. When another worker has taken one over,
#: that worker's copy is left alone. 2. Shows that this worker lives, gives back what dead workers held and
#: what this one was given and does not have. 3. Answers {id, data, starts, id, data, starts, …}: of each how
#: often it was given out without an end, this time included. Time is that of Redis: clocks may differ. After
#: a silence of all workers (Redis stood still) nobody is dead until all had time to come back.
EXCHANGE = (
    WORKERS
    + RING
    + DELAY
    + GIVE_BACK
    + """
local worker, timeout, queue = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local count, remember, last_queue = tonumber(ARGV[4]), ARGV[5], 6 + tonumber(ARGV[6])
local last_end = last_queue + 1 + 4 * tonumber(ARGV[last_queue + 1])
local ready = KEYS[1] .. ':' .. queue
local jobs, starts = ready .. '.msgs', KEYS[1] .. ':starts:'
local acks = KEYS[1] .. ':__acks__.' .. worker .. '.' .. queue

for i = last_queue + 2, last_end, 4 do
  local id, data, due, keep = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  local mine = redis.call('srem', acks, id) == 1
  if keep ~= '1' then redis.call('del', starts .. id) end
  if mine or redis.call('hexists', jobs, id) == 0 then
    redis.call('hdel', jobs, id)
    if data ~= '' then delay(queue, id, data, due) end
  end
end

local time = redis.call('time')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local heartbeats, amnesty = KEYS[1] .. ':__heartbeats__', KEYS[1] .. ':__amnesty__'
local latest = redis.call('zrevrange', heartbeats, 0, 0, 'withscores')[2]
redis.call('zadd', heartbeats, now, worker)
if latest and now - latest > timeout / 2 then redis.call('set', amnesty, '1', 'px', timeout) end

local patient = redis.call('exists', amnesty) == 1
for _, dead in ipairs(patient and {} or redis.call('zrangebyscore', heartbeats, 0, now - timeout)) do
  for i = 7, last_queue do give_back(dead, ARGV[i], {}) end
  redis.call('zrem', heartbeats, dead)
end

local held = {}
for i = last_end + 1, #ARGV do held[ARGV[i]] = true end
for _, id in ipairs(give_back(worker, queue, held)) do redis.call('del', starts .. id) end

local found = {}
while #found < count * 3 do
  local id = redis.call('lpop', ready)
  if not id then break end
  local data = redis.call('hget', jobs, id)
  if data and redis.call('sadd', acks, id) == 1 then
    found[#found + 1] = id
    found[#found + 1] = data
    found[#found + 1] = redis.call('incr', starts .. id)
    redis.call('expire', starts .. id, remember)
  end
end
return found
"""
)

#: ARGV: queue, now in ms, how many. Makes due jobs ready; answers when the next is due, or nil.
PROMOTE = (
    WORKERS
    + RING
    + """
local queue, now, count = ARGV[1], ARGV[2], ARGV[3]
local ready, moved = KEYS[1] .. ':' .. queue, 0
local delayed = ready .. '.DQ'
for _, id in ipairs(redis.call('zrangebyscore', delayed, '-inf', now, 'limit', 0, count)) do
  local data = redis.call('hget', delayed .. '.msgs', id)
  redis.call('zrem', delayed, id)
  redis.call('hdel', delayed .. '.msgs', id)
  if data and redis.call('hsetnx', ready .. '.msgs', id, data) == 1 then
    redis.call('rpush', ready, id)
    moved = moved + 1
  end
end
ring(queue, moved)
return redis.call('zrange', delayed, 0, 0, 'withscores')[2]
"""
)
