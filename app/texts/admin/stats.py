"""The shop's figures, as admins read them."""

from app.texts.html import Label, Text

DRAWING = Text("📊 Statistik sedang digambar…")

PERIODS = {"today": Label("Hari ini"), "7 days": Label("7 hari"), "30 days": Label("30 hari")}
SUBTITLE = Text("Statistik penjualan · {at}")
DAYS_TITLE, AVERAGE = Label("Pendapatan per hari"), Label("rata-rata")
BEST_TITLE, BEST = Label("Produk terlaris, 30 hari"), Text("{items} item · {revenue}")
SUCCESS_TITLE, SUCCESS = Label("Pembayaran QRIS"), Text("{paid} dari {decided}")
NOTHING = Label("Belum ada data")
#: Amounts where there is little room: from so many rupiah on, counted in so many.
SHORT = (
    (1_000_000_000, Text("Rp{amount} M")),
    (1_000_000, Text("Rp{amount} jt")),
    (1_000, Text("Rp{amount} rb")),
)

#: Figures stand here, the picture shows how they came about: nothing is said twice.
CAPTION = Text(
    "📊 <b>Statistik {store}</b>\n\n{periods}\n\n👥 {users} pengguna · 🛒 {sales} terjual sejak awal{ratings}"
)
RATINGS = Text("\n⭐ {count} penilaian dalam 30 hari, rata-rata {whole},{tenth}")
PERIOD = Text(
    "<b>{period}</b>\n💰 {revenue} · {items} item · {buyers} pembeli{compared}\n"
    "🧾 {orders} pesanan · 🙋 {new_users} pengguna baru\n💳 Deposit {deposits} · ↩️ Refund {refunds}{claims}"
)
YESTERDAY = Text("\n📅 Kemarin {revenue}")
MORE = Text("\n▲ {percent}% lebih banyak dari {days} hari sebelumnya")
LESS = Text("\n▼ {percent}% lebih sedikit dari {days} hari sebelumnya")
CLAIMS = Text("\n🛡 {claims} klaim garansi")
