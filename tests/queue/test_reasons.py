"""The reasons for a broker of our own are held by tests that are there."""

from __future__ import annotations

import re
from pathlib import Path

from app.infra import queue


def test_every_reason_names_a_test():
    here = "".join(file.read_text() for file in Path(__file__).parent.glob("test_*.py"))
    named = re.findall(r"\btest_\w+", queue.__doc__)

    assert len(named) >= 10
    assert [name for name in named if f"def {name}(" not in here] == []
