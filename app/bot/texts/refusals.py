"""Why something was not done. Read as toasts (under 200 characters, no markup) and as messages."""

from app.bot.html import Text

NOT_YOURS = Text("Pesanan itu tidak ditemukan.")
OUT_OF_STOCK = Text("Maaf, stok tinggal {left}.")
GOODS_LOCKED = Text(
    "Maaf, produk ini sedang tidak bisa dijual. Penjual sudah diberi tahu; coba lagi nanti, "
    "atau pilih produk lain."
)
SOLD_OUT = Text("Maaf, stoknya baru saja habis.")
UNKNOWN_PRODUCT = Text("Produk itu tidak ada atau sudah tidak dijual.")
BAD_QUANTITY = Text("Jumlahnya harus 1 sampai {most}.")
OTHER_PRODUCT = Text("Nomor {number} sekarang produk lain: {name}. Periksa dulu, ya.")
SHARE_ONLY = Text(
    "Sebelum pembayaran pertamamu, QRIS hanya untuk paling banyak {most}: separuh dari stok yang tersisa."
)
QRIS_PAUSED = Text(
    "Tiga pesanan terakhirmu tidak dibayar, jadi QRIS dijeda untukmu sampai {until}. "
    "Bayar dengan SALDO tetap bisa."
)
ORDER_CLOSED = Text("Pesanan ini sudah {state}.")
AMOUNT_OUT_OF_RANGE = Text("QRIS hanya untuk {least} sampai {most}. Coba jumlah lain atau pakai saldo.")
TOO_LITTLE = Text("Saldo belum cukup, kurang {missing}.")
PRICE_CHANGED = Text("Harganya baru saja berubah, sekarang totalnya {total}. Periksa lagi, ya.")
NUMBER_TAKEN = Text("Nomor itu sudah dipakai produk lain.")
UNKNOWN_BUTTON = Text("Tombol ini tidak berlaku.")
OTHER = Text("Maaf, itu tidak bisa dilakukan.")

TOO_FAST = {
    "actions": Text("Pelan-pelan, ya. Coba lagi sebentar lagi."),
    "checkout": Text("Terlalu sering checkout. Coba lagi dalam satu menit."),
    "status": Text("Terlalu sering mengecek. Statusnya juga dicek otomatis, jadi tunggu sebentar, ya."),
    "message": Text("Terlalu banyak pesan. Coba lagi dalam satu menit."),
    "export": Text("Berkas datamu baru saja dikirim. Coba lagi sepuluh menit lagi."),
}

RELAYED = Text(
    "Perintah <code>/{command}</code> itu diteruskan atau ditulis lewat bot lain, jadi tidak kujalankan. "
    "Kalau memang kamu mau, ketik sendiri perintahnya, ya."
)
