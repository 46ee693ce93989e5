"""`/transfer`, `/editbalance`, `/giveaway` and `/dead`: money and jobs in admins' hands."""

from __future__ import annotations

import pytest

from app.infra.queue import dead
from app.people import broadcasts
from models import AuditEvent, Broadcast, LedgerEntry, Outbox, Voucher
from tests.support import broken, given
from tests.support.chatter import Chatter, labels


def test_a_transfer_is_asked_about_added_told_and_traced(admin: Chatter, buyer: Chatter):
    question = admin.says("/transfer @Alice|Rp50.000")
    assert "Transfer Rp50.000" in question.screen.text
    assert "Alice" in question.screen.text
    assert given.balance() == 0

    done = admin.taps(question, "Ya, Transfer")

    assert "Rp0 → <b>Rp50.000</b>" in done.screen.text
    entry = LedgerEntry.get()
    assert (given.balance(), entry.note, entry.actor_id) == (50_000, "Bob", 2)
    assert given.told("balance_changed") == [1]
    assert AuditEvent.get(AuditEvent.action == "balance.changed").data["before"] == 0


def test_a_transfer_that_is_pressed_twice_counts_once(admin: Chatter, buyer: Chatter):
    question = admin.says("/transfer 1|50k")

    admin.taps(question, "Ya, Transfer")
    again = admin.taps(question, "Ya, Transfer")

    assert "sudah dilakukan" in again.reply.toast
    assert given.balance() == 50_000


def test_a_transfer_can_be_dropped_and_only_staff_can_send_it(admin: Chatter, buyer: Chatter):
    question = admin.says("/transfer 1|50k")

    buyer.taps(question, "Ya, Transfer")
    admin.taps(question, "Tidak")

    assert given.balance() == 0


def test_a_balance_is_set_after_a_question(admin: Chatter, buyer: Chatter):
    given.wallet.post(1, 20_000, "test")

    question = admin.says("/editbalance 1|5000")
    assert "Rp20.000" in question.screen.text
    assert given.balance() == 20_000
    done = admin.taps(question, "Ya, Ubah")

    assert "Rp20.000 → <b>Rp5.000</b>" in done.screen.text
    assert given.balance() == 5_000
    assert LedgerEntry.get(LedgerEntry.amount == -15_000).note == "Bob"
    assert broken.breaches() == []


def test_a_balance_may_be_emptied(admin: Chatter, buyer: Chatter):
    given.wallet.post(1, 20_000, "test")

    admin.taps(admin.says("/editbalance @alice|0"), "Ya, Ubah")

    assert given.balance() == 0


def test_a_double_tap_sets_a_balance_once(admin: Chatter, buyer: Chatter):
    question = admin.says("/editbalance 1|5000")

    admin.taps(question, "Ya, Ubah")
    given.wallet.post(1, -5_000, "spent")
    again = admin.taps(question, "Ya, Ubah")

    assert "sudah dilakukan" in again.reply.toast
    assert given.balance() == 0


def test_a_balance_that_moved_meanwhile_is_shown_again(admin: Chatter, buyer: Chatter):
    question = admin.says("/editbalance 1|5000")
    given.wallet.post(1, 1_000, "deposit")

    outcome = admin.taps(question, "Ya, Ubah")

    assert "baru saja berubah" in outcome.reply.toast
    assert "Sekarang: Rp1.000" in outcome.screen.text
    assert given.balance() == 1_000


def test_no_is_no(admin: Chatter, buyer: Chatter):
    outcome = admin.taps(admin.says("/editbalance 1|5000"), "Tidak")

    assert "tidak diubah" in outcome.screen.text
    assert given.balance() == 0


@pytest.mark.parametrize("command", ["transfer", "editbalance"])
@pytest.mark.parametrize(
    "typed", ["", "1", "1|", "1|-5", "1|abc", "1|1000000001", "|5000", "Alice|5000", "1|😀", "1|5.00"]
)
def test_wrong_formats_get_an_example(admin: Chatter, buyer: Chatter, command: str, typed: str):
    outcome = admin.says(f"/{command} {typed}")

    assert f"Contoh: <code>/{command} @rina|" in outcome.screen.text
    assert not LedgerEntry.select().exists()


def test_nothing_is_no_transfer(admin: Chatter, buyer: Chatter):
    assert "Rp1 sampai" in admin.says("/transfer 1|0").screen.text


@pytest.mark.parametrize("command", ["transfer", "editbalance"])
def test_somebody_unknown_has_no_balance(admin: Chatter, command: str):
    assert "12345" in admin.says(f"/{command} 12345|5000").screen.text


@pytest.mark.parametrize(
    "text",
    ["/transfer 1|5000", "/editbalance 1|5000", "/giveaway 1000|1", "/pending", "/dead", "/setformula"],
)
def test_strangers_get_no_answer(stranger: Chatter, buyer: Chatter, text: str):
    outcome = stranger.says(text)

    assert outcome.screen is None
    assert not LedgerEntry.select().exists()
    assert not Voucher.select().exists()


