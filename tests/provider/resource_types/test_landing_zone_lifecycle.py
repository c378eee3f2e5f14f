"""The credentials of a landing zone: no request renews a token that has ended, unless somebody asked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from pulumi_adobe.config.options import Options
from pulumi_adobe.flow_service.errors import FlowServiceError, InvalidRequest, UnexpectedResponse
from pulumi_adobe.lifecycle.create import CreatedResource
from pulumi_adobe.lifecycle.errors import PartialFailure, UnknownExpiry, WrongPlace
from pulumi_adobe.lifecycle.resource_lifecycle import ResourceLifecycle
from pulumi_adobe.resource_types.landing_zone_lifecycle import RENEWAL_PENDING
from pulumi_adobe.resource_types.registry import get_resource_type
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import ORG, Process, World

ID = "dev/dlz_databricks_source"
INPUTS = {"kind": "dlz_databricks_source", "owner": "project/dev/zone"}
ROUTE = "/data/foundation/connectors/landingzone/credentials"
DAY = 86_400
RENEWING = Options(renew_landing_zone=(ID,))


@pytest.fixture
def world(emulator: EmulatorProcess) -> World:
    return World(emulator)


@pytest.fixture
def created(world: World) -> CreatedResource:
    """The credentials as a stack has them; the journal has no requests."""
    created = get_lifecycle(world.start_process()).create(INPUTS)
    world.emulator.clear_journal()
    return created


def get_lifecycle(process: Process) -> ResourceLifecycle:
    return get_resource_type("LandingZoneCredentials").create_lifecycle(INPUTS, process.context)


def list_credential_requests(world: World) -> list[tuple[str, bool]]:
    """Return method and effect of the requests for the credentials: a GET that renews has an effect."""
    return [
        (request["method"], bool(request["effect"]))
        for request in world.emulator.journal()
        if request["path"].startswith(ROUTE)
    ]


def with_expiry(created: CreatedResource, days: int) -> dict[str, Any]:
    """Return the outputs of a state that holds an expiry so many days from today, UTC."""
    return {**created.outputs, "expiryDate": str(_today() + timedelta(days=days))}


def asked_for(created: CreatedResource) -> dict[str, Any]:
    """Return the outputs of a state that notes that the token is to be renewed."""
    return {**created.outputs, RENEWAL_PENDING: True}


def _today() -> date:
    return datetime.now(timezone.utc).date()


def test_create_stores_the_credentials_and_the_entry_for_the_cluster(world: World) -> None:
    process = world.start_process()

    created = get_lifecycle(process).create(INPUTS)

    outputs = created.outputs
    key = f"fs.azure.sas.{outputs['container']}.{outputs['account']}.blob.core.windows.net"
    assert created.id == ID
    assert outputs["sparkConf"] == {key: outputs["sasToken"]}
    assert outputs["sasToken"].startswith("sv=")
    assert outputs["sasUri"].endswith(outputs["sasToken"])
    assert (outputs["sandboxName"], outputs["orgId"]) == ("dev", ORG)
    assert process.context.redactor.contains_secret(outputs["sasToken"])


def test_create_that_may_have_renewed_an_ended_token_says_so_and_another_does_not(
    world: World, created: CreatedResource
) -> None:
    world.emulator.turn_clock(10 * DAY)
    later = world.start_process()
    get_lifecycle(later).create(INPUTS)
    assert later.messages == []

    world.emulator.turn_clock(81 * DAY)
    after_the_end = world.start_process()
    renewed = get_lifecycle(after_the_end).create(INPUTS)

    (message,) = after_the_end.messages
    assert renewed.outputs["expiryDate"] in message
    assert "restart" in message
    assert renewed.outputs["sasToken"] != created.outputs["sasToken"]
    assert renewed.outputs["sasToken"] not in message


@pytest.mark.parametrize("days", [0, -1, -400], ids=["day of the expiry", "a day later", "a year later"])
def test_from_the_day_of_the_stored_expiry_on_neither_diff_nor_read_asks_for_the_credentials(
    world: World, created: CreatedResource, days: int
) -> None:
    process, ended = world.start_process(), with_expiry(created, days)
    lifecycle = get_lifecycle(process)

    lifecycle.check(INPUTS, INPUTS)
    resource_diff = lifecycle.diff(ID, ended, INPUTS)
    read_state = lifecycle.read(ID, ended)

    assert list_credential_requests(world) == []
    assert not resource_diff
    assert read_state is not None
    assert (read_state.outputs, read_state.inputs) == (ended, INPUTS)
    # The engine's refresh calls both, and says it once.
    (message,) = process.messages
    assert message.startswith('warning: LandingZoneCredentials "zone"')
    assert "adobe-flow landing-zone refresh" in message
    assert "rotate_before" in message


def test_diff_sends_nothing_at_all(world: World, created: CreatedResource) -> None:
    get_lifecycle(world.start_process()).diff(ID, created.outputs, INPUTS)

    assert world.emulator.journal() == []


def test_read_decides_by_the_clock_of_the_service(world: World, created: CreatedResource) -> None:
    """This machine's clock says that there are 90 days left."""
    world.emulator.turn_clock(90 * DAY)

    read_state = get_lifecycle(world.start_process()).read(ID, created.outputs)

    assert list_credential_requests(world) == []
    assert read_state is not None
    assert read_state.outputs == created.outputs


