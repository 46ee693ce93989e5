"""Groups, maintenance, version: what admins read about the shop itself."""

from app.bot.toolkit.html import Text

FORMATS = {
    "lowstock": Text(
        "Format: <code>/lowstock jumlah</code>, 0 agar hanya dikabari saat habis\n"
        "Contoh: <code>/lowstock 5</code>"
    ),
    "whitelist": Text(
        "Kirim <code>/whitelist</code> di dalam grupnya, atau dengan id grup.\n"
        "Contoh: <code>/whitelist -1001234567890</code>"
    ),
    "rm": Text(
        "Kirim <code>/rm</code> di dalam grupnya, atau dengan id grup.\n"
        "Contoh: <code>/rm -1001234567890</code>"
    ),
    "maintenance": Text(
        "Format: <code>/maintenance on</code> atau <code>/maintenance off</code>\n"
        "Contoh: <code>/maintenance on</code>"
    ),
}
PROBLEMS = {
    "low_stock": Text("Batasnya harus angka 0 sampai {most}. Sekarang: <b>{now}</b>."),
    "group": Text("Id grup harus angka negatif."),
    "switch": Text("Tulis <code>on</code> atau <code>off</code>. Sekarang: <b>{now}</b>."),
}

#: By whether something changed.
WHITELISTED = {
    True: Text("✅ {group} sekarang mendapat pemberitahuan toko."),
    False: Text("{group} memang sudah mendapat pemberitahuan toko."),
}
REMOVED = {
    True: Text("🔕 {group} tidak lagi mendapat pemberitahuan toko."),
    False: Text("{group} memang tidak terdaftar."),
}
GROUP = Text("Grup <b>{title}</b> (<code>{id}</code>)")
GROUP_WITHOUT_TITLE = Text("Grup <code>{id}</code>")
GROUP_ADDED = Text("🔔 Grup ini sekarang mendapat pemberitahuan toko.")
GROUP_LOST = Text(
    "🔕 {group} tidak bisa dikirimi lagi (bot dikeluarkan atau dibatasi), jadi dihapus dari daftar. "
    "Undang botnya kembali, lalu kirim /whitelist di sana."
)

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
    "ℹ️ <b>QuickCart {version}</b>\n\n⏱ Proses ini berjalan {uptime}\n"
    "🗄 Migrasi terakhir: <code>{latest}</code>\n{state}"
)
SANDBOX_ON = Text(
    "🧪 <b>Mode uji coba</b>: pembayaran percobaan dianggap lunas, jadi produk terkirim tanpa uang masuk. "
    "Untuk berjualan sungguhan, hapus <code>PAKASIR_SANDBOX</code> dari pengaturan server."
)
SANDBOX_OFF = Text("💰 Mode uji coba selesai: sekarang hanya pembayaran sungguhan yang dihitung.")
UP_TO_DATE = Text("✅ Skema database sesuai rilis ini.")
BEHIND = Text("⚠️ {missing} migrasi belum dijalankan.")
