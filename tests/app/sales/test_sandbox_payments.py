"""Payments without money: admins are told once that they count, and once that they no longer do."""

import pytest

import settings
from app.sales import sandbox_payments
from tests.support import given
from tests.support.given import BOB

pytestmark = pytest.mark.usefixtures("database")


def test_admins_are_told_once_that_sandbox_payments_count():
    given.person(BOB)

    sandbox_payments.announce()
    sandbox_payments.announce()

    assert given.told("sandbox") == [BOB]


def test_admins_are_told_when_that_is_over():
    given.person(BOB)
    sandbox_payments.announce()

    with settings.override(pakasir_sandbox=False):
        sandbox_payments.announce()
        sandbox_payments.announce()

    assert given.told("sandbox") == [BOB, BOB]


def test_a_shop_that_never_tried_hears_nothing():
    given.person(BOB)

    with settings.override(pakasir_sandbox=False):
        sandbox_payments.announce()

    assert given.told("sandbox") == []
