"""Landing zones: an account for each sandbox, and a token that a GET from the day of its expiry on renews."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from tests.emulator.adobe_client import AdobeClient
from tests.emulator_process import EmulatorProcess

DAY = 86_400


def read(adobe: AdobeClient, method: str = "GET", *, sandbox: str = "dev", **query: str) -> dict[str, Any]:
    answer = adobe.session.request(
        method,
        f"{adobe.url}/data/foundation/connectors/landingzone/credentials",
        params={"type": "dlz_databricks_source", **query},
        headers={"x-sandbox-name": sandbox},
        timeout=10,
    )
    assert answer.ok, answer.text
    found: dict[str, Any] = answer.json()
    return found


def list_effects(emulator: EmulatorProcess) -> list[bool]:
    return [bool(each["effect"]) for each in emulator.journal() if "landingzone" in each["path"]]


def test_get_renews_the_landing_zone_token_only_from_the_day_of_its_expiry_on(
    emulator: EmulatorProcess, adobe: AdobeClient
) -> None:
    first = read(adobe)
    emulator.turn_clock(89 * DAY)
    assert read(adobe) == first
    emulator.turn_clock(DAY)

    renewed = read(adobe)

    assert renewed["SASToken"] != first["SASToken"]
    assert renewed["expiryDate"] > first["expiryDate"]
    assert list_effects(emulator) == [False, False, True]


def test_refresh_replaces_the_landing_zone_token_immediately(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    first = read(adobe)

    renewed = read(adobe, "POST", action="refresh")

    assert renewed["SASToken"] != first["SASToken"]
    assert read(adobe) == renewed
    assert list_effects(emulator) == [False, True, False]


def test_each_sandbox_has_its_own_storage_account(adobe: AdobeClient) -> None:
    dev, prod = read(adobe), read(adobe, sandbox="prod")

    assert dev["storageAccountName"] != prod["storageAccountName"]
    assert dev["SASToken"] != prod["SASToken"]
    assert f"https://{dev['storageAccountName']}.blob.core.windows.net/{dev['containerName']}?" in dev["SASUri"]


def test_switch_sets_the_lifetime_of_a_landing_zone_token(emulator: EmulatorProcess, adobe: AdobeClient) -> None:
    emulator.switch(landing_zone_days=3)

    assert read(adobe)["expiryDate"] == str((datetime.now(timezone.utc) + timedelta(days=3)).date())
