"""Meeting a person, and what the shop knows of them."""

from app.bot.toolkit.html import Text

QUESTIONS = {
    "name": Text(
        "👋 Selamat datang di <b>{store}</b>!\n\nSiapa namamu? Ketik nama, atau <b>Lewati</b> "
        "untuk memakai <b>{name}</b>."
    ),
    "whatsapp": Text("📱 Berapa nomor WhatsApp-mu?\nContoh: <code>081234567890</code>"),
    "email": Text("📧 Apa alamat emailmu?\nContoh: <code>nama@contoh.com</code>"),
}
ASK_AGAIN = Text("⚠️ {problem}\n\n{question}")

#: What is wrong with a typed answer, and how it would be right.
PROBLEMS = {
    "not_text": Text("Kirim jawabannya sebagai teks, ya."),
    "name_empty": Text("Nama harus berisi huruf."),
    "name_long": Text("Nama terlalu panjang, paling banyak {most} huruf."),
    "whatsapp_letters": Text("Nomor WhatsApp hanya berisi angka, boleh diawali +."),
    "whatsapp_prefix": Text("Awali nomornya dengan 08, 62, atau + dan kode negara."),
    "whatsapp_short": Text("Nomor itu terlalu pendek, paling sedikit {least} angka."),
    "whatsapp_long": Text("Nomor itu terlalu panjang, paling banyak {most} angka."),
    "email_sign": Text("Alamat email harus memuat satu tanda @."),
    "email_shape": Text("Alamat email itu tidak lengkap. Periksa lagi bagian sebelum dan sesudah @."),
    "email_letters": Text("Alamat email hanya memuat huruf latin, angka dan tanda seperti titik dan strip."),
    "email_long": Text("Alamat email itu terlalu panjang, paling banyak {most} huruf."),
}

#: What is asked under `Ubah …`.
CHANGES = {
    "name": Text("✏️ Ketik nama barumu."),
    "email": Text("✏️ Ketik alamat email barumu.\nContoh: <code>nama@contoh.com</code>"),
    "whatsapp": Text("✏️ Ketik nomor WhatsApp barumu.\nContoh: <code>081234567890</code>"),
}
CHANGED = {
    "name": Text("✅ Nama sudah diubah.\n\n"),
    "email": Text("✅ Email sudah diubah.\n\n"),
    "whatsapp": Text("✅ Nomor WhatsApp sudah diubah.\n\n"),
}

ACCOUNT = Text(
    "{changed}👤 <b>Akun</b>\n\nID: <code>{id}</code>\nNama: {name}\nUsername: {username}\nEmail: {email}\n"
    "WhatsApp: {whatsapp}\n\n💰 Saldo: <b>{balance}</b>\n🏦 No. rekening: <code>{bank_id}</code>\n"
    "⭐ Status: {status}\n🤝 Reseller: {reseller}"
)
UNKNOWN = "-"
YES, NO = "ya", "tidak"
CUSTOMER, ADMIN = "pelanggan", "admin"
