"""The settings of `.env` and of the environment: `python -m app.local.checked` prints them as JSON.

With `--only` it checks those of the environment, servers too, and says nothing when they are right.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from dotenv import dotenv_values

import settings
from app.local import procfile, run


def checked(dotenv: Path) -> dict[str, str]:
    """The environment wins. Addresses of servers may be missing: they become ours. Raises SettingsError."""
    kept = {name: value for name, value in dotenv_values(dotenv).items() if value}
    values = {name: value for name, value in (kept | procfile.given()).items() if name in procfile.VARIABLES}
    stand_in = dict.fromkeys(run.STORAGE, "postgresql:///") | {"REDIS_URL": "redis://localhost"}
    settings.load(**{name.lower(): value for name, value in (stand_in | values).items()})
    return values


def main() -> int:
    try:
        if sys.argv[1:] == ["--only"]:
            settings.load()
        else:
            print(json.dumps(checked(Path(".env"))))
    except settings.SettingsError as error:
        print(error, file=sys.stderr)
        return run.REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
