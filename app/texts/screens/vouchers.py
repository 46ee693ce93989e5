"""`Gunakan Voucher`."""

from app.texts.html import Text

ASK = Text(
    "🎟 <b>Gunakan Voucher</b>\n\nKetik kode vouchernya, misalnya <code>ABCDE-23456</code>.\n"
    "Satu voucher untuk satu pesanan."
)
