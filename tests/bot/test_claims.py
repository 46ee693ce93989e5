"""`/klaim` and the notice of a claim: `Ganti`, `Kembalikan Dana`, `Tolak`, and claims for a buyer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.bot import notices
from app.catalogue import stock
from app.ops import invariants
from app.sales import claims, orders, refunds, warranty
from models import Claim, LedgerEntry, utcnow
from tests.support import claimed, given
from tests.support.chatter import Chatter, labels


@pytest.fixture
def claim(buyer: Chatter, made_once) -> Claim:
    """Alice's, of the only item of an order for Rp25.000; one more is on the shelf."""
    made: Claim = made_once(complained)
    return made


def complained() -> Claim:
    return claimed.opened(complaint="tidak <bisa> masuk")


def state(claim: Claim) -> str:
    return claims.get(claim.id).state


def shown(admin: Chatter, claim: Claim):
    return admin.presses(f"claim_page:{claim.id}")


def test_the_notice_says_what_is_wrong_and_what_can_be_done(claim):
    screen = notices.render("claim_opened", {"claim_id": claim.id})

    for part in (
        "Alice",
        "akun1@contoh.com",
        "tidak &lt;bisa&gt; masuk",
        "Garansi sampai",
        "Sisa stok: <b>1</b>",
    ):
        assert part in screen.text
    assert "sandi-1" not in screen.text
    assert [b.label for row in screen.buttons for b in row] == [
        "Ganti", "Kembalikan Dana", "Tolak", "Lihat Pesanan",
    ]  # fmt: skip


def test_a_claim_leads_back_to_the_list_it_was_opened_from(admin: Chatter, claim):
    back = shown(admin, claim).screen.buttons[-1][0]

    assert back.label == "Kembali"
    assert admin.presses(back.data).reply.screen == "claims"


def test_the_share_that_is_paid_back_is_a_percentage(admin: Chatter, claim):
    assert "kembali 80%." in admin.taps(shown(admin, claim), "Kembalikan Dana").screen.text


def test_an_invoice_is_no_complaint_but_opens_its_order(buyer: Chatter):
    order = claimed.order()
    buyer.presses(f"claim:{order.id}")

    assert buyer.says(order.invoice).reply.screen == "order"
    assert not Claim.select().exists()


def test_a_claim_that_no_key_opens_can_still_be_answered(admin: Chatter, claim):
    Claim.update(complaint=b"lost").execute()

    page = shown(admin, claim)
    admin.taps(page, "Ganti")

    assert "(tidak terbaca lagi)" in page.screen.text
    assert state(claim) == Claim.REPLACED


def test_what_waits_is_listed_oldest_first(admin: Chatter, claim):
    other = claimed.opened(claimed.order(3))

    listed = admin.says("/klaim")

    assert "menunggu: 2" in listed.screen.text
    assert labels(listed)[:2] == [f"#{claim.id} · Alice · Netflix 1M", f"#{other.id} · Alice · Netflix 1M"]
    assert "tidak &lt;bisa&gt; masuk" in admin.taps(listed, f"#{claim.id}").screen.text


def test_nothing_waits(admin: Chatter):
    assert "Tidak ada klaim" in admin.says("/klaim").screen.text


def test_replacing_sends_another_and_says_so(admin: Chatter, claim):
    done = admin.taps(shown(admin, claim), "Ganti")

    assert "sedang dikirim" in done.reply.toast
    assert "Diganti dengan item ke-2" in done.screen.text
    assert labels(done) == ["Lihat Pesanan", "Kembali"]
    assert given.promised("deliver_order") == [[claim.order_id]]


def test_without_stock_it_is_said_what_else_can_be_done(admin: Chatter, buyer: Chatter):
    claim = claimed.opened(claimed.order(spare=0))
    product = orders.get(claim.order_id).product_id

    outcome = admin.taps(shown(admin, claim), "Ganti")

    for words in (f"Stok produk {product} habis", "tetap terbuka", "/addstock", "Kembalikan Dana", "Tolak"):
        assert words in outcome.reply.toast
    assert labels(outcome)[:3] == ["Ganti", "Kembalikan Dana", "Tolak"]
    assert state(claim) == Claim.OPEN

    stock.add(product, ["NEW"])
    admin.taps(outcome, "Ganti")
    assert state(claim) == Claim.REPLACED


def test_money_is_given_back_by_the_formula_once_it_is_meant(admin: Chatter, claim):
    question = admin.taps(shown(admin, claim), "Kembalikan Dana")
    assert "Menurut rumus: <b>Rp20.000</b>" in question.screen.text
    assert given.balance() == 0

    done = admin.taps(question, "Ya, Kembalikan")

    assert "Rp20.000" in done.reply.toast
    assert (state(claim), given.balance()) == (Claim.REFUNDED, 20_000)
    assert LedgerEntry.get().actor_id == 2


def test_another_amount_may_be_typed(admin: Chatter, claim):
    admin.taps(shown(admin, claim), "Kembalikan Dana")

    too_much = admin.says("25001")
    admin.taps(admin.says("12.500"), "Ya, Kembalikan")

    assert "Rp1 sampai Rp25.000" in too_much.screen.text
    assert given.balance() == 12_500


def test_where_the_formula_leaves_nothing_an_amount_is_asked_for(admin: Chatter, buyer: Chatter):
    placed = claimed.order(days=90)
    with freeze_time(utcnow() + timedelta(days=45)):
        claim = claimed.opened(placed)
        question = admin.taps(shown(admin, claim), "Kembalikan Dana")
        assert "tidak menyisakan apa-apa" in question.screen.text
        assert labels(question) == ["Kembali"]

        admin.taps(admin.says("5rb"), "Ya, Kembalikan")
    assert given.balance() == 5_000


