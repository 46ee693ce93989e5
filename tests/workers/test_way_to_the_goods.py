"""What the way from a payment to its goods costs: statements for PostgreSQL, each a trip there and back."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from models import Order
from tests.support import given

#: From the notification until the goods are in the chat, without what begins and ends transactions.
MOST = 12


class UntilTheGoods(logging.Handler):
    """Every statement that peewee sends until the goods are known to have arrived."""

    def __init__(self) -> None:
        super().__init__()
        self.statements: list[str] = []
        self.arrived = False

    def emit(self, record: logging.LogRecord) -> None:
        if not isinstance(record.msg, tuple):
            return  # the pool's own
        statement = str(record.msg[0])
        noted = statement.startswith('INSERT INTO "delivery"') and "message_id" in statement
        self.arrived = self.arrived or noted
        if not self.arrived:
            self.statements.append(statement)


@pytest.fixture
def counted() -> Iterator[UntilTheGoods]:
    handler, logger = UntilTheGoods(), logging.getLogger("peewee")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield handler
    logger.removeHandler(handler)
    logger.setLevel(level)


def test_the_goods_are_few_statements_away_from_the_payment(buyer, order, run, pakasir, counted):
    pakasir.pays(order.invoice, webhook="lost")
    txn_id = given.payment(order).txn_id
    counted.statements.clear()

    run("settle_payment", order.invoice, txn_id)

    assert counted.arrived
    assert given.state(order) == Order.DELIVERED
    assert len(counted.statements) <= MOST, "\n".join(counted.statements)
