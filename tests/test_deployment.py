"""app.json, which platforms read, says what settings and Procfile say."""

import json
from pathlib import Path

import pytest

from settings import Settings

ROOT = Path(__file__).parent.parent
APP = json.loads((ROOT / "app.json").read_text())
ADDED = {f"{addon['as']}_URL" for addon in APP["addons"]}


def test_every_variable_is_a_setting():
    assert {name.lower() for name in APP["env"] | dict.fromkeys(ADDED)} <= Settings.model_fields.keys()


def test_nothing_that_a_shop_cannot_do_without_is_forgotten():
    required = {name.upper() for name, field in Settings.model_fields.items() if field.is_required()}

    assert required <= APP["env"].keys() | ADDED


def test_the_formation_is_that_of_the_procfile():
    lines = (ROOT / "Procfile").read_text().splitlines()

    others = {"release", "all"}  # what runs before, and what stands for all of them
    assert APP["formation"].keys() == {line.split(":")[0] for line in lines} - others
    assert APP["formation"]["poller"]["quantity"] == 0  # updates come by webhook


@pytest.mark.parametrize("name", ["TELEGRAM_WEBHOOK_SECRET", "OPS_PASSWORD"])
def test_secrets_of_our_own_are_generated(name):
    assert APP["env"][name]["generator"] == "secret"
