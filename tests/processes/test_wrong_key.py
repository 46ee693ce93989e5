"""A worker and a release that were given another key end at once, with one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.catalogue import stock_key
from tests.support.programs import ROOT
from tests.support.surroundings import environment

pytestmark = pytest.mark.slow

OTHER = "YSBuZXcga2V5IG9mIHRoZSBzaG9wLCAzMiBieXRlcy4="


def run(*words):
    return subprocess.run(
        words,
        cwd=ROOT,
        env=os.environ | environment(stock_encryption_key=OTHER),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_worker_with_another_key_ends_at_once(database, valkey):
    stock_key.check()

    dramatiq = Path(sys.executable).with_name("dramatiq")
    ended = run(str(dramatiq), "workers.actors", "--processes", "1", "--threads", "2")

    assert ended.returncode != 0
    assert "STOCK_ENCRYPTION_KEY is not the key" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_release_with_another_key_says_so(database):
    stock_key.check()

    ended = run(sys.executable, "-m", "app.ops", "migrate")

    assert ended.returncode == 2
    assert ended.stderr.startswith("error: STOCK_ENCRYPTION_KEY is not the key")
