"""The folder that a shop of this machine keeps its state in."""

import os
import threading

from app.local.folder import held, wipe


def test_what_a_shop_of_this_machine_writes_is_for_its_owner_alone(folder):
    (folder / "demo.log").write_text("from before")
    before = os.umask(0o022)
    try:
        with held(folder) as state:
            (state / "new.log").write_text("orders")

        assert [path.stat().st_mode & 0o077 for path in folder.iterdir()] == [0, 0, 0]
    finally:
        os.umask(before)


def test_what_an_ending_server_removes_itself_does_not_stop_a_wipe(folder):
    files = [folder / "postgres" / f"{number:05}" for number in range(3_000)]
    files[0].parent.mkdir()
    for file in files:
        file.touch()
    server = threading.Thread(target=lambda: [file.unlink(missing_ok=True) for file in files])

    server.start()
    wipe(folder)
    server.join()

    assert list(folder.iterdir()) == []
