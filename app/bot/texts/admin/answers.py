"""Messages between customers and the shop."""

from app.bot.toolkit.html import Text

ANSWERED = Text("📨 Jawaban untuk <b>{name}</b> dikirim.")
