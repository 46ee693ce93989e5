"""What a deployment has around a process of the shop: the settings of the test as environment variables."""

from __future__ import annotations

import settings


def environment(**changes: object) -> dict[str, str]:
    """The current settings, with `changes` in small letters; None takes one away."""
    return settings.current().as_environment(**changes)
