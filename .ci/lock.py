"""`make lock`: pin what pyproject.toml allows, with the hashes of every file, for all Pythons and platforms.

requirements.txt is what deployments install, dev.txt beside this script what tests and demo add. What is
pinned already stays unless a range no longer allows it; `make lock UPGRADE=1` takes the newest of everything.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
OLDEST_PYTHON = "3.11"
HEADER = "# What {whom}, pinned with hashes by `make lock`; the ranges are in pyproject.toml."
#: `"name[extra]>=1; marker",  # reason`
LISTED = re.compile(r'^    "([A-Za-z0-9._-]+)[^"]*",\s*# (.+)$', re.M)


def main() -> None:
    reasons = {
        _normal(name): reason for name, reason in LISTED.findall((ROOT / "pyproject.toml").read_text())
    }
    options = [] if "--upgrade" not in sys.argv else ["--upgrade"]
    deployed, developing = ROOT / "requirements.txt", ROOT / ".ci" / "dev.txt"
    _pin(deployed, ["pyproject.toml", *options])
    _explain(deployed, "a deployment needs", reasons)
    _pin(developing, ["--group", "pyproject.toml:dev", "--constraint", "requirements.txt", *options])
    _explain(developing, "tests, demo and `make run` add", reasons)


def _pin(output: Path, arguments: list[str]) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
    command += ["--no-header", "--no-annotate", "--python-version", OLDEST_PYTHON, "--output-file", output]
    subprocess.run([*map(str, command), *arguments], cwd=ROOT, check=True)


def _explain(output: Path, whom: str, reasons: dict[str, str]) -> None:
    """Put the reason above each package that was asked for; the others came along."""
    lines = [HEADER.format(whom=whom)]
    for line in output.read_text().splitlines():
        found = re.match(r"([A-Za-z0-9._-]+)==", line)
        if found and (reason := reasons.get(_normal(found[1]))):
            lines.append(f"# {found[1]}: {reason}")
        lines.append(line)
    output.write_text("\n".join(lines) + "\n")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
