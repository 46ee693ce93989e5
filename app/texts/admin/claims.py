"""Warranty claims as staff read and answer them."""

from app.texts.html import Label, Text
from models import Claim

CLAIM = Text(
    "🛡 <b>Klaim garansi #{number}</b>\n\n🧾 <code>{invoice}</code> · {total}\n"
    "👤 {buyer} (<code>{buyer_id}</code>)\n🏷 {name} · {item}\n📅 Garansi sampai {until}\n"
    "🕐 Diklaim {opened}\n\n💬 <i>{complaint}</i>\n\n{state}"
)
NO_WORDS = Label("(tidak terbaca lagi)")
TO_DO = Text(
    "Sisa stok: <b>{stock}</b>. <b>Ganti</b> mengirim item lain dari stok, <b>Kembalikan Dana</b> memakai "
    "rumus refund, <b>Tolak</b> meminta alasan."
)
REPLACED = Text("✅ Diganti dengan {item}, {sent}.")
SENT, ON_ITS_WAY = Text("sudah terkirim"), Text("sedang dikirim")
ENDED = {
    Claim.REFUNDED: Text("✅ Dana {amount} dikembalikan ke saldo pembeli."),
    Claim.REFUSED: Text("✖️ Ditolak: {note}"),
    Claim.DROPPED: Text("✖️ Ditutup tanpa jawaban: dana pesanan dikembalikan atau datanya dihapus."),
}

REPLACING = Text("Item pengganti sedang dikirim ke pembeli.")
NO_STOCK = Text(
    "Stok produk {number} habis, jadi belum bisa diganti. Klaim tetap terbuka: isi dengan "
    "/addstock {number}|…, atau pilih Kembalikan Dana atau Tolak."
)
REFUND = Text(
    "💰 <b>Kembalikan dana</b>\n\n🧾 <code>{invoice}</code> · {name} · {item}\n"
    "Dibayar {paid}, dipakai {days} hari, {claims} klaim dijawab sebelum ini, "
    "bagian yang kembali {factor}%.\n"
    "Menurut rumus: <b>{worth}</b>\n\n{meant}\n\nMau jumlah lain? Ketik jumlahnya, paling banyak {paid}."
)
REFUND_MEANT = Text("Kembalikan <b>{amount}</b> ke saldo {buyer}?")
REFUND_NOTHING = Text("Rumus tidak menyisakan apa-apa untuk item ini.")
REFUNDED = Text("{amount} sudah masuk ke saldo pembeli.")
REFUSE = Text(
    "✖️ <b>Tolak klaim</b>\n\n🧾 <code>{invoice}</code> · {name} · {item}\n\n"
    "Alasannya dibaca pembeli.\n\n{format}"
)

FOR_BUYER = Text(
    "🛡 <b>Klaim untuk {buyer}</b>\n🧾 <code>{invoice}</code> · {name}\n\n{items}\n\n"
    "Item mana yang bermasalah?"
)
ASK_FOR_BUYER = Text(
    "🛡 <b>Klaim untuk {buyer}</b>\n🧾 <code>{invoice}</code> · {name} · {item}\n\n"
    "Ketik masalahnya, seperti yang diceritakan pembeli."
)

LIST = Text("🛡 <b>Klaim garansi yang menunggu: {count}</b>\nTekan klaim untuk menjawabnya.")
NONE = Text("🛡 Tidak ada klaim garansi yang menunggu.\n\nKlaim atas nama pembeli: <code>/klaim TRX…</code>")
