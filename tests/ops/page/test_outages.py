"""The page while others are away: what is not known is unknown, and the rest is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import settings
from app.ops.page import router
from app.sales import settlement, strays
from models import Stray
from tests.support import broken, given
from tests.support.given import BOB
from tests.support.operator import Operator
from tests.support.proxy import Proxy
from tests.support.receivers import served

PATHS = [path for path in router.SCREENS if path != "/ops/login"]


@pytest.fixture(scope="module", params=["gone", "silent"])
def without_redis(request: pytest.FixtureRequest, _settings: object) -> Iterator[Operator]:
    """In front of a web process whose Redis went away, or says nothing more, after it was started."""
    proxy, url = Proxy.before_redis(settings.current().redis_url)
    with proxy, settings.override(redis_url=url), served() as web:
        if request.param == "silent":
            proxy.fall_silent()
        else:
            proxy.__exit__()
        yield Operator(web)


@pytest.mark.parametrize("path", PATHS)
def test_every_screen_opens_without_redis(without_redis: Operator, database: object, path: str):
    given.person(BOB, "Bob")
    bob = without_redis.logs_in()
    order = broken.paid()

    assert bob.opens(path).status == 200
    assert bob.opens(f"/ops/orders/{order.invoice}").status == 200
    if path in {"/ops", "/ops/jobs"}:
        assert "belum diketahui" in bob.opens(path).text


@pytest.mark.parametrize("path", PATHS)
def test_every_screen_opens_without_the_audit_database(bob: Operator, closed_port: int, path: str):
    order = broken.paid()
    strays.note("TRX20260301LOST22", "PKS1")

    with settings.override(audit_database_url=f"postgresql://nobody@127.0.0.1:{closed_port}/nothing"):
        assert bob.opens(path).status == 200
        assert bob.opens(f"/ops/orders/{order.invoice}").status == 200
        assert bob.opens(f"/ops/strays/{Stray.get().id}").status == 200


def test_a_bug_is_told_in_words_with_its_number_in_the_log(bob: Operator):
    order = given.order()
    settlement.settle(order.id, given.status(order, amount=24_000))
    broken.by_hand("UPDATE contradiction SET said = '{}'")

    bob.opens(f"/ops/orders/{order.invoice}")

    assert bob.status == 500
    assert "Halaman ini rusak" in bob.text
    assert re.search(r"Nomor di log: [0-9a-f]{32}", bob.text)
    assert bob.opens("/ops/failed").status == 200


def test_all_that_a_page_names_is_there(stranger: Operator):
    page = stranger.opens("/ops/login").answer
    assert page is not None

    named = re.findall(r'(?:href|src)="(/ops/static/[^"]+)"', page.text)

    assert len(named) == 3
    assert [stranger.web.get(path).status_code for path in named] == [200] * 3
