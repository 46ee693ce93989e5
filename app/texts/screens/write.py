"""`KIRIM PESAN`, and its message in the admins' chats."""

from app.texts.html import Text

WRITE = Text(
    "✉️ <b>Kirim pesan ke toko</b>\n\nTulis pesanmu sekarang, atau kirim satu gambar "
    "(boleh dengan keterangan). Jawabannya muncul di chat ini."
)
SENT = Text("✅ Pesanmu sudah dikirim ke toko. Tunggu jawabannya di sini, ya.")
SENT_LONG = Text(
    "✅ Pesanmu sudah dikirim ke toko. Karena panjang, mungkin Telegram memotongnya: kalau masih ada "
    "lanjutannya, kirim saja sekarang, nanti ikut diteruskan."
)
SENT_FIRST_PICTURE = Text(
    "✅ Pesanmu sudah dikirim ke toko, dengan gambar pertama saja: satu pesan memuat satu gambar.\n\n"
    "Tunggu jawabannya di sini, ya."
)
WRITE_BACK = Text("Tulis balasanmu sekarang: teks, atau satu gambar.")

#: Above an answer, in the customer's chat.
ANSWER = Text("💬 <b>Jawaban dari {store}</b>")
APPEALED = Text(
    "📨 Pesanmu sudah diteruskan ke toko. Kalau blokirnya dibuka, kamu bisa langsung belanja lagi."
)

#: In the admins' chats.
HEADER = Text(
    "💬 <b>Pesan pengguna</b>\n👤 {name} {username}\nID: <code>{id}</code>\n\n"
    "<i>Balas (reply) pesan ini atau pesan di bawahnya untuk menjawab.</i>"
)
TAKEN_BACK = Text("<i>Pesannya sudah dihapus oleh pengirimnya.</i>")
APPEAL = Text(
    "🚫 <b>Pesan dari pengguna yang diblokir</b>\n👤 {name} {username}\nID: <code>{id}</code>\n\n"
    "<i>Hanya satu pesan yang bisa dia kirim. Balas untuk menjawab, atau buka blokirnya dengan</i> "
    "<code>/unban {id}</code>."
)
