"""What the tests of both gateway clients stand on."""

from __future__ import annotations

import itertools
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import settings
from app.clients import pakasir_v1, pakasir_v2
from app.clients.pakasir import Gateway
from app.sandbox.pakasir import StandIn

AMOUNT = 99_000
TOTAL = 100_003
KEY = "pakasir-api-key"

_numbers = itertools.count(1)


class Clock:
    """The stand-in's clock, which a test may turn forward."""

    def __init__(self) -> None:
        self._ahead_s = 0.0

    def __call__(self) -> float:
        return time.time() + self._ahead_s

    def forward(self, seconds: float) -> None:
        self._ahead_s += seconds


def invoice() -> str:
    return f"TRX20261123-{next(_numbers):06}"


def stand_in(**options) -> StandIn:
    """The gateway with the project and key of the tests' settings."""
    return StandIn(settings.current().pakasir_project, KEY, **options)


@contextmanager
def client_of(version: int, url: str, timeout_s: float = 30.0, **changes) -> Iterator[Gateway]:
    addresses = {"pakasir_base_url": url, "pakasir_public_url": "https://bayar.example"}
    with settings.override(pakasir_api_version=version, **addresses, **changes) as current:
        kind = pakasir_v1.Client if version == 1 else pakasir_v2.Client
        yield kind(current, timeout_s)


def ask(gateway: Gateway, call: str, opened):
    """One call by its name."""
    if call == "create":
        return gateway.open(opened.invoice, opened.amount)
    return getattr(gateway, call)(opened.txn_id, opened.invoice, opened.amount)


def everything_said(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + repr(error)