def test_read_on_the_day_before_the_expiry_changes_nothing(world: World, created: CreatedResource) -> None:
    world.emulator.turn_clock(89 * DAY)

    read_state = get_lifecycle(world.start_process()).read(ID, created.outputs)

    assert list_credential_requests(world) == [("GET", False)]
    assert read_state is not None
    assert read_state.outputs == created.outputs


def test_read_shows_a_token_that_was_renewed_elsewhere(world: World, created: CreatedResource) -> None:
    renewed = get_lifecycle(world.start_process()).update(ID, asked_for(created), INPUTS)
    process = world.start_process()

    read_state = get_lifecycle(process).read(ID, asked_for(created))

    assert read_state is not None
    assert read_state.outputs == renewed
    (message,) = process.messages
    assert "outside of this stack" in message


@pytest.mark.parametrize("expiry", [None, "", "soon", "2026-13-40", 20261201])
def test_read_without_a_readable_expiry_is_refused(world: World, created: CreatedResource, expiry: object) -> None:
    outputs = {**created.outputs, "expiryDate": expiry}

    with pytest.raises(UnknownExpiry, match="adobe-flow landing-zone refresh"):
        get_lifecycle(world.start_process()).read(ID, outputs)

    assert world.emulator.journal() == []


@dataclass(frozen=True)
class Due:
    """A reason to renew; ``days`` are those until the stored expiry."""

    days: int
    outputs: Mapping[str, Any] = field(default_factory=dict)
    inputs: Mapping[str, Any] = field(default_factory=dict)


@pytest.mark.parametrize(
    "due",
    [
        Due(7, inputs={"rotateBefore": 7}),
        Due(-3, inputs={"rotateBefore": 7}),
        Due(80, outputs={RENEWAL_PENDING: True}),
    ],
    ids=["rotate_before", "rotate_before, ended", "noted in the state"],
)
def test_planned_renewal_is_an_update_that_names_its_consequences_first(
    world: World, created: CreatedResource, due: Due
) -> None:
    process = world.start_process()
    outputs, inputs = {**with_expiry(created, due.days), **due.outputs}, {**INPUTS, **due.inputs}

    resource_diff = get_lifecycle(process).diff(ID, outputs, inputs)

    assert world.emulator.journal() == []
    assert resource_diff
    assert not resource_diff.replaces
    assert "sasToken" in resource_diff.changed_secrets
    (message,) = process.messages
    assert "stops working at once" in message
    assert "restarted" in message

    renewed = get_lifecycle(process).update(ID, outputs, inputs)

    assert list_credential_requests(world) == [("POST", True)]
    assert renewed["sasToken"] != created.outputs["sasToken"]
    assert renewed["expiryDate"] == str(_today() + timedelta(days=90))
    assert RENEWAL_PENDING not in renewed
    assert not get_lifecycle(world.start_process()).diff(ID, renewed, inputs)


