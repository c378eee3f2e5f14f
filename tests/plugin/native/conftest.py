"""Native providers that use the emulator, each stopped at the end of its test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest

from pulumi_adobe.flow_service.redaction import Redactor
from pulumi_adobe.plugin import process as plugin_process
from pulumi_adobe.plugin.messages import REDACTOR
from tests.emulator_process import EmulatorProcess
from tests.plugin.native.native_client import PROVIDER_URN, NativeClient
from tests.provider.lifecycle.world import ORG

StartProvider: TypeAlias = Callable[..., NativeClient]


@pytest.fixture
def start_provider(emulator: EmulatorProcess, monkeypatch: pytest.MonkeyPatch) -> Iterator[StartProvider]:
    """Start a provider with changed config (None removes a key), which knows nothing of the others."""
    for name in ("ADOBE_CLIENT_ID", "ADOBE_CLIENT_SECRET", "ADOBE_SANDBOX", "ADOBE_ORG_ID", "ADOBE_ENDPOINT"):
        monkeypatch.delenv(name, raising=False)
    REDACTOR.__init__()  # type: ignore[misc]  # the secrets of other tests, too
    clients: list[NativeClient] = []

    def start(urn: str = PROVIDER_URN, **changed_config: Any) -> NativeClient:
        plugin_process._CONTEXTS.clear()  # noqa: SLF001 - there is no other way to begin a process
        vars(REDACTOR).update(vars(Redactor()))  # nor to forget the secrets of other tests
        config = {
            "endpoint": emulator.url,
            "imsEndpoint": emulator.url,
            "orgId": ORG,
            "sandbox": "dev",
            "clientId": "emulator-client-id",
            "clientSecret": "emulator-client-secret",
            "test": "off",
            **changed_config,
        }
        clients.append(NativeClient({key: value for key, value in config.items() if value is not None}, urn))
        return clients[-1]

    yield start
    for client in clients:
        client.stop()
