"""Which client a process uses, and whether the gateway is well."""

from __future__ import annotations

import pytest

import settings
from app.clients import pakasir as pakasir_client
from app.clients import pakasir_v1, pakasir_v2
from app.errors import Unreachable


def test_a_probe_passes_while_the_gateway_answers(gateway):
    gateway.probe()


@pytest.mark.parametrize("kind", ["error", "html", "down"])
def test_a_probe_fails_while_it_does_not(gateway, pakasir, kind):
    pakasir.fault("*", kind)

    with pytest.raises(Unreachable):
        gateway.probe()


@pytest.mark.parametrize(("version", "kind"), [(1, pakasir_v1.Client), (2, pakasir_v2.Client)])
def test_the_settings_choose_the_version(version, kind):
    with settings.override(pakasir_api_version=version):
        client = pakasir_client.client()

        assert type(client) is kind
        assert pakasir_client.client() is client
