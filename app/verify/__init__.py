"""What must always hold (the invariants of the design), checked on the data. Mends nothing."""

from __future__ import annotations

from app.verify import broadcasts, doubts, goods, jobs, money, trail, vouchers
from app.verify.breach import Breach
from models import db

CHECKS = (
    *money.CHECKS,
    *vouchers.CHECKS,
    *goods.CHECKS,
    *jobs.CHECKS,
    *broadcasts.CHECKS,
    *doubts.CHECKS,
    *trail.CHECKS,
)

#: Each check reads its tables once; with millions of rows that may take a while.
LONGEST_S = 900.0


def run() -> list[Breach]:
    """Every breach, in the order of the checks. All checks see the shop at one moment, while it goes on."""
    with db.atomic():
        db.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with db.patience(LONGEST_S):
            return [breach for check in CHECKS for breach in check()]
