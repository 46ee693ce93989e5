"""`Kembalikan ke Saldo` and `/setformula`."""

from app.texts.html import Text

NOTHING_TO_GIVE = Text("Tidak ada dana yang bisa dikembalikan dari pesanan ini.")

GIVE_BACK_ALL = Text(
    "↩️ <b>Kembalikan ke Saldo</b>\n\nPesanan <code>{invoice}</code> sudah dibayar tapi belum terkirim. "
    "Seluruh <b>{total}</b> masuk ke saldo {buyer}.\n\nKetik alasannya, ya."
)
GIVE_BACK = Text(
    "↩️ <b>Kembalikan ke Saldo</b>\n\nPesanan <code>{invoice}</code>, dibayar {total}, dipakai {days} hari, "
    "{claims} klaim garansi.\nSaran rumus: <b>{amount}</b>\n\n"
    "Ketik alasannya untuk memakai saran itu, atau <code>jumlah|alasan</code> untuk jumlah lain "
    "(paling banyak {total})."
)
GIVE_BACK_CONFIRM = Text(
    "↩️ <b>Kembalikan {amount}</b> ke saldo {buyer} (<code>{buyer_id}</code>)?\n\n"
    "Pesanan <code>{invoice}</code>\nAlasan: {reason}{warning}"
)
GIVE_BACK_WARNING = Text(
    "\n\n⚠️ <b>Produknya mungkin sudah ada di pembeli.</b> Dari {messages} pesan produk, {sent} sudah pasti "
    "terkirim dan {unsure} belum pasti. Kalau dananya dikembalikan juga, pembeli bisa mendapat keduanya. "
    "Untuk mengirim yang belum sampai, kembali dan tekan <b>{resend}</b>."
)
GIVEN_BACK = Text("{amount} sudah masuk ke saldo pembeli.")

FORMULA = Text(
    "🧮 <b>Rumus refund</b>{changed}\n\nDipakai kurang dari 7 hari: {new}\n"
    "Dipakai 7 hari atau lebih: {used}\n"
    "Setelah 1-2 klaim: {claimed}\nSetelah 3 klaim: {claimed_3}\nLebih dari 3 klaim: {claimed_more}\n\n"
    "<i>Refund = harga × (30 − hari dipakai) ÷ 30 × bagian di atas</i>"
)
FORMULA_CHANGED = Text(" diubah")
FORMULA_HINT = Text("{formula}\n\n{format}")