def test_requested_renewal_is_recorded_in_the_state_before_any_request(world: World, created: CreatedResource) -> None:
    """A run that is killed after Adobe has renewed the token leaves the note."""
    process = world.start_process(RENEWING)

    resource_diff = get_lifecycle(process).diff(ID, created.outputs, INPUTS)
    noted = get_lifecycle(process).update(ID, created.outputs, INPUTS)

    assert resource_diff
    assert not resource_diff.replaces
    assert noted == asked_for(created)
    assert world.emulator.journal() == []
    (message,) = process.messages
    assert "stops working at once" in message
    assert get_lifecycle(world.start_process()).diff(ID, noted, INPUTS).changed_secrets == ("sasToken",)


def test_refresh_removes_the_recorded_renewal_while_the_token_is_valid(world: World, created: CreatedResource) -> None:
    read_state = get_lifecycle(world.start_process()).read(ID, asked_for(created))

    assert read_state is not None
    assert read_state.outputs == created.outputs


def test_renewal_that_names_another_landing_zone_is_not_planned(world: World, created: CreatedResource) -> None:
    options = Options(renew_landing_zone=("prod/dlz_databricks_source",))

    assert not get_lifecycle(world.start_process(options)).diff(ID, created.outputs, INPUTS)


def test_change_of_rotate_before_alone_changes_the_state_and_sends_nothing(
    world: World, created: CreatedResource
) -> None:
    lifecycle, inputs = get_lifecycle(world.start_process()), {**INPUTS, "rotateBefore": 7}

    resource_diff = lifecycle.diff(ID, created.outputs, inputs)
    outputs = lifecycle.update(ID, created.outputs, inputs)

    assert resource_diff.state_only == ("rotateBefore",)
    assert outputs == {**created.outputs, "rotateBefore": 7}
    assert world.emulator.journal() == []


def test_token_that_expires_soon_causes_a_warning_unless_it_is_to_be_rotated(
    world: World, created: CreatedResource
) -> None:
    soon, warned, rotating = with_expiry(created, 10), world.start_process(), world.start_process()

    get_lifecycle(warned).diff(ID, soon, INPUTS)
    get_lifecycle(rotating).diff(ID, soon, {**INPUTS, "rotateBefore": 5})

    (message,) = warned.messages
    assert soon["expiryDate"] in message
    assert rotating.messages == []


def test_rotate_before_longer_than_the_lifetime_of_a_token_causes_a_warning(
    world: World, created: CreatedResource
) -> None:
    world.emulator.switch(landing_zone_days=5)
    process = world.start_process()

    get_lifecycle(process).update(ID, with_expiry(created, 1), {**INPUTS, "rotateBefore": 20})

    assert any("Give rotate_before fewer days" in message for message in process.messages)


@pytest.mark.parametrize(
    "fault",
    [
        {"cut": "after", "times": 9},
        {"status": 503, "times": 99},
        {"status": 200, "body": {"SASToken": "sv=2020&sig=dlz-planted-0001"}},
        {"status": 200, "body": "<html>login</html>"},
    ],
    ids=["no answer", "unavailable", "an answer without members", "a login page"],
)
def test_lost_response_to_a_renewal_is_recorded_in_the_state_and_the_next_update_renews_again(
    world: World, created: CreatedResource, fault: Mapping[str, Any]
) -> None:
    world.emulator.fault(f"POST {ROUTE}", **fault)

    with pytest.raises(PartialFailure) as raised:
        get_lifecycle(world.start_process()).update(ID, asked_for(created), INPUTS)

    kept = raised.value.outputs
    assert kept == asked_for(created)
    assert "pulumi up" in raised.value.hint
    assert "planted" not in str(raised.value)
    world.emulator.clear_faults()
    assert get_lifecycle(world.start_process()).diff(ID, kept, INPUTS)
    renewed = get_lifecycle(world.start_process()).update(ID, kept, INPUTS)
    assert RENEWAL_PENDING not in renewed


