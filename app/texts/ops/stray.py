"""One payment that fits no order, and what can be done about it."""

from app.texts.html import Text

TITLE = Text("Pembayaran tanpa pesanan")
CREDIT = Text("💰 Masukkan ke saldo")
CREDIT_ABOUT = Text("Periksa dulu di dasbor Pakasir bahwa dananya masuk.")
PERSON, PERSON_HINT = Text("Saldo siapa"), Text("@nama atau ID Telegram")
AMOUNT, REASON = Text("Jumlah yang dibayar"), Text("Alasan")
NEXT = Text("Lanjut")
SURE = Text(
    "Masukkan <b>{amount}</b> ke saldo <b>{name}</b> (<code>{id}</code>)? Alasan: {reason}. Ini tidak bisa "
    "ditarik kembali."
)
YES, NO = Text("Ya, masukkan"), Text("Tidak, ubah lagi")
CLOSE = Text("Tandai selesai")
CLOSE_ABOUT = Text("Kalau sudah dibereskan di luar toko, tulis caranya.")
DONE = Text("Apa yang sudah dilakukan")
ASK = Text("🔎 Tanya Pakasir")
ORDER = Text("Buka pesanan {invoice}")
BACK = Text("Kembali ke Uang")
#: What was done before, by the word in the address.
SAID = {
    "credited": Text("Dananya sudah masuk ke saldo, dan orangnya diberi tahu."),
    "closed": Text("Ditandai selesai."),
    "asked": Text("Pakasir sedang ditanya. Jawabannya muncul di sini."),
}
