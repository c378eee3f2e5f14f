"""The landing zone in the doctor's eyes: what the state knows of it, and no request that would renew its token."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from adobe_flow.doctor.context import DoctorContext
from adobe_flow.doctor.finding import CheckSkipped
from adobe_flow.doctor.organization import check_landing_zones
from adobe_flow.problem import Problem
from pulumi_adobe.flow_service.platform_apis import get_landing_zone, renew_landing_zone
from pulumi_adobe.plugin.dynamic.state_format import TYPE_PREFIX as OURS
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import ORG, World

TYPE = f"{OURS}LandingZoneCredentials"
KIND = "dlz_databricks_source"
DAY = 86_400
Examine = Callable[..., str]


def in_days(days: int) -> str:
    return str((datetime.now(timezone.utc) + timedelta(days=days)).date())


@pytest.fixture
def examine(emulator: EmulatorProcess, tmp_path: Path) -> Examine:
    """Check a stack whose state has the credentials of `dev` with this expiry."""
    service = World(emulator).start_process(timeout=2.0).service
    get_landing_zone(service, KIND)
    emulator.clear_journal()

    def check(expiry: Any, **outputs: Any) -> str:
        case = DoctorContext(tmp_path, "dev", None, {})
        known = {"kind": KIND, "container": "c", "sandboxName": "dev", "orgId": ORG, "expiryDate": expiry, **outputs}
        resource = {"type": TYPE, "id": f"dev/{KIND}", "urn": f"urn:pulumi:dev::p::{TYPE}::zone", "outputs": known}
        case.results.update(list_resources=[resource], get_service=World(emulator).start_process(timeout=2.0).service)
        return check_landing_zones(case)

    return check


def list_credential_requests(emulator: EmulatorProcess) -> list[str]:
    return [each["method"] for each in emulator.journal() if "landingzone" in each["path"]]


def test_token_that_is_the_same_in_state_and_adobe_is_healthy(examine: Examine, emulator: EmulatorProcess) -> None:
    assert in_days(90) in examine(in_days(90))
    assert list_credential_requests(emulator) == ["GET"]


@pytest.mark.parametrize("days", [0, -1, -500])
def test_expired_token_is_reported_and_not_renewed(examine: Examine, emulator: EmulatorProcess, days: int) -> None:
    with pytest.raises(Problem) as raised:
        examine(in_days(days))

    assert in_days(days) in raised.value.message
    assert "adobe-flow landing-zone refresh" in raised.value.hint
    assert list_credential_requests(emulator) == []


def test_token_expiry_is_judged_by_the_clock_of_the_service(examine: Examine, emulator: EmulatorProcess) -> None:
    emulator.turn_clock(91 * DAY)

    with pytest.raises(Problem, match="has ended"):
        examine(in_days(90))

    assert list_credential_requests(emulator) == []


def test_token_renewed_outside_the_stack_is_reported(examine: Examine, emulator: EmulatorProcess) -> None:
    emulator.turn_clock(5 * DAY)
    renew_landing_zone(World(emulator).start_process().service, KIND)

    with pytest.raises(Problem, match="renewed elsewhere") as raised:
        examine(in_days(90))

    assert "pulumi refresh" in raised.value.hint


@pytest.mark.parametrize("expiry", [None, "soon", {"ciphertext": "v1:x"}])
def test_unreadable_expiry_is_reported_and_no_request_is_sent(
    examine: Examine, emulator: EmulatorProcess, expiry: Any
) -> None:
    with pytest.raises(Problem, match="zone") as raised:
        examine(expiry)

    assert "adobe-flow landing-zone refresh" in raised.value.hint
    assert emulator.journal() == []


def test_landing_zone_of_another_organization_is_not_requested(examine: Examine, emulator: EmulatorProcess) -> None:
    assert "another organization" in examine(in_days(30), orgId="FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg")
    assert list_credential_requests(emulator) == []


def test_landing_zone_check_without_a_stack_is_skipped(tmp_path: Path) -> None:
    with pytest.raises(CheckSkipped):
        check_landing_zones(DoctorContext(tmp_path, None, None, {}))
