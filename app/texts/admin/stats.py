"""The shop's figures, as admins read them."""

from app.texts.html import Text

DRAWING = Text("📊 Statistik sedang digambar…")

PERIODS = {"today": "Hari ini", "7 days": "7 hari", "30 days": "30 hari"}
SUBTITLE = "Statistik penjualan · {at}"
ORDERS = "{orders} pesanan dibuat"
ITEMS = "{items} item · {buyers} pembeli"
YESTERDAY, BEFORE = "kemarin {revenue}", "dari {days} hari sebelumnya"
DAYS_TITLE, AVERAGE = "Pendapatan per hari, 30 hari terakhir", "rata-rata"
BEST_TITLE, BEST = "Produk terlaris, 30 hari", "{items} item · {revenue}"
SUCCESS_TITLE, SUCCESS = "Pembayaran QRIS", "{paid} dari {decided}"
NOTHING = "Belum ada data"

CAPTION = Text(
    "📊 <b>Statistik {store}</b>\n{at}\n\n{periods}\n\n"
    "👥 {users} pengguna · 🛒 {sales} produk terjual{ratings}"
)
RATINGS = Text("\n⭐ {count} penilaian dalam 30 hari, rata-rata {whole},{tenth}")
PERIOD = Text(
    "<b>{period}</b>\n💰 {revenue} · {items} item · {buyers} pembeli\n"
    "🧾 {orders} pesanan · QRIS berhasil {success} · 💳 deposit {deposits} · 🙋 {new_users} pengguna baru"
    "{claims}"
)
CLAIMS = Text(" · 🛡 {claims} klaim garansi")
