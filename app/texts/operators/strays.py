"""What admins read about payments that fit no order, and about dealing with them."""

from app.texts.html import Text
from models import Stray

STRAY = Text(
    "🚨 <b>Pembayaran tanpa pesanan</b>\n\nPakasir memberi tahu bahwa <code>{invoice}</code>{txn} sudah "
    "dibayar, tapi {why}. Sejak {at}, {times}×.\n\n{said}\n\n{state}"
)
TXN = Text(", transaksi <code>{txn_id}</code>,")
NO_ORDER = Text("pesanan itu tidak ada di toko ini")
OTHER_TXN = Text("pesanan milik {buyer} (<code>{buyer_id}</code>) itu punya transaksi lain")
SAID = Text(
    "🏦 Kata Pakasir: <b>{amount}</b>, status {status}, pesanan <code>{order_id}</code>, transaksi "
    "<code>{txn_id}</code>"
)
PROBLEM = Text("🏦 Kata Pakasir: {problem}")
NOT_ASKED = Text("🏦 Pakasir belum menjawab. Cek juga di dasbor Pakasir.")
TO_DO = Text(
    "Cek di dasbor Pakasir. Kalau dananya masuk, <b>Masukkan ke Saldo</b> pembelinya; kalau sudah beres, "
    "<b>Tandai Selesai</b>."
)
ENDED = {
    Stray.CREDITED: Text("✅ Sudah masuk saldo: {note}"),
    Stray.DISMISSED: Text("✅ Sudah ditangani: {note}"),
}
CREDIT = Text("💰 <b>Masukkan ke saldo siapa?</b>\n\nPembayaran <code>{invoice}</code>.\n\n{format}")
CLOSE = Text("✅ <b>Tandai selesai</b>\n\nPembayaran <code>{invoice}</code>.\n\n{format}")
CONFIRM = Text(
    "💰 Masukkan <b>{amount}</b> dari pembayaran <code>{invoice}</code> ke saldo {name} (<code>{id}</code>)?"
    "\n\nAlasan: {reason}"
)
CREDITED = Text("{amount} sudah masuk ke saldo {name}.")
ASKING = Text("Pakasir sedang ditanya. Buka lagi sebentar lagi.")