def test_a_giveaway_is_asked_about_then_makes_codes_and_asks_about_the_broadcast(
    admin: Chatter, buyer: Chatter
):
    question = admin.says("/giveaway 10k|3")
    assert "Rp30.000" in question.screen.text
    assert not Voucher.select().exists()

    outcome = admin.taps(question, "Ya, Buat")

    codes = [voucher.code for voucher in Voucher.select()]
    assert len(codes) == 3
    assert outcome.screen.first
    assert all(code in outcome.screen.first.text for code in codes)
    assert all(code in broadcasts.get(Broadcast.get().id).text for code in codes)
    assert not any(code in Broadcast.get().text for code in codes)
    assert labels(outcome) == ["Kirim", "Batalkan"]


def test_a_giveaway_that_is_pressed_twice_makes_its_codes_once(admin: Chatter, buyer: Chatter):
    question = admin.says("/giveaway 1000000|100")

    first, again = admin.taps(question, "Ya, Buat"), admin.taps(question, "Ya, Buat")

    assert Voucher.select().count() == 100
    assert Broadcast.select().count() == 1
    assert len(first.screen.first.text) < 4096
    assert "sudah dibuat" in again.reply.toast


def test_a_button_of_no_giveaway_makes_nothing(admin: Chatter):
    admin.presses("giveaway_make:99999999:1:5")

    assert not Voucher.select().exists()


@pytest.mark.parametrize(
    "typed", ["", "1000", "999|1", "1000001|1", "1000|0", "1000|101", "1000|x", "x|1", "1000|1.5", "-1000|1"]
)
def test_a_wrong_giveaway_makes_nothing(admin: Chatter, typed: str):
    outcome = admin.says(f"/giveaway {typed}")

    assert "Contoh: <code>/giveaway 10000|5</code>" in outcome.screen.text
    assert not Voucher.select().exists()


def test_a_dead_job_is_listed_and_tried_again_once(admin: Chatter):
    dead.record("job-1", "deliver_order", "default", [7], "Telegram <is> on fire", attempts=9)

    page = admin.says("/dead")
    first = admin.taps(page, "Coba Lagi")
    again = admin.taps(page, "Coba Lagi")

    assert "Produk belum terkirim ke pembeli." in page.screen.text
    assert "deliver_order" not in page.screen.text
    assert "&lt;is&gt; on fire" in page.screen.text
    assert "Sedang dicoba lagi" in first.reply.toast
    assert "Tidak ada yang gagal diproses" in first.screen.text
    assert "sudah ditangani" in again.reply.toast
    assert [row.args for row in Outbox.select().where(Outbox.actor == "deliver_order")] == [[7]]


def test_a_dead_job_can_be_looked_at(admin: Chatter):
    dead.record("job-1", "deliver_order", "default", [7], "x" * 5_000)

    page = admin.taps(admin.says("/dead"), "1. Rincian")

    assert labels(page) == ["Coba Lagi", "Kembali"]
    assert len(page.screen.text) < 4096


def test_what_could_not_be_read_cannot_be_tried_again(admin: Chatter):
    dead.record_unreadable("1-0", "default", b"\xff")

    outcome = admin.taps(admin.says("/dead"), "Coba Lagi")

    assert outcome.reply.toast == "Yang itu sudah ditangani."


def test_many_kinds_of_dead_jobs_come_in_pages(admin: Chatter):
    for number in range(7):
        dead.record(f"job-{number}", f"sweep_{number}", "bulk", [], "e" * 500)

    page = admin.says("/dead")
    second = admin.taps(page, "Selanjutnya")

    assert labels(page).count("Coba Lagi") == 5
    assert labels(second).count("Coba Lagi") == 2


def test_a_group_is_run_again_after_a_page_that_says_what_happens(admin: Chatter):
    for number in range(3):
        dead.record(f"job-{number}", "send_pm", "default", [number], ValueError("no"))

    group = admin.taps(admin.says("/dead"), "1. Lihat 3")
    page = admin.taps(group, "Ulangi Semua")
    dead.record("job-9", "send_pm", "default", [9], ValueError("no"))
    after = admin.taps(page, "Ya, Ulangi")

    assert "sebuah pesan bisa terkirim dua kali" in group.screen.text
    assert "3 bisa diulang, 0 sudah tidak berguna, 0 tak terbaca" in page.screen.text
    assert after.reply.toast == "3 diulang."
    assert "0 selesai, 3 masih antre, 0 gagal lagi" in after.screen.text
    assert [letter.id for letter in dead.waiting()] == ["job-9"]


def test_a_group_is_thrown_away_once(admin: Chatter):
    for number in range(2):
        dead.record(f"job-{number}", "send_pm", "default", [number], ValueError("no"))

    page = admin.taps(admin.taps(admin.says("/dead"), "1. Lihat 2"), "Buang Semua")
    first = admin.taps(page, "Ya, Buang")
    again = admin.taps(page, "Ya, Buang")

    assert "2 akan dibuang" in page.screen.text
    assert first.reply.toast == "2 dibuang."
    assert "sudah ditangani" in str(again.reply)
    assert not Outbox.select().where(Outbox.actor == "send_pm").exists()
