"""What admins read about payments that contradict their orders, and about accepting or refusing them."""

from app.texts.html import Label, Text
from models import Contradiction

CONTRADICTION = Text("⚠️ Beda: <b>{differs}</b>\nPakasir menyebut: {said}")
UNREADABLE = Text(
    "⚠️ Jawaban Pakasir tentang pembayaran ini tidak bisa dibaca. Pesan teknis: <code>{problem}</code>"
)
DECIDED = Text("⚖️ {verdict}{why}")
WHY = Text(": {note}")
VERDICTS = {
    Contradiction.ACCEPTED: Text("Pembayaran yang berbeda diterima admin"),
    Contradiction.REFUSED: Text("Pembayaran yang berbeda ditolak admin"),
    Contradiction.AGREED: Text("Pembayaran sempat berbeda, lalu Pakasir memastikannya"),
}
DIFFERS = {
    "txn_id": Label("nomor transaksi"),
    "order_id": Label("nomor pesanan"),
    "amount": Label("jumlah"),
    "is_sandbox": Label("mode sandbox"),
    "answer": Label("jawabannya"),
}
SAID_AMOUNT = Text("{amount}, {status}, transaksi <code>{txn_id}</code>, pesanan <code>{order_id}</code>")
#: As Pakasir names them; any other as it is.
SAID_STATES = {
    "pending": Label("belum dibayar"),
    "completed": Label("sudah dibayar"),
    "canceled": Label("dibatalkan"),
}

ACCEPT = Text(
    "✅ <b>Terima pembayaran</b>\n\nPesanan <code>{invoice}</code>, total {total}.\n{contradiction}\n\n"
    "Pesanan dianggap lunas dan diproses seperti biasa. Kelebihan bayar masuk saldo pembeli; deposit dan "
    "pesanan yang stoknya habis masuk saldo sebesar yang dibayar.\n\n{format}"
)
REFUSE = Text(
    "✖️ <b>Tolak pembayaran</b>\n\nPesanan <code>{invoice}</code>, total {total}.\n{contradiction}\n\n"
    "Tidak ada yang dibukukan. Pesanan yang masih menunggu ikut dibatalkan.\n\n{format}"
)
ACCEPT_CONFIRM = Text(
    "✅ <b>Terima {amount}</b> sebagai pembayaran pesanan <code>{invoice}</code> ({total})?\n\n"
    "Alasan: {reason}"
)
REFUSE_CONFIRM = Text("✖️ <b>Tolak</b> pembayaran pesanan <code>{invoice}</code>?\n\nAlasan: {reason}")
ACCEPTED, REFUSED = Text("Pembayaran diterima."), Text("Pembayaran ditolak.")
