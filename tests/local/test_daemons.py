"""Programs that run beside us: what they say when they do not start."""

import pytest

from app.local import daemons


def test_a_program_that_ends_early_says_why(folder):
    daemon = daemons.Daemon(["sh", "-c", "echo no room >&2; exit 3"], ready=b"ready", log=folder / "log")

    with pytest.raises(daemons.StartFailed, match="no room"):
        daemon.start()
