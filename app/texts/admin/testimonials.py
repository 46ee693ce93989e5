"""`/channel` and `/testimoni`."""

from app.texts.html import Text

CHECKING = Text("🔎 Sedang dicek apakah bot boleh mengirim ke {named}. Hasilnya muncul di sini.")
NONE = Text("📣 Belum ada kanal untuk testimoni.\n\n{format}")
CURRENT = Text(
    "📣 Testimoni 4 dan 5 bintang tampil di {channel}.\nBerhenti dengan <code>/channel -</code>; testimoni "
    "ada di "
    "<code>/testimoni</code>."
)
REMOVED = Text("🔕 Testimoni tidak lagi dikirim ke {channel}. Yang sudah tampil tetap di sana.")
NOT_SET = Text("Memang belum ada kanal untuk testimoni.")
CHANNEL = Text("<b>{title}</b> (<code>{name}</code>)")

#: What became of `/channel @nama`.
CHOSEN = Text("✅ Testimoni 4 dan 5 bintang sekarang tampil di {channel}, dengan nama pembeli disamarkan.")
REFUSED = {
    "unknown": Text(
        "⚠️ Kanal <code>{named}</code> tidak ditemukan, atau bot belum ada di sana. Periksa namanya, "
        "jadikan bot "
        "admin kanal itu, lalu kirim <code>/channel {named}</code> lagi."
    ),
    "no_channel": Text(
        "⚠️ <code>{named}</code> bukan kanal. Untuk grup pakai /whitelist; untuk testimoni buat kanal dulu, "
        "jadikan "
        "bot adminnya, lalu kirim <code>/channel @nama</code>."
    ),
    "no_right": Text(
        "⚠️ Bot belum boleh mengirim di <code>{named}</code>. Jadikan bot admin kanal itu dengan izin "
        "mengirim "
        "pesan, lalu kirim <code>/channel {named}</code> lagi."
    ),
}
LOST = Text(
    "🔕 Bot tidak bisa lagi mengirim ke {channel}, jadi testimoni tidak tampil di sana. Jadikan bot admin "
    "kanal itu "
    "lagi, lalu kirim <code>/channel {name}</code>."
)
LEFT = Text(
    "⚠️ Sebuah testimoni seharusnya hilang dari kanal, tapi Telegram tidak mengizinkan bot menghapusnya. "
    "Hapus sendiri pesan nomor {message} di kanal itu: {link}"
)
RATED_LOW = Text(
    "🙁 <b>Penilaian rendah</b>\n\n{testimonial}\n\nTanyakan apa yang kurang, selagi masih hangat."
)

LIST = Text("⭐ <b>Testimoni: {count}</b>\n\n{testimonials}\n\nTekan untuk menyembunyikan atau menampilkan.")
NO_TESTIMONIALS = Text("⭐ Belum ada testimoni. Pembeli bisa menilai begitu produknya sampai.")
ONE = Text("<b>{stars} ⭐</b> · <code>{invoice}</code> · {buyer}\n{name}{quote}{hidden}")
QUOTED = Text("\n<i>{text}</i>")
HIDDEN = Text("\n🙈 disembunyikan")
IS_HIDDEN = Text("Testimoni {invoice} disembunyikan, juga dari kanal.")
IS_SHOWN = Text("Testimoni {invoice} tampil lagi.")
