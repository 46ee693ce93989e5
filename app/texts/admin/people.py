"""`/info`, `/pm` and answers to customers."""

from app.texts.html import Label, Text

INFO = Text(
    "👤 <b>{name}</b> {username}\nID: <code>{id}</code>\nNo. akun: <code>{bank_id}</code>\n"
    "Email: {email}\nWhatsApp: {whatsapp}\n\n⭐ Peran: {roles}\n📶 Status: {status}\n"
    "📅 Bergabung: {joined}\n👀 Terakhir terlihat: {seen}\n\n💰 Saldo: <b>{balance}</b>\n"
    "🛒 Pesanan: {orders}, selesai {delivered}, belanja {spent}\n\n{latest}"
)
LATEST = Text("<b>Pesanan terakhir</b>\n{lines}")
NO_ORDERS = Text("Belum ada pesanan.")
ORDER_LINE = Text("{mark} <code>{invoice}</code> · {name} × {quantity} · {total} · {at}")
ROLE_NAMES = {"admin": Label("admin"), "reseller": Label("reseller"), "customer": Label("pembeli")}
ACTIVE = Text("aktif")
BANNED_SINCE = Text("🚫 diblokir sejak {at}")
UNREACHABLE_SINCE = Text("📵 tidak bisa dihubungi sejak {at}")

WRITE_TO = Text(
    "✉️ <b>Tulis ke {name}</b>\n\nKetik pesannya sekarang. Dikirim atas nama toko, dan dia bisa membalas."
)
ORDERS = Text("🧾 <b>Pesanan {name}</b>\nTekan pesanan untuk riwayatnya.")
WITHOUT_ORDERS = Text("🧾 <b>Pesanan {name}</b>\n\nBelum ada pesanan.")

PM = Text("💬 <b>Pesan dari {store}</b>\n\n{text}")
PM_ON_ITS_WAY = Text("📨 Pesan untuk {who} sedang dikirim…")
ANSWERED = Text("📨 Jawaban untuk <b>{name}</b> dikirim.")
