"""Whether calls to a silent system are made, as all processes see it."""

from __future__ import annotations

import pytest

from app.infra import breaker, redis_client


@pytest.fixture
def system(valkey):
    return breaker.Breaker("gateway", longest_s=11.0)


@pytest.fixture
def rests(system):
    """The breaker of a system that was silent too often."""
    for _ in range(breaker.SILENCES):
        system.admit()
        system.silent()
    return system


def end_of_rest(valkey):
    """What the lapse of the pause comes to."""
    valkey.delete(redis_client.key("breaker", "gateway", "turn"))


def test_calls_are_made_to_a_system_that_answers(system):
    assert [system.admit() for _ in range(5)] == [0] * 5


def test_after_some_silences_in_a_row_no_call_is_made(rests):
    assert rests.admit() is None


def test_an_answer_between_starts_the_count_anew(system):
    system.silent()
    system.silent()
    system.answered()
    system.silent()

    assert system.admit() == 1


def test_only_the_silence_that_makes_calls_rest_says_so(system):
    said = [system.silent() for _ in range(breaker.SILENCES + 2)]

    assert said.count(True) == 1


def test_after_the_rest_one_call_at_a_time_finds_out(rests, valkey):
    end_of_rest(valkey)

    assert [rests.admit() is None for _ in range(3)] == [False, True, True]


def test_a_probe_without_an_answer_means_more_rest(rests, valkey):
    end_of_rest(valkey)
    rests.admit()
    rests.silent()

    assert rests.admit() is None


def test_a_probe_with_an_answer_lets_all_through(rests, valkey):
    end_of_rest(valkey)
    rests.admit()
    rests.answered()

    assert [rests.admit() for _ in range(3)] == [0, 0, 0]


def test_a_probe_that_was_not_made_leaves_its_turn(rests, valkey):
    end_of_rest(valkey)
    rests.admit()
    rests.not_made()

    assert rests.admit() is not None


def test_a_hasty_call_is_no_probe(rests, valkey):
    end_of_rest(valkey)

    assert rests.admit(probes=False) is None
    assert rests.admit() is not None


def test_nothing_of_it_stays_for_ever(rests, valkey):
    keys = valkey.keys(redis_client.key("breaker", "*"))

    assert keys
    assert all(valkey.pttl(key) > 0 for key in keys)


def test_it_works_while_redis_is_full(system, valkey):
    valkey.config_set("maxmemory", 1)
    try:
        assert [system.silent() for _ in range(breaker.SILENCES)][-1]
        assert system.admit() is None
    finally:
        valkey.config_set("maxmemory", 0)
