"""What stands under a backup in the chat: all that somebody needs who has lost everything else."""

from __future__ import annotations

import html
from datetime import datetime
from typing import Any

import settings
from app import money
from app.infra import times

_FIRST = """🗄 <b>Cadangan {store}</b>
{at} · rilis {release}{part}
👥 {users} pengguna · 🧾 {orders} pesanan · 📦 {stock} stok
💰 jumlah buku saldo {ledger} · 📜 {events} catatan audit
🔗 ujung audit: {head}
🔑 sidik STOCK_ENCRYPTION_KEY: <code>{key}</code>

Simpan STOCK_ENCRYPTION_KEY dan kunci rahasia age (AGE-SECRET-KEY-…) di tempat lain. \
Tanpa keduanya, isi cadangan ini tidak bisa dibuka siapa pun."""
_PART = " · bagian {number} dari {count}"
_NEXT = "🗄 <code>{name}</code>" + _PART + ". Semua bagian diperlukan."
_NO_HEAD = "belum ada"


def of(manifest: dict[str, Any], name: str, number: int, count: int) -> str:
    """HTML; the manifest under the first part, the others say where they belong."""
    if number > 1:
        return _NEXT.format(name=html.escape(name), number=number, count=count)
    counts, head = manifest["counts"], manifest["audit_head"]
    return _FIRST.format(
        store=html.escape(settings.current().store_name),
        at=times.show(datetime.fromisoformat(manifest["made_at"])),
        release=manifest["release"],
        part=_PART.format(number=1, count=count) if count > 1 else "",
        users=counts["users"],
        orders=counts["orders"],
        stock=counts["stock_items"],
        ledger=money.rupiah(counts["ledger_sum"]),
        events=counts["audit_events"],
        head=f"<code>#{head['seq']} {head['hash']}</code>" if head else _NO_HEAD,
        key=manifest["stock_key"],
    )
