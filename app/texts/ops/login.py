"""Coming in."""

from app.texts.html import Text

TITLE = Text("Masuk")
ABOUT = Text("Halaman operator: lihat pesanan, bereskan yang macet.")
LOCKED = Text(
    "Terlalu banyak percobaan yang salah. Coba lagi 15 menit lagi, ya. Admin sudah dikabari lewat bot."
)
WRONG = Text("Admin atau kata sandinya belum tepat. Periksa lagi, lalu coba lagi.")
ADMIN, ADMIN_HINT = Text("Kamu admin yang mana?"), Text("@nama atau ID Telegram")
ADMIN_MAY_BE_EMPTY = Text("Boleh kosong kalau adminnya cuma satu.")
PASSWORD, WHERE = Text("Kata sandi"), Text("OPS_PASSWORD di pengaturan server.")
ENTER = Text("Masuk")
