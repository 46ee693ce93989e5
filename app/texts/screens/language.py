"""The choice of a language: read by people who may not understand the one they are in."""

from app.texts.html import Text

QUESTION = Text("🌐 <b>Bahasa / Language</b>\n\nPilih bahasa yang kamu pakai di sini.")
CHOSEN = Text("Sekarang dalam Bahasa Indonesia.")
