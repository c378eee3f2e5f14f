"""Which landing zone credentials of a stack a person means."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.aep.expiries import list_landing_zone_expiries
from adobe_flow.aep.landing_zone_renewal import choose_credentials
from adobe_flow.aep.landing_zones import list_stored_credentials
from adobe_flow.problem import Problem
from pulumi_adobe.plugin.dynamic.state_format import TYPE_PREFIX as OURS

TYPE = f"{OURS}LandingZoneCredentials"


def resource(name: str, sandbox: str = "dev", **changed: Any) -> dict[str, Any]:
    outputs = {"container": "c", "kind": "k", "sandboxName": sandbox, "orgId": "O", "expiryDate": "2027-02-27"}
    urn = f"urn:pulumi:dev::p::{TYPE}::{name}"
    return {"urn": urn, "type": TYPE, "id": f"{sandbox}/k", "outputs": outputs, **changed}


STORED = list(list_stored_credentials([resource("zone-dev"), resource("zone-prod", "prod")]))


@pytest.mark.parametrize("wanted", ["zone-prod", "prod/k", f"urn:pulumi:dev::p::{TYPE}::zone-prod"])
def test_landing_zone_is_selected_by_resource_name_id_or_urn(wanted: str) -> None:
    assert choose_credentials(STORED, wanted, "dev").resource == "zone-prod"


def test_only_landing_zone_needs_no_name() -> None:
    assert choose_credentials(STORED[:1], None, "dev").resource == "zone-dev"


@pytest.mark.parametrize(
    ("stored", "wanted", "told"),
    [
        (STORED, None, "zone-dev, zone-prod"),
        (STORED, "zone-prd", "zone-prod"),
        (STORED, "else", "zone-dev, zone-prod"),
        ([], None, "LandingZoneCredentials"),
        ([], "zone", "LandingZoneCredentials"),
    ],
)
def test_ambiguous_or_unknown_name_of_a_landing_zone_is_an_error_that_lists_all(
    stored: list[Any], wanted: str | None, told: str
) -> None:
    with pytest.raises(Problem) as raised:
        choose_credentials(stored, wanted, "dev")

    assert told in str(raised.value)


def test_external_pending_and_other_resources_are_no_landing_zone_credentials() -> None:
    others = [
        resource("read", external=True),
        resource("old", delete=True),
        resource("lake", type=f"{OURS}DatabricksSourceConnection"),
        resource("pending", id=None),
    ]

    assert list(list_stored_credentials(others)) == []


def test_expiry_of_a_stored_token_is_read_from_the_state() -> None:
    (end,) = list_landing_zone_expiries([resource("zone")])

    assert (end.what, end.name, end.sandbox, end.at, end.origin) == (
        "landing zone",
        "c",
        "dev",
        "2027-02-27",
        "state",
    )