def test_an_old_confirmation_gives_nothing(admin: Chatter, claim):
    question = admin.taps(shown(admin, claim), "Kembalikan Dana")
    admin.says("/start")

    outcome = admin.taps(question, "Ya, Kembalikan")

    assert "tidak berlaku" in outcome.reply.toast
    assert (state(claim), given.balance()) == (Claim.OPEN, 0)


def test_refusing_asks_for_the_reason(admin: Chatter, claim):
    question = admin.taps(shown(admin, claim), "Tolak")
    wrong = admin.says("x" * 201)
    done = admin.says("Kata sandi <diganti> sendiri")

    assert "dibaca pembeli" in question.screen.text
    assert "1 sampai 200 huruf" in wrong.screen.text
    assert "Kata sandi &lt;diganti&gt; sendiri" in done.screen.text
    assert state(claim) == Claim.REFUSED
    assert given.told("claim_refused") == [1]


@pytest.mark.parametrize("label", ["Ganti", "Kembalikan Dana", "Tolak"])
def test_the_second_to_answer_is_told_so(admin: Chatter, claim, label: str):
    page = shown(admin, claim)
    warranty.replace(claim.id)

    outcome = admin.taps(page, label)

    assert "sudah dijawab: item diganti" in outcome.reply.toast
    assert labels(outcome) == ["Lihat Pesanan", "Kembali"]
    assert given.balance() == 0


def test_a_confirmation_comes_too_late_after_the_other_admin(admin: Chatter, claim):
    question = admin.taps(shown(admin, claim), "Kembalikan Dana")
    warranty.replace(claim.id)

    outcome = admin.taps(question, "Ya, Kembalikan")

    assert "sudah dijawab" in outcome.reply.toast
    assert given.balance() == 0


def test_a_typed_reason_comes_too_late_after_the_other_admin(admin: Chatter, claim):
    admin.taps(shown(admin, claim), "Tolak")
    warranty.replace(claim.id)

    assert "sudah dijawab" in admin.says("bohong").screen.text
    assert given.told("claim_refused") == []


def test_in_a_group_goods_are_replaced_and_money_moves_to_the_private_chat(database, valkey, claim):
    in_group = Chatter(2, "Bob", "bob", chat_id=-100)

    assert "chat pribadi" in in_group.presses(f"claim_refund:{claim.id}").reply.toast
    in_group.presses(f"claim_replace:{claim.id}")
    assert state(claim) == Claim.REPLACED


@pytest.mark.parametrize("press", ["claim_replace", "claim_refund", "claim_refuse", "claim_page"])
def test_nobody_else_answers(buyer: Chatter, claim, press: str):
    assert "tidak berlaku" in buyer.presses(f"{press}:{claim.id}").reply.toast
    assert state(claim) == Claim.OPEN


def test_strangers_hear_nothing_of_claims(buyer: Chatter, claim):
    assert buyer.says("/klaim").screen is None


def test_a_claim_that_is_not_there_is_said(admin: Chatter):
    assert "nomor 999 tidak ada" in admin.presses("claim_page:999").reply.toast


# On the buyer's behalf


def test_sending_again_leads_to_a_claim(admin: Chatter, buyer: Chatter):
    placed = claimed.order()
    question = admin.taps(admin.says(f"/order {placed.invoice}"), "Kirim Ulang")

    asked = admin.taps(question, "Klaim Garansi")
    done = admin.says("katanya mati")

    assert "Klaim untuk Alice" in asked.screen.text
    assert "katanya mati" in done.screen.text
    assert labels(done)[:3] == ["Ganti", "Kembalikan Dana", "Tolak"]
    assert Claim.get().order_id == placed.id


def test_by_its_invoice_an_item_is_chosen_for_the_buyer(admin: Chatter, buyer: Chatter):
    placed = claimed.order(quantity=2)

    admin.taps(admin.says(f"/klaim {placed.invoice}"), "akun2@contoh.com")
    admin.says("katanya mati")

    assert Claim.get().item_id == claimed.item(placed, 2)


def test_staff_claim_by_the_same_rules(admin: Chatter, buyer: Chatter):
    placed = claimed.order(days=None)

    assert "tanpa garansi" in admin.says(f"/klaim {placed.invoice}").screen.text
    assert "tanpa garansi" in admin.presses(f"claim_for:{placed.id}").reply.toast


def test_an_order_s_story_tells_of_its_claims(admin: Chatter, claim):
    warranty.refund(claim.id, actor_id=2)

    text = admin.says(f"/order {orders.get(claim.order_id).invoice}").screen.text

    assert "Klaim garansi masuk" in text
    assert "Klaim dijawab: dana dikembalikan" in text
    assert "Klaim garansi: 1" in text
    assert "Rp20.000" in text


def test_the_calculator_counts_what_was_met(buyer: Chatter, claim):
    invoice = orders.get(claim.order_id).invoice
    before = buyer.says(f"/refund {invoice}").screen.text
    warranty.replace(claim.id)

    after = buyer.says(f"/refund {invoice}").screen.text

    assert ("Klaim garansi: 0" in before, "Klaim garansi: 1" in after) == (True, True)
    assert refunds.worth(orders.get(claim.order_id)).amount == 15_000
    assert invariants.run() == []
