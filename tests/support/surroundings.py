"""What a deployment has around a process of the shop: the settings of the test as environment variables."""

from __future__ import annotations

from pydantic import SecretStr

import settings


def environment(**changes: object) -> dict[str, str]:
    """The current settings, with `changes` in small letters; None takes one away."""
    current = settings.current()
    values = {name: getattr(current, name) for name in current.model_fields_set}
    values["admin_ids"] = ",".join(str(number) for number in current.admin_ids)
    return {name.upper(): _plain(value) for name, value in (values | changes).items() if value is not None}


def _plain(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)
