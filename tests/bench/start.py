"""What people wait for before they see anything: the demo's page, and the end of the suite."""

from __future__ import annotations

import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

from tests.bench import report
from tests.support import programs

STARTS, ENDS_WITHIN_S = 5, 30.0
DEMO_S, SUITE_S = 3.0, 210.0


def measure() -> list[report.Figure]:
    return [*measure_demo(), *measure_suite()]


def measure_demo() -> list[report.Figure]:
    """From the command to the answering page, where the databases are there from the time before."""
    with tempfile.TemporaryDirectory(prefix="quickcart-bench-") as place:
        _started_s(Path(place))
        times_s = [_started_s(Path(place)) for _ in range(STARTS)]
    return [report.figure(f"make demo, warm (n={STARTS})", statistics.median(times_s), "s", below=DEMO_S)]


def _started_s(folder: Path) -> float:
    began_s = time.monotonic()
    with programs.demo(folder) as demo:
        page, _web = programs.opened(demo)
        httpx.get(page).raise_for_status()
        took_s = time.monotonic() - began_s
        demo.send_signal(signal.SIGINT)
        demo.communicate(timeout=ENDS_WITHIN_S)
    return took_s


def measure_suite() -> list[report.Figure]:
    began_s = time.monotonic()
    subprocess.run([sys.executable, "-m", "pytest"], cwd=programs.ROOT, check=True, stdout=sys.stderr)
    return [report.figure("make test", time.monotonic() - began_s, "s", below=SUITE_S)]
