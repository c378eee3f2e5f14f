"""Plugin processes that use the emulator, each stopped at the end of its test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.emulator_process import EmulatorProcess
from tests.plugin.plugin_process import PICKLED_PROVIDER, PluginProcess
from tests.provider.lifecycle.world import ORG

StartPlugin: TypeAlias = Callable[..., PluginProcess]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.sdk)


@pytest.fixture
def start_plugin(emulator: EmulatorProcess, tmp_path: Path) -> Iterator[StartPlugin]:
    """Start a process with changed config (None removes a key) and with environment variables."""
    processes: list[PluginProcess] = []

    def start(
        changed_config: dict[str, str | None] | None = None,
        *,
        engine: str = "127.0.0.1:9",
        pickled_provider: str = PICKLED_PROVIDER,
        **environment: str,
    ) -> PluginProcess:
        config = {
            "adobe:endpoint": emulator.url,
            "adobe:imsEndpoint": emulator.url,
            "adobe:orgId": ORG,
            "adobe:sandbox": "dev",
            "adobe:clientId": "emulator-client-id",
            "adobe:clientSecret": "emulator-client-secret",
            "adobe:test": "off",
            "project:other": "1",
            **(changed_config or {}),
        }
        present_config = {key: value for key, value in config.items() if value is not None}
        processes.append(PluginProcess(present_config, tmp_path, environment, pickled_provider, engine))
        return processes[-1]

    yield start
    for process in processes:
        process.stop()
