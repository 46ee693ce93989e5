"""`make demo` as a newcomer meets it: one link, everything well, and a crash that costs nothing."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import httpx
import psutil
import pytest

from app.local import supervisor
from app.sandbox.chat.people import ADMIN_ID
from tests.support import programs
from tests.support.stack import await_true

#: The demo begins with these, with its admin at home and letters of customers.
TO_MEND = ("Pembayaran tidak cocok", "Produk belum terkirim", "Selamat datang", "Pesan pengguna")


def states_of(web: str) -> dict[str, str]:
    services: dict[str, str] = httpx.get(f"{web}/health").json()["services"]
    return services


def told_to_admins(chat: str) -> str:
    chats = httpx.get(f"{chat}/chat/state").json()["chats"]
    return " ".join(each["text"] for known in chats if known["id"] == ADMIN_ID for each in known["messages"])


def left_behind(folder: Path) -> list[psutil.Process]:
    return [
        process
        for process in psutil.process_iter()
        if supervisor.is_marked(process, str(folder / programs.STATE)) or _works_below(process, folder)
    ]


def _works_below(process: psutil.Process, folder: Path) -> bool:
    try:
        return process.cwd().startswith(f"{folder}/")
    except psutil.Error:
        return False


@pytest.mark.slow
def test_the_demo_is_well_and_survives_a_kill(folder):
    with programs.demo(folder) as first:
        chat, web = programs.opened(first)
        assert httpx.get(chat).status_code == 200
        assert set(states_of(web).values()) == {"ok"}
        await_true(
            lambda: all(word in told_to_admins(chat) for word in TO_MEND), "what waits for an operator"
        )
    secrets = json.loads((folder / programs.STATE / "secrets.json").read_text())

    with programs.demo(folder) as second:
        chat, web = programs.opened(second)
        assert set(states_of(web).values()) == {"ok"}
        second.send_signal(signal.SIGINT)
        assert second.wait(60) == 0

    assert json.loads((folder / programs.STATE / "secrets.json").read_text()) == secrets
    assert not left_behind(folder)


def test_the_demo_does_not_start_next_to_a_real_shop(folder):
    (folder / ".env").write_text("TELEGRAM_BOT_TOKEN=123456789:real\nREDIS_URL=redis://localhost\n")

    with programs.demo(folder, DATABASE_URL="postgres://shop@db.example.com/shop") as refused:
        said, _ = refused.communicate(timeout=60)

    assert refused.returncode == 2
    assert "TELEGRAM_BOT_TOKEN (in .env)" in said
    assert "DATABASE_URL (in the environment)" in said
    assert "REDIS_URL" not in said
    assert not (folder / programs.STATE).exists()
