"""`keys rotate`: afterwards the old key may go."""

from __future__ import annotations

import pytest

import settings
from app.catalogue import stock, stockroom
from app.infra.queue import dead, outbox
from app.infra.transactions import atomic
from app.people import broadcasts
from models import DeadLetter
from tests.support import broken, given

NEW = "YSBuZXcga2V5IG9mIHRoZSBzaG9wLCAzMiBieXRlcy4="


@pytest.fixture
def old(database, valkey):
    return settings.current().stock_encryption_key.get_secret_value()


def test_after_a_rotation_the_old_key_is_not_needed(ops, old):
    order = broken.paid(stock_lines=["KEY-1"])
    dead.record("job-1", "deliver_order", "default", [order.id], "broken")

    answer = ops("keys", "rotate", stock_encryption_key=f"{NEW},{old}")

    assert answer.out == "encrypted 1 items and 1 dead jobs with the first key\n"
    with settings.override(stock_encryption_key=NEW):
        assert [each.content for each in stock.of_order(order)] == ["KEY-1"]
        assert dead.args(DeadLetter.get_by_id("job-1")) == [order.id]
        assert stock.add(order.product_id, ["KEY-1", "KEY-2"]) == 1


def test_a_file_for_everybody_is_rotated_too(ops, old):
    product = given.product(stock_lines=0)
    stockroom.share(product.id, "document", "FILE")

    answer = ops("keys", "rotate", stock_encryption_key=f"{NEW},{old}")

    assert answer.out == "encrypted 1 items and 0 dead jobs with the first key\n"
    with settings.override(stock_encryption_key=NEW):
        assert [each.content for each in stock.of_order(given.order(product_id=product.id))] == ["FILE"]


def test_a_rotation_may_be_repeated(ops, old):
    given.product(stock_lines=600)

    ops("keys", "rotate", stock_encryption_key=f"{NEW},{old}")
    again = ops("keys", "rotate", stock_encryption_key=NEW)

    assert (again.code, again.out) == (0, "encrypted 600 items and 0 dead jobs with the first key\n")


def test_goods_of_a_lost_key_are_named_and_the_rest_goes_on(ops, old):
    with settings.override(stock_encryption_key=NEW):
        dead.record("job-1", "send_notice", "default", [1], "broken")
    given.product(stock_lines=1)

    answer = ops("keys", "rotate")

    assert answer.code == 2
    assert answer.out == "encrypted 1 items and 0 dead jobs with the first key\n"
    assert answer.err == "error: dead job job-1: none of the keys can read it\n"


def test_jobs_and_broadcasts_are_rotated_too(ops, old):
    draft = broadcasts.draft_text("Kode GIFT", 2, translations={"en": "Code GIFT"})
    with atomic():
        outbox.add("send_pm", 1, "halo", 2)

    ops("keys", "rotate", stock_encryption_key=f"{NEW},{old}")

    with settings.override(stock_encryption_key=NEW):
        read = [broadcasts.text_in(broadcasts.get(draft.id), language) for language in ("id", "en")]
        assert read == ["Kode GIFT", "Code GIFT"]
        assert given.promised("send_pm") == [[1, "halo", 2]]
