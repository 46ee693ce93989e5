"""How much of the limit, a bare LPUSH behind Starlette, the receivers reach.

One uvicorn worker each, 32 connections.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator

import orjson

from tests.bench import load, report
from tests.support.stack import Stack, free_port

ROUNDS, REQUESTS = 5, 4_000


def measure(stack: Stack) -> list[report.Figure]:
    """Rounds of both alternate, so that a noisy moment of the machine meets both."""
    stack.start_web()
    bare_url = f"http://127.0.0.1:{free_port()}/push"
    stack.start_server("bare", "tests.bench.bare:app", bare_url)
    urls = {
        "telegram": f"{stack.web_url}/webhooks/telegram",
        "pakasir": f"{stack.web_url}/webhooks/pakasir",
        "bare": bare_url,
    }
    requests = {"telegram": _updates(urls["telegram"]), "pakasir": _payments(urls["pakasir"])}
    requests["bare"] = _updates(bare_url)
    rates: dict[str, list[float]] = {name: [] for name in urls}
    for _ in range(ROUNDS):
        for name, url in urls.items():
            rates[name].append(load.rate(url, requests[name], REQUESTS))
            stack.redis.flushall()
    stack.stop("bare")
    middle = {name: statistics.median(values) for name, values in rates.items()}
    return [
        report.figure("bare LPUSH behind Starlette", middle["bare"], "/s"),
        report.figure("receiver of updates", middle["telegram"], "/s"),
        report.figure("receiver of payments", middle["pakasir"], "/s"),
        report.figure("receiver of updates / bare", middle["telegram"] / middle["bare"], "", least=0.75),
        report.figure("receiver of payments / bare", middle["pakasir"] / middle["bare"], "", least=0.75),
    ]


def _updates(url: str) -> Iterator[bytes]:
    for number in itertools.count(1):
        update = {
            "update_id": number,
            "message": {
                "message_id": number,
                "date": 1_800_000_000,
                "chat": {"id": 7, "type": "private", "first_name": "Alice"},
                "from": {"id": 7, "is_bot": False, "first_name": "Alice"},
                "text": "LIST PRODUK",
            },
        }
        headers = {"X-Telegram-Bot-Api-Secret-Token": "bench-webhook-secret"}
        yield load.request(url, orjson.dumps(update), headers)


def _payments(url: str) -> Iterator[bytes]:
    for number in itertools.count(1):
        body = {
            "txn_id": f"txn-{number}",
            "order_id": f"TRX20260101{number:06}",
            "amount": 25_000,
            "is_sandbox": True,
            "status": "completed",
            "completed_at": "2026-01-01T12:00:00.123456789Z",
        }
        yield load.request(url, orjson.dumps(body), {"X-Secret": "bench-webhook-secret"})
