"""What the processes of the Procfile are given."""

from __future__ import annotations

from app.local import procfile
from settings import Settings


def test_every_setting_is_known_by_name():
    assert {name.upper() for name in Settings.model_fields} == procfile.VARIABLES
