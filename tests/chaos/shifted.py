"""Runs a module of the shop with a wrong wall clock: `python -m tests.chaos.shifted -120 workers.clock`.

Its monotonic clock is right, as it is where a machine's time is set anew.
"""

from __future__ import annotations

import runpy
import sys
import time
from datetime import UTC, datetime, timedelta

import freezegun.api


def main(seconds: str, module: str) -> None:
    shown = datetime.now(UTC) + timedelta(seconds=float(seconds))
    with freezegun.freeze_time(shown, tick=True):
        time.monotonic = freezegun.api.real_monotonic
        time.perf_counter = freezegun.api.real_perf_counter
        sys.argv = [module]
        runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
