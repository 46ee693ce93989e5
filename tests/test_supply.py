"""What is installed is what was pinned: every package exact, with hashes, as pyproject.toml allows it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
DEPLOYED, DEVELOPING = ROOT / "requirements.txt", ROOT / ".ci" / "dev.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
RANGES = {
    DEPLOYED: PROJECT["project"]["dependencies"],
    DEVELOPING: PROJECT["dependency-groups"]["dev"],
}


def pinned(lock: Path) -> dict[str, tuple[str, list[str]]]:
    """Version and hashes of each package."""
    entries = re.sub(r"\\\n\s*", " ", re.sub(r"^#.*\n", "", lock.read_text(), flags=re.M)).splitlines()
    found = {}
    for entry in entries:
        requirement, *hashes = entry.split(" --hash=")
        parsed = Requirement(requirement)
        (specifier,) = parsed.specifier
        assert specifier.operator == "=="
        found[canonicalize_name(parsed.name)] = specifier.version, hashes
    return found


@pytest.mark.parametrize("lock", RANGES, ids=lambda lock: lock.name)
def test_every_range_has_a_pin_within_it(lock):
    pins = pinned(lock)

    for text in RANGES[lock]:
        wanted = Requirement(text)
        version, _ = pins[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(version, prereleases=True), f"make lock: {text}, but {version}"


@pytest.mark.parametrize("lock", RANGES, ids=lambda lock: lock.name)
def test_every_pin_has_hashes(lock):
    pins = pinned(lock)

    assert len(pins) > len(RANGES[lock])
    assert all(hashes and all(one.startswith("sha256:") for one in hashes) for _, hashes in pins.values())


def test_what_is_in_both_is_the_same_in_both():
    deployed, developing = pinned(DEPLOYED), pinned(DEVELOPING)

    assert {name: deployed[name] for name in deployed.keys() & developing.keys()} == {
        name: developing[name] for name in deployed.keys() & developing.keys()
    }


def test_each_package_that_a_deployment_asks_for_says_why():
    text = DEPLOYED.read_text()

    for wanted in map(Requirement, RANGES[DEPLOYED]):
        assert re.search(rf"^# {re.escape(wanted.name)}: .+\n{re.escape(wanted.name)}==", text, re.M | re.I)