def test_refused_renewal_changes_nothing(world: World, created: CreatedResource) -> None:
    world.emulator.fault(f"POST {ROUTE}", status=400, body={"errorCode": "CONNECTOR-1703-400", "message": "no"})

    with pytest.raises(InvalidRequest, match="1703"):
        get_lifecycle(world.start_process()).update(ID, asked_for(created), INPUTS)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"SASToken": "sv=2020&sig=dlz-planted-0001"},
        {
            "containerName": "c",
            "storageAccountName": "a",
            "SASToken": "sv=2020&sig=dlz-planted-0001",
            "SASUri": "https://a/c?sv=2020&sig=dlz-planted-0001",
            "expiryDate": "one fine day",
        },
    ],
    ids=["nothing", "the token alone", "an expiry that is no date"],
)
def test_credentials_that_cannot_be_stored_are_an_error_without_a_secret(world: World, body: Mapping[str, Any]) -> None:
    world.emulator.fault(f"GET {ROUTE}", status=200, body=body, times=99)

    with pytest.raises(UnexpectedResponse) as raised:
        get_lifecycle(world.start_process()).create(INPUTS)

    assert "planted" not in str(raised.value)


def test_another_kind_replaces_and_each_sandbox_has_an_account_of_its_own(
    world: World, created: CreatedResource
) -> None:
    assert get_lifecycle(world.start_process()).diff(ID, created.outputs, {**INPUTS, "kind": "user_drop_zone"}).replaces

    other = get_lifecycle(world.start_process(sandbox="prod")).create(INPUTS)

    assert other.id == "prod/dlz_databricks_source"
    assert not set(other.outputs["sparkConf"]) & set(created.outputs["sparkConf"])


def test_two_resources_of_one_landing_zone_are_refused_and_one_that_is_checked_twice_is_not(world: World) -> None:
    lifecycle = get_lifecycle(world.start_process())

    assert list(lifecycle.validate({}, INPUTS)) == []
    assert list(lifecycle.validate({}, INPUTS)) == []
    (problem,) = lifecycle.validate({}, {**INPUTS, "owner": "project/dev/twin"})
    assert "project/dev/zone" in problem


def test_delete_forgets_the_credentials_and_sends_nothing(world: World, created: CreatedResource) -> None:
    process = world.start_process()

    get_lifecycle(process).delete(ID, created.outputs)

    assert world.emulator.journal() == []
    (message,) = process.messages
    assert created.outputs["expiryDate"] in message


@pytest.mark.parametrize("method", ["diff", "update", "read"])
def test_credentials_of_another_sandbox_are_left_alone(world: World, created: CreatedResource, method: str) -> None:
    lifecycle = get_lifecycle(world.start_process(sandbox="prod"))
    arguments = (ID, created.outputs) if method == "read" else (ID, created.outputs, INPUTS)

    with pytest.raises(WrongPlace, match="zone"):
        getattr(lifecycle, method)(*arguments)

    assert list_credential_requests(world) == []


def test_service_that_cannot_be_asked_for_its_time_is_not_asked_for_the_credentials(
    world: World, created: CreatedResource
) -> None:
    world.emulator.fault("GET /connections", cut="before", times=99)

    with pytest.raises(FlowServiceError):
        get_lifecycle(world.start_process(timeout=2.0)).read(ID, created.outputs)

    assert list_credential_requests(world) == []
