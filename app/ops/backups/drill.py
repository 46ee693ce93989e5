"""Whether a backup would bring the shop back: restored into throw-away databases, verified, one item opened.

The server cannot open its own backups. So a drill makes one the same way, to a key that lives as long as it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pyrage import x25519

import settings
from app.backoffice import backups
from app.errors import Locked
from app.infra import crypto
from app.ops import invariants, turns
from app.ops.backups import databases, making, places, restoring
from app.ops.console import Failure
from app.ops.invariants.breach import Breach
from models import utcnow

_ROOT = Path(__file__).parents[3]
#: What is late: nobody works on a copy.
_OF_TIME = {4, 5}
_ITEM = "SELECT content FROM stock_item ORDER BY id DESC LIMIT 1"
LONGEST_S = 3600
MOST_TOLD = 20


def run() -> backups.Facts:
    """A backup of this moment, tried; noted. Never raises for what the drill finds. Raises UnderWay."""
    with turns.only("drill"), tempfile.TemporaryDirectory(prefix="quickcart-drill-") as folder:
        identity = x25519.Identity.generate()
        known = {str(breach) for breach in invariants.run()}
        return _noted(lambda: making.make(Path(folder), identity.to_public()).file, identity, known)


def run_file(file: Path, identity: x25519.Identity) -> backups.Facts:
    """A backup as it was kept, tried. What `verify` finds in it, the shop may have had then. Raises
    UnderWay."""
    with turns.only("drill"):
        return _noted(lambda: file, identity, set())


def _noted(made: Any, identity: x25519.Identity, known: set[str]) -> backups.Facts:
    began, began_s = utcnow(), time.monotonic()
    outcome = backups.OK
    try:
        problems = _try(made(), identity, known)
        outcome = backups.FAILED if problems else backups.OK
    except Failure as failure:
        outcome, problems = backups.FAILED, [str(failure)]
    except places.NoPlace as missing:
        outcome, problems = backups.IMPOSSIBLE, [str(missing)]
    facts = {
        "at": began.isoformat(timespec="seconds"),
        "outcome": outcome,
        "problems": problems[:MOST_TOLD],
        "seconds": round(time.monotonic() - began_s, 1),
    }
    backups.note_drilled(facts)
    return facts


def _try(file: Path, identity: x25519.Identity, known: set[str]) -> list[str]:
    with places.throw_away(settings.current().database_url) as (shop, audit):
        manifest = restoring.restore(file, identity, shop, audit)
        problems = restoring.differences(shop, manifest)
        problems += [breach for breach in _breaches(shop, audit) if breach not in known]
        return problems + _opening(shop)


def _breaches(shop: str, audit: str) -> list[str]:
    """What `verify` says of the copy, in a process of its own: this one belongs to the shop."""
    current = settings.current()
    others = {
        name: value for name, value in os.environ.items() if name.lower() not in type(current).model_fields
    }
    done = subprocess.run(
        [sys.executable, "-m", "app.ops", "verify", "--json"],
        cwd=_ROOT,
        env=others | current.as_environment(database_url=shop, audit_database_url=audit),
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    if done.returncode not in {0, 1}:
        raise Failure(f"verify could not read the copy: {done.stderr.strip()[-300:]}")
    found = [Breach(**row) for row in json.loads(done.stdout)]
    return [str(breach) for breach in found if breach.invariant not in _OF_TIME]


def _opening(shop: str) -> list[str]:
    with databases.connected(shop, "the copy") as connection:
        row = connection.execute(_ITEM).fetchone()
    try:
        if row:
            crypto.decrypt(row[0])
    except Locked:
        return ["the newest stock item of the copy opens with none of the keys in STOCK_ENCRYPTION_KEY"]
    return []
