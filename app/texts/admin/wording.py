"""`/teks`: the owner's own wording."""

from app.texts.html import Label, Text

TOPICS = {
    "home": Label("Halaman depan"),
    "onboarding": Label("Perkenalan"),
    "browse": Label("Daftar produk"),
    "product": Label("Halaman produk"),
    "checkout": Label("Ringkasan dan pembayaran"),
    "orders": Label("Pesanan"),
    "qr": Label("Kartu QR"),
    "deposits": Label("Deposit"),
    "vouchers": Label("Voucher"),
    "refunds": Label("Pengembalian dana"),
    "warranty": Label("Garansi"),
    "testimonials": Label("Testimoni"),
    "account": Label("Akun"),
    "write": Label("Kirim pesan"),
    "guide": Label("Cara memesan"),
    "privacy": Label("Data pribadi"),
    "refusals": Label("Penolakan"),
    "buyer_notices": Label("Pemberitahuan"),
}
LIST = Text(
    "✏️ <b>Kalimat toko</b>\n\nPilih bagiannya, atau cari: <code>/teks terima kasih</code>.\n"
    "Yang kamu ubah bertanda ✏️."
)
TOPIC = Text("✏️ <b>{topic}</b>\n\nPilih kalimatnya.")
FOUND = Text("🔎 {count} kalimat memuat <b>{words}</b>.")
NOT_FOUND = Text(
    "🔎 Tidak ada kalimat yang memuat <b>{words}</b>. Kirim <code>/teks</code> untuk melihat semuanya."
)
SENTENCE = Text(
    "✏️ <b>{topic}</b> · {language}\n\n<pre>{text}</pre>\n{state}\n{gaps}\n"
    "Tekan <b>Ubah</b> untuk menulis kalimatmu sendiri."
)
GAPS = Text("Diisi otomatis: <code>{gaps}</code>\n")
OURS, CHANGED = Text("Ini kalimat aslinya."), Text("Ini kalimatmu. Aslinya:\n<pre>{text}</pre>")
QUESTION = Text(
    "✏️ Kirim kalimat barunya ({language}).\n\nSekarang:\n<pre>{text}</pre>\n{gaps}"
    "Huruf tebal dan miring boleh diketik seperti biasa, atau dengan tanda HTML seperti di atas."
)
SAVED, RESTORED = Text("Kalimatmu dipakai mulai sekarang."), Text("Kalimat aslinya dipakai lagi.")
