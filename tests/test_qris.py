"""QRIS payloads: the published example passes, and nothing that is not payable for exactly the total."""

from __future__ import annotations

import pytest
import segno
from segno import encoder

from app.errors import Malformed
from app.money import qris

EXAMPLE = (
    "00020101021226610016ID.CO.SHOPEE.WWW01189360091800216005230208216005230303UME51440014ID.CO.QRIS.WWW"
    "0215ID10243228429300303UME5204792953033605409100003.005802ID5907Pakasir6012KAB. KEBUMEN6105543926223"
    "0519SP25RZRATEQI2HQ65Q46304A079"
)


def signed(body: str) -> str:
    return f"{body}6304" + qris.checksum(f"{body}6304")


def test_the_published_example_is_payable():
    qris.check(EXAMPLE, 100_003)


def test_the_checksum_is_the_one_that_the_standard_names():
    assert qris.checksum("123456789") == "29B1"


@pytest.mark.parametrize("amount", ["100003", "100003.", "100003.0", "100003.00"])
def test_the_amount_may_be_written_with_empty_cents(amount):
    qris.check(signed(f"00020154{len(amount):02}{amount}"), 100_003)


@pytest.mark.parametrize(
    ("payload", "total"),
    [
        pytest.param(EXAMPLE, 99_000, id="the base amount instead of the total"),
        pytest.param(EXAMPLE[:-4] + "A078", 100_003, id="another checksum"),
        pytest.param(EXAMPLE.replace("Pakasir", "Pakasor"), 100_003, id="another merchant"),
        pytest.param(EXAMPLE + " ", 100_003, id="something after the checksum"),
        pytest.param(EXAMPLE[:-8], 100_003, id="no checksum"),
        pytest.param(signed("000202" + EXAMPLE[6:-8]), 100_003, id="another beginning"),
        pytest.param(signed("00020153033605802ID"), 100_003, id="no amount"),
        pytest.param(signed("0002015409100003.50"), 100_003, id="half a rupiah"),
        pytest.param(signed("0002015407-100003"), -100_003, id="a negative amount"),
        pytest.param(signed("00020154061000035406100003"), 100_003, id="two amounts"),
        pytest.param(signed("00020154991000"), 100_003, id="a field longer than the text"),
        pytest.param(signed("000201xx06100003"), 100_003, id="a tag that is no number"),
        pytest.param("", 100_003, id="nothing"),
    ],
)
def test_anything_else_is_refused_without_quoting_it(payload, total):
    with pytest.raises(Malformed) as refusal:
        qris.check(payload, total)

    assert "100003" not in str(refusal.value)
    assert "0002" not in str(refusal.value)


def test_the_dots_are_the_payload_s():
    code = segno.make(EXAMPLE, error="m", micro=False, mask=qris.MASK)

    assert qris.dots(EXAMPLE) == [[bool(dot) for dot in row] for row in code.matrix_iter(border=4)]


def test_the_mask_of_the_picture_reads_nearly_as_well_as_the_best():
    def penalty(mask):
        drawn = segno.make(EXAMPLE, error="m", micro=False, mask=mask).matrix
        return encoder.evaluate_mask(drawn, len(drawn), len(drawn))

    assert penalty(qris.MASK) <= 1.1 * min(penalty(mask) for mask in range(8))
