"""`dramatiq tests.bench.unaudited`: the shop's actors in a process that writes no audit and ships none: what
that costs."""

from __future__ import annotations

from typing import Any

from app import audit
from app.audit import shipping


def _nothing(*_: Any, **__: Any) -> int:
    return 0


audit.record = _nothing  # type: ignore[assignment]
shipping.ship = _nothing

import workers.actors  # noqa: E402, F401
