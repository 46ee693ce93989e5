"""`make audit`: what is publicly known against the pinned versions. Exit code 1 for an advisory.

Where the advisory service cannot be reached, it says so and ends well: no news is not bad news.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LOCKS = ("requirements.txt", ".ci/dev.txt")
PATIENCE_S = 180


def main() -> int:
    outcomes = [_audit(lock) for lock in LOCKS]
    return 1 if "found" in outcomes else 0


def _audit(lock: str) -> str:
    """`clean`, `found` or `unknown`."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", lock, "--require-hashes", "--disable-pip"]
    command += ["--vulnerability-service", "osv", "--format", "json", "--progress-spinner", "off"]
    try:
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE_S, check=False
        )
        packages = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError):
        print(f"{lock}: known advisories could not be looked up here")
        return "unknown"
    for package in packages:
        for advisory in package.get("vulns", []):
            fixed = ", ".join(advisory["fix_versions"]) or "no release yet"
            print(f"{lock}: {package['name']} {package['version']}: {advisory['id']}, fixed in {fixed}")
    found = any(package.get("vulns") for package in packages)
    if not found:
        print(f"{lock}: no known advisory for {len(packages)} packages")
    return "found" if found else "clean"


if __name__ == "__main__":
    sys.exit(main())
