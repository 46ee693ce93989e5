"""`/maintenance`, `/lowstock` and `/version`."""

from app.texts.html import Text

LOW_STOCK = Text(
    "📉 Admin dikabari saat stok sebuah produk tinggal <b>{now}</b> atau kurang. "
    "Ubah dengan <code>/lowstock jumlah</code>."
)
LOW_STOCK_CHANGED = Text("📉 Batas stok menipis diubah: {before} → <b>{now}</b>")
MAINTENANCE = {
    True: Text(
        "🛠 Perawatan dimulai: pembeli hanya melihat pemberitahuan. Pembayaran yang berjalan tetap diproses."
    ),
    False: Text("✅ Perawatan selesai: toko buka lagi."),
}
VERSION = Text(
    "ℹ️ <b>QuickCart {version}</b>\n\n⏱ Berjalan sejak {uptime} lalu\n"
    "🗄 Versi database: <code>{latest}</code>\n{state}"
)
SESSION_ENDED = Text("Sesi halaman operator sudah diakhiri. Ganti OPS_PASSWORD kalau itu bukan kamu.")
SESSION_OVER = Text("Sesi itu sudah berakhir.")
SANDBOX_ON = Text(
    "🧪 <b>Mode uji coba</b>: pembayaran percobaan dianggap lunas, jadi produk terkirim tanpa uang masuk. "
    "Untuk berjualan sungguhan, hapus <code>PAKASIR_SANDBOX</code> dari pengaturan server."
)
SANDBOX_OFF = Text("💰 Mode uji coba selesai: sekarang hanya pembayaran sungguhan yang dihitung.")
UP_TO_DATE = Text("✅ Database sesuai dengan versi ini.")
BEHIND = Text("⚠️ {missing} pembaruan database belum dijalankan.")
