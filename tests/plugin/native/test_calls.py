"""The calls of the engine to the native provider, and what they say about values, secrets and problems."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from google.protobuf.any_pb2 import Any as PackedAny
from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import status_pb2

from tests.emulator_process import EmulatorProcess
from tests.plugin.native.conftest import StartProvider
from tests.plugin.native.native_client import build_urn, list_secrets, reveal
from tests.plugin.plugin_process import UNKNOWN, get_call, get_message, to_struct

LAKE = build_urn("DatabricksSourceConnection", "lake")
SNOWFLAKE = build_urn("BaseConnection", "snowflake")
SECRET = "dapi-planted-4f1d2c3b9a"
UNKNOWN_SPEC = "11111111-2222-4333-8444-555555555555"
INPUTS: dict[str, Any] = {
    "name": "Lake",
    "domain": "https://adb-1.7.azuredatabricks.net",
    "clusterId": "0612-200003-abc123",
    "accessToken": SECRET,
    "database": "acme-db",
}
SNOWFLAKE_INPUTS: dict[str, Any] = {
    "source": "snowflake",
    "authSpec": "ConnectionString",
    "name": "Snowflake",
    "params": {"connectionString": "jdbc:snowflake://planted-4f1d2c3b9a"},
}


def test_checked_inputs_are_those_of_the_program_with_declared_secrets_marked(start_provider: StartProvider) -> None:
    provider = start_provider()

    response = provider.stub.Check(
        pb.CheckRequest(urn=LAKE, news=to_struct({**INPUTS, "domain": INPUTS["domain"] + "/"}))
    )

    assert reveal(response.inputs) == INPUTS
    assert list_secrets(response.inputs) == {"accessToken"}


@pytest.mark.parametrize(
    ("spec", "secrets"),
    [
        ({"source": "snowflake"}, {"password", "undescribed"}),
        ({"connectionSpec": {"id": "b2e08744-4f1a-40ce-af30-7abac3e23cf3"}}, {"password", "undescribed"}),
        ({"connectionSpec": {"id": UNKNOWN_SPEC}}, {"password", "undescribed", "host"}),
        ({"source": UNKNOWN}, {"password", "undescribed", "host"}),
        ({"source": "snowflake", "authSpec": UNKNOWN}, {"password", "undescribed", "host"}),
    ],
)
def test_parameter_is_a_secret_unless_the_catalogue_says_that_it_is_none(
    start_provider: StartProvider, spec: dict[str, Any], secrets: set[str]
) -> None:
    params = {"host": "acme.example.com", "password": "planted-4f1d2c3b9a", "undescribed": "planted-9f8e7d6c5b"}
    given = {"authSpec": "Basic Authentication", "name": "x", "validate": False, "params": params, **spec}

    response = start_provider().stub.Check(pb.CheckRequest(urn=SNOWFLAKE, news=to_struct(given)))

    assert reveal(response.inputs) == given
    assert list_secrets(response.inputs["params"]) == secrets


@pytest.mark.parametrize("refreshed", [False, True])
def test_spec_version_that_the_provider_fills_in_stays_out_of_the_inputs(
    start_provider: StartProvider, emulator: EmulatorProcess, *, refreshed: bool
) -> None:
    given = {**SNOWFLAKE_INPUTS, "connectionSpec": {"id": "b2e08744-4f1a-40ce-af30-7abac3e23cf3"}}
    del given["source"]
    provider = start_provider()

    inputs, _ = provider.check(SNOWFLAKE, given)
    if refreshed:
        id_, outputs = provider.create(SNOWFLAKE, inputs)
        emulator.foreign_edit(id_, [{"op": "replace", "path": "/connectionSpec/version", "value": "1.1"}])
        _, outputs, inputs = provider.read(SNOWFLAKE, id_, outputs, inputs)
        assert provider.diff(SNOWFLAKE, id_, outputs, given).changes == pb.DiffResponse.DIFF_NONE

    assert inputs["connectionSpec"] == given["connectionSpec"]


def test_default_that_the_program_turns_off_stays_off(start_provider: StartProvider) -> None:
    given = {
        "sourceConnectionIds": [UNKNOWN],
        "targetConnectionIds": [UNKNOWN],
        "frequency": "once",
        "mapping": {"a": "b"},
        "partialIngestionPercent": 5,
        "errorDiagnostics": False,
        "draft": False,
    }

    provider, flow = start_provider(), build_urn("Dataflow", "flow")
    inputs, problems = provider.check(flow, given)
    _, outputs = provider.create(flow, inputs, preview=True)

    assert (inputs, problems) == (given, [])
    assert "errorDiagnostics" not in outputs


@pytest.mark.parametrize(
    ("urn", "changes", "words"),
    [
        (LAKE, {"clusterId": None}, ["clusterId", "missing"]),
        (LAKE, {"clusterID": "x"}, ["clusterID", "clusterId"]),
        (SNOWFLAKE, {"source": "snowflke"}, ["snowflke", "snowflake"]),
        (SNOWFLAKE, {"source": None}, ["source", "connectionSpec"]),
        (SNOWFLAKE, {"params": {"connectionStrng": "x"}}, ["connectionString"]),
    ],
)
def test_problem_of_an_input_names_it(
    start_provider: StartProvider, urn: str, changes: dict[str, Any], words: list[str]
) -> None:
    given = {**(INPUTS if urn == LAKE else SNOWFLAKE_INPUTS), **changes}

    _, problems = start_provider().check(urn, {name: value for name, value in given.items() if value is not None})

    assert problems
    assert all(word in " ".join(problems) for word in words), problems


@pytest.mark.parametrize(
    ("type_name", "given", "names"),
    [
        ("Dataflow", {"sourceConnectionIds": [UNKNOWN], "targetConnectionIds": [UNKNOWN]}, {"mapping", "frequency"}),
        (
            "Dataflow",
            {
                "sourceConnectionIds": [UNKNOWN],
                "targetConnectionIds": [UNKNOWN],
                "mapping": {"a": "b"},
                "frequency": "day",
                "startTime": "2001-01-01T00:00:00Z",
            },
            {"interval", "deltaColumn"},
        ),
        ("SourceConnection", {"source": "databricks"}, {"baseConnectionId"}),
        ("SourceConnection", {"source": "databricks", "baseConnectionId": UNKNOWN}, {"tableName"}),
        ("TargetConnection", {"dataSetId": "000000000000000000000000"}, {"dataSetId"}),
        (
            "BaseConnection",
            {"connectionSpec": {"id": UNKNOWN_SPEC}, "name": "x", "authSpec": "x", "params": {"x": "y"}},
            {"connectionSpec"},
        ),
    ],
)
def test_problem_begins_with_the_name_of_an_input(
    start_provider: StartProvider, type_name: str, given: dict[str, Any], names: set[str]
) -> None:
    _, problems = start_provider().check(build_urn(type_name, "x"), given)

    assert names <= {problem.partition(":")[0].split()[0] for problem in problems}, problems
    assert not [problem for problem in problems if "schedule." in problem.lower()]


def test_warning_of_a_diff_names_the_input_that_replaces_a_dataflow(start_provider: StartProvider) -> None:
    provider, urn = start_provider(), build_urn("Dataflow", "flow")
    news = {
        "sourceConnectionIds": ["s"],
        "targetConnectionIds": ["t"],
        "mapping": {"a": "b"},
        "frequency": "day",
        "interval": 1,
        "deltaColumn": "changed_at",
    }
    olds = {
        **news,
        "name": "flow",
        "flowSpecName": "CRMToAEP",
        "enabled": True,
        "effectiveStart": "2026-01-01T00:00:00Z",
    }

    provider.diff(urn, "id", olds, {**news, "backfill": False})

    ((name, text),) = provider.engine.messages
    assert name == "flow"
    assert ": backfill changes. " in text


def test_error_of_a_foreign_change_names_the_input(start_provider: StartProvider, emulator: EmulatorProcess) -> None:
    provider = start_provider()
    id_, outputs = provider.create(LAKE, INPUTS)
    emulator.foreign_edit(id_, [{"op": "replace", "path": "/auth/params/clusterId", "value": "theirs"}])

    with pytest.raises(grpc.RpcError) as error:
        provider.update(LAKE, id_, outputs, {**INPUTS, "clusterId": "ours"})

    assert "  clusterId: " in get_message(error.value)


def test_create_in_a_preview_sends_nothing_and_its_etag_is_unknown(
    start_provider: StartProvider, emulator: EmulatorProcess
) -> None:
    id_, outputs = start_provider().create(LAKE, INPUTS, preview=True)

    assert id_ == ""
    assert (outputs["etag"], outputs["clusterId"]) == (UNKNOWN, INPUTS["clusterId"])
    assert emulator.journal() == []


def test_update_in_a_preview_returns_the_unchanged_outputs_as_known(
    start_provider: StartProvider, emulator: EmulatorProcess
) -> None:
    provider = start_provider()
    id_, outputs = provider.create(LAKE, INPUTS)
    emulator.clear_journal()
    news = {**INPUTS, "clusterId": "other"}
    provider.diff(LAKE, id_, outputs, news)

    planned = provider.update(LAKE, id_, outputs, news, preview=True)

    assert (planned["clusterId"], planned["etag"]) == ("other", UNKNOWN)
    assert planned["createdAt"] == outputs["createdAt"]
    assert planned["connectionSpec"] == outputs["connectionSpec"]
    assert "PATCH" not in [request["method"] for request in emulator.journal()]


def test_diff_names_each_changed_property_with_its_kind(start_provider: StartProvider) -> None:
    provider = start_provider()
    id_, outputs = provider.create(LAKE, {**INPUTS, "description": "old"})
    news = {**INPUTS, "accessToken": "dapi-rotated-77aa88bb", "catalog": "main"}

    response = provider.diff(LAKE, id_, outputs, news)

    kinds = {name: detail.kind for name, detail in response.detailedDiff.items()}
    kind = pb.PropertyDiff
    assert kinds == {"description": kind.DELETE, "accessToken": kind.UPDATE, "catalog": kind.ADD}
    assert not response.replaces


def test_diff_of_a_parameter_and_of_the_source_has_their_paths(start_provider: StartProvider) -> None:
    provider = start_provider()
    id_, outputs = provider.create(SNOWFLAKE, SNOWFLAKE_INPUTS)

    changed = provider.diff(
        SNOWFLAKE, id_, outputs, {**SNOWFLAKE_INPUTS, "params": {"connectionString": "jdbc:other-1"}}
    )
    moved = provider.diff(SNOWFLAKE, id_, outputs, {**SNOWFLAKE_INPUTS, "source": "postgresql"})

    assert list(changed.detailedDiff) == ["params.connectionString"]
    assert moved.detailedDiff["source"].kind == pb.PropertyDiff.UPDATE_REPLACE
    assert "source" in moved.replaces


def test_outputs_have_declared_secrets_marked_in_their_places(start_provider: StartProvider) -> None:
    provider = start_provider()

    created = provider.stub.Create(pb.CreateRequest(urn=SNOWFLAKE, properties=to_struct(SNOWFLAKE_INPUTS)))

    assert list_secrets(created.properties) == {"params"}
    assert list_secrets(created.properties["params"]) == {"connectionString"}


def test_provider_message_is_shown_at_its_resource(start_provider: StartProvider, emulator: EmulatorProcess) -> None:
    provider = start_provider()
    id_, outputs = provider.create(LAKE, INPUTS)
    emulator.foreign_edit(id_, [{"op": "replace", "path": "/name", "value": "theirs"}])

    provider.read(LAKE, id_, outputs, INPUTS)

    assert [name for name, text in provider.engine.messages if "was changed outside" in text] == ["lake"]


def test_timeout_of_the_program_ends_a_wait_and_the_state_keeps_the_id(
    start_provider: StartProvider, emulator: EmulatorProcess
) -> None:
    emulator.switch(initializing="60000ms")
    provider = start_provider()

    with pytest.raises(grpc.RpcError) as raised:
        provider.create(LAKE, INPUTS, timeout=1.5)

    details = dict(get_call(raised.value).trailing_metadata() or ())["grpc-status-details-bin"]
    status = status_pb2.Status.FromString(details if isinstance(details, bytes) else details.encode())
    (packed,) = status.details
    failure = pb.ErrorResourceInitFailed()
    assert PackedAny.FromString(packed.SerializeToString()).Unpack(failure)
    assert failure.id == emulator.connections()[0]["id"]
    assert "1.5 s" in get_message(raised.value)
    assert list_secrets(failure.inputs) == {"accessToken"}


def test_import_of_another_source_names_the_type_to_import(start_provider: StartProvider) -> None:
    provider = start_provider()
    id_, _ = provider.create(SNOWFLAKE, SNOWFLAKE_INPUTS)

    with pytest.raises(grpc.RpcError) as raised:
        provider.read(LAKE, id_)

    assert "BaseConnection" in get_message(raised.value)


@pytest.mark.parametrize(
    ("type_name", "id_", "fact"),
    [
        ("DatabricksSourceConnection", UNKNOWN_SPEC, UNKNOWN_SPEC),
        ("LandingZoneCredentials", "dlz_databricks_source", "dev/dlz_databricks_source"),
    ],
)
def test_import_of_what_is_missing_names_the_sandbox(
    start_provider: StartProvider, type_name: str, id_: str, fact: str
) -> None:
    with pytest.raises(grpc.RpcError) as raised:
        start_provider().read(build_urn(type_name, "x"), id_)

    assert all(text in get_message(raised.value) for text in ('"dev"', fact))


def test_landing_zone_is_imported_by_sandbox_and_kind(start_provider: StartProvider) -> None:
    urn = build_urn("LandingZoneCredentials", "zone")

    _, outputs, inputs = start_provider().read(urn, "dev/dlz_databricks_source")

    assert inputs == {}
    assert outputs["kind"] == "dlz_databricks_source"
    assert outputs["expiryDate"]


def test_connection_in_use_is_not_deleted_and_the_error_names_force_destroy(
    start_provider: StartProvider, emulator: EmulatorProcess
) -> None:
    id_, outputs = start_provider().create(LAKE, INPUTS)
    dataflow = {
        "id": "id-orders",
        "name": "orders",
        "state": "enabled",
        "inheritedAttributes": {"sourceConnections": [{"id": "source", "baseConnection": {"id": id_}}]},
    }
    emulator.fault("GET /flows", status=200, body={"items": [dataflow], "_links": {}})

    with pytest.raises(grpc.RpcError) as raised:
        start_provider().delete(LAKE, id_, outputs)

    assert all(fact in get_message(raised.value) for fact in ("id-orders", "set forceDestroy to true", id_))
    assert [connection["id"] for connection in emulator.connections()] == [id_]
