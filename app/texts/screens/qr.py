"""What stands on the card with the QR."""

from app.texts.html import Text

SEVERAL = Text("{quantity} × {name}")
TOTAL = Text("Total bayar")
DEADLINE = Text("Bayar sebelum")
UNTIL = Text("{at} WIB")
LEFT = Text("{minutes} menit lagi")
