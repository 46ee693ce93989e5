"""Jobs: promised in PostgreSQL, carried by Redis, run by dramatiq's workers, kept when they fail for good.

Why this is not dramatiq's own Redis broker, and the tests in tests/queue that hold each reason:

1. Jobs of a killed worker run elsewhere in seconds: test_jobs_of_a_killed_worker_run_elsewhere
2. Delayed jobs outlive a restart of Redis: test_delayed_jobs_survive_a_restart_of_redis
3. A stall of Redis ends no thread: test_a_stall_of_redis_ends_no_thread
4. What fails while Redis is away is not lost: test_a_job_that_fails_while_redis_is_down_is_retried
5. An emptied Redis loses no promise: test_an_emptied_redis_loses_no_promise
6. A lost answer strands no job: test_a_job_that_was_fetched_and_lost_on_the_way_runs
7. What cannot be read harms no other: test_an_unreadable_message_harms_no_other
8. What kills workers is not run for ever: test_a_job_that_kills_its_worker_becomes_a_dead_letter
9. Many far delays hold up no near one: test_far_delays_do_not_hold_up_a_near_one
10. One id is one job, and workers hear of it at once: test_dramatiq_alone_would_queue_it_each_time,
    test_a_new_job_rings

`scripts` are the steps in Redis; `wire` puts jobs in; `store`, `consumer` and `broker` take them out;
`middleware` decides how each ends, by `retries`; `outbox` promises, `dead` keeps.
"""
