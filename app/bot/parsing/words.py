"""What people type without having been asked: greetings, wishes, invoices, names of products."""

from __future__ import annotations

import re

from app.money import typed

#: As typed.label makes them.
GREETINGS = {
    "HALO", "HALLO", "HAI", "HAY", "HI", "HELLO", "HEI", "P", "PING", "TES", "TEST", "MENU", "MULAI", "START",
    "HOME", "AWAL", "PAGI", "SIANG", "SORE", "MALAM", "SELAMAT PAGI", "SELAMAT SIANG", "SELAMAT SORE",
    "SELAMAT MALAM", "ASSALAMUALAIKUM", "ASSALAMU'ALAIKUM", "PERMISI", "LEWATI", "KEMBALI", "BATAL",
    "BATALKAN", "TERIMA KASIH", "TERIMAKASIH", "MAKASIH", "THANKS", "OK", "OKE", "SIAP", "SKIP", "BACK",
    "CANCEL", "THANK YOU", "GOOD MORNING", "GOOD AFTERNOON", "GOOD EVENING",
}  # fmt: skip
PRODUCTS = {
    "PRODUK", "LIST", "KATALOG", "DAFTAR", "DAFTAR PRODUK", "KATEGORI", "BELI", "ORDER", "PRICELIST", "HARGA",
    "PRODUCT", "CATALOG", "CATEGORIES", "BUY", "PRICES",
}  # fmt: skip
BEST = {"TERLARIS", "BEST SELLER", "BEST SELLERS"}
EVERYTHING = {"SEMUA PRODUK", "SEMUA", "ALL PRODUCTS", "ALL"}
STOCK = {"STOK", "STOCK", "CEK STOK", "READY"}
ACCOUNT = {"AKUN", "AKUNKU", "PROFIL", "SALDO", "CEK SALDO", "MY ACCOUNT", "PROFILE", "BALANCE"}
HISTORY = {
    "RIWAYAT", "RIWAYAT TRANSAKSI", "PESANAN", "PESANANKU", "PESANAN SAYA", "TRANSAKSI", "HISTORY",
    "ORDER HISTORY", "ORDERS", "MY ORDERS",
}  # fmt: skip
DEPOSIT = {"DEPOSIT", "TOP UP", "TOPUP", "ISI SALDO"}
HELP = {
    "BANTUAN", "HELP", "TOLONG", "PANDUAN", "CARA PESAN", "CARA ORDER", "CARA BELI", "GUIDE", "HOW TO ORDER",
}  # fmt: skip
WRITE = {"ADMIN", "CS", "KOMPLAIN", "HUBUNGI ADMIN", "GARANSI", "REFUND", "SUPPORT", "CONTACT", "WARRANTY"}

#: Said around the name of a product.
_AROUND = GREETINGS | {
    "KAK", "MIN", "GAN", "BANG", "MAS", "MBAK", "MAU", "INGIN", "BELI", "ORDER", "PESAN", "CARI", "ADA",
    "APA", "APAKAH", "YANG", "DONG", "DONK", "YA", "DEH", "NIH", "SAYA", "AKU", "TOLONG", "MASIH", "READY",
    "STOK", "HARGA", "BERAPA", "BUAT", "UNTUK", "BUY", "PRICE", "PLEASE", "THE", "DO", "YOU", "HAVE", "WANT",
}  # fmt: skip
#: Longer texts are no names.
_MOST = 64
_INVOICE = re.compile(r"(?<![A-Z0-9])TRX[A-Z0-9_-]{6,60}", re.ASCII)
_SIGNS = ".,;:!?()\"'“”…"


def invoice(text: str) -> str | None:
    """The first one that is named, alone or in a sentence."""
    found = _INVOICE.search(typed.seen(text).upper())
    return found.group() if found else None


def is_invoice(text: str) -> bool:
    """It names an order and says nothing else."""
    return _INVOICE.fullmatch(typed.seen(text).strip(_SIGNS).upper()) is not None


def sought(text: str) -> list[str] | None:
    """The words that may be of a product's name: none in a mere greeting; None for what can be no name."""
    shown = typed.seen(text)
    if not shown or len(shown) > _MOST:
        return None
    words = [word.strip(_SIGNS) or word for word in shown.lower().split()]
    return [word for word in words if word.upper() not in _AROUND]
