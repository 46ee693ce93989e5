"""How the gateway writes times: RFC 3339 in all the forms that were seen in its answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

WIB = timezone(timedelta(hours=7))


def rfc3339(seconds: float) -> str:
    """Nine digits and `Z`, nine digits and `+07:00`, or no fraction at all; the time itself decides which."""
    form = int(seconds) % 3
    if form == 2:
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    zone, suffix = (UTC, "Z") if form == 0 else (WIB, "+07:00")
    return datetime.fromtimestamp(seconds, zone).strftime("%Y-%m-%dT%H:%M:%S.%f") + f"564{suffix}"
