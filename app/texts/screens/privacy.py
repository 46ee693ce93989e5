"""`/mydata` and `/forgetme`."""

from app.texts.html import Label, Text

PREPARING = Text("📄 Berkas datamu sedang disiapkan dan segera dikirim ke chat ini.")
FILE = Text(
    "📄 Semua data yang toko simpan tentangmu: profil, pesanan, mutasi saldo, voucher, testimoni, "
    "dan pesanmu ke toko."
)
FILE_NAME = Label("data-saya.json")

FORGET = Text(
    "🗑 <b>Hapus data pribadiku</b>\n\nYang dihapus: nama, username, email, WhatsApp, status reseller, "
    "testimonimu (juga dari kanal toko), isi klaim garansimu, dan catatan admin tentangmu.\n"
    "Yang tetap disimpan: catatan pesanan, mutasi saldo, dan riwayat kegiatan, tanpa nama."
    "{order}{claims}{balance}\n\n"
    "Ini tidak bisa dibatalkan. Lanjutkan?"
)
OPEN_ORDER = Text("\n\n⚠️ Pesanan <code>{invoice}</code> yang belum dibayar akan dibatalkan.")
CLAIMS = Text("\n\n⚠️ Klaim garansi yang belum dijawab ({count}) akan ditutup.")
BALANCE = Text(
    "\n\n💰 Saldomu <b>{balance}</b> tidak ikut hilang: pakai dulu, atau kembali kapan saja "
    "dengan akun Telegram yang sama."
)
FORGOTTEN = Text(
    "✅ Data pribadimu sudah dihapus.{balance}\n\nKalau suatu saat kembali, tinggal tekan /start, ya."
)
KEPT = Text("\n\n💰 Saldo {balance} tetap tersimpan untuk akun Telegram ini.")
