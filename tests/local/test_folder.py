"""The folder that a shop of this machine keeps its state in."""

import os

from app.local.folder import held


def test_what_a_shop_of_this_machine_writes_is_for_its_owner_alone(folder):
    (folder / "demo.log").write_text("from before")
    before = os.umask(0o022)
    try:
        with held(folder) as state:
            (state / "new.log").write_text("orders")

        assert [path.stat().st_mode & 0o077 for path in folder.iterdir()] == [0, 0, 0]
    finally:
        os.umask(before)
