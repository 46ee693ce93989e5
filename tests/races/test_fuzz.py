"""Eight threads call all services at random; afterwards everything adds up. Longer: tests/chaos."""

from app.ops import invariants
from tests.support import fuzz

SECONDS = 4.0


def test_whatever_services_do_at_once_everything_holds():
    fuzz.prepare()

    happened = fuzz.run(seed=20_261, seconds=SECONDS)

    assert happened.failed == []
    assert {act.partition(":")[0] for act in happened.done} == set(fuzz.ACTS)
    assert fuzz.own_sums() == []
    assert fuzz.unexplained(invariants.run()) == []
