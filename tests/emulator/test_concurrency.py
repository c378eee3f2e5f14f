"""Many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from tests.emulator.adobe_client import AdobeClient, lake, replace

if TYPE_CHECKING:
    from tests.emulator_process import EmulatorProcess


def test_sixteen_concurrent_creates_lose_no_connection(emulator: EmulatorProcess) -> None:
    def create(number: int) -> str:
        with AdobeClient(emulator.url) as client:
            return client.create(lake(name=f"n{number}"))["id"]

    with ThreadPoolExecutor(16) as pool:
        ids = set(pool.map(create, range(48)))
    assert {kept["id"] for kept in emulator.connections()} == ids
    assert len(ids) == 48


def test_only_one_of_many_updates_with_the_same_etag_succeeds(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    made = adobe.create()

    def rename(number: int) -> int:
        with AdobeClient(emulator.url) as client:
            return client.patch(made["id"], made["etag"], replace("/name", f"n{number}")).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(rename, range(16)))
    assert statuses == [200] + [412] * 15
