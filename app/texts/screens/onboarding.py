"""What is asked once, after the first goods."""

from app.texts.html import Text

QUESTIONS = {
    "whatsapp": Text(
        "📱 <b>Satu hal lagi, kalau boleh</b>\n\nBerapa nomor WhatsApp-mu? Kalau akun Telegram-mu hilang, "
        "lewat nomor itu toko bisa menemukan pesananmu dan mengurus garansinya.\n"
        "Contoh: <code>081234567890</code>, atau tekan <b>Lewati</b>."
    ),
    "email": Text(
        "📧 Apa alamat emailmu? Gunanya sama: supaya pesananmu tetap bisa ditemukan.\n"
        "Contoh: <code>nama@contoh.com</code>, atau tekan <b>Lewati</b>."
    ),
}
DONE = Text("🙏 Terima kasih! Keduanya bisa diubah kapan saja di <b>AKUN</b>.\n\nMau cari apa lagi?")
