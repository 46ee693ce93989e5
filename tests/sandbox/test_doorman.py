"""Pages of anywhere, open in the same browser as the demo, get nothing from it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from app.infra import web_calls
from app.sandbox import pakasir, stand_ins

SECRETS = {
    "TELEGRAM_BOT_TOKEN": "123456:sandbox-token",
    "PAKASIR_API_KEY": "the-key",
    "PAKASIR_WEBHOOK_SECRET": "the-secret",
}
PAGES = ["/", "/chat/state", "/telegram/bot123456:sandbox-token/getMe", "/pakasir/api/v2/payment-fee/1000"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[httpx.Client]:
    with (
        stand_ins.running(tmp_path_factory.mktemp("demo"), SECRETS, 0, "http://127.0.0.1:9") as sandbox,
        httpx.Client(base_url=sandbox.url, verify=web_calls.certificates()) as client,
    ):
        yield client


@pytest.mark.parametrize(
    "host", ["rebound.example", "rebound.example:8800", "", "127.0.0.1.nip.example", "[::2]"]
)
def test_a_name_that_is_not_of_this_machine_is_refused(demo, host):
    assert {demo.get(page, headers={"Host": host}).status_code for page in PAGES} == {403}


@pytest.mark.parametrize("origin", ["https://shop.example", "null", "http://127.0.0.1:1", "", "http://["])
def test_a_page_of_another_origin_is_refused(demo, origin):
    assert {demo.post(page, headers={"Origin": origin}).status_code for page in PAGES} == {403}


def test_a_picture_on_another_page_does_nothing(demo):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}

    assert {demo.get(page, headers=headers).status_code for page in PAGES} == {403}


def test_a_frame_in_another_page_stays_empty(demo):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}

    assert demo.get("/", headers=headers).status_code == 403


def test_a_link_may_lead_here(demo):
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}

    assert demo.get("/", headers=headers).status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_the_demos_own_pages_work_by_every_name_of_this_machine(demo, host):
    port = demo.base_url.port
    headers = {"Host": f"{host}:{port}", "Origin": f"http://{host}:{port}", "Sec-Fetch-Site": "same-origin"}

    assert demo.post("/chat/people", json={}, headers=headers).status_code != 403
    assert demo.get("/", headers={"Host": f"{host}:{port}"}).status_code == 200


def test_the_gateways_stand_in_alone_is_guarded_as_well():
    with pakasir.StandIn("shop", "the-key").serve() as gateway:
        answer = httpx.get(f"{gateway.url}/api/v2/payment-fee/1000", headers={"Host": "rebound.example"})

    assert answer.status_code == 403
