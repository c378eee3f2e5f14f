"""What the recorded state of the native provider says, in the form that commands and policies read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pulumi_adobe.config.explicit import FLOW_SERVICE_INPUT
from pulumi_adobe.lifecycle.imported_state import Place
from pulumi_adobe.plugin.state_format import (
    NATIVE,
    PROVIDER_TYPES,
    build_imported_properties,
    find_class_name,
    find_entity_type,
    read_inputs,
    read_outputs,
    read_settings,
)
from pulumi_adobe.resource_types.registry import RESOURCE_TYPE_NAMES
from tests.cli.malformed.values import variants
from tests.provider.lifecycle.world import ORG
from tests.stack.states.recorded import RecordedState

STATE = json.loads(RecordedState("2026-11-native").stack_file.read_text("utf-8"))["deployment"]["resources"]
ENTITIES = json.loads(RecordedState("2026-11-native").entities_file.read_text("utf-8"))
OURS = [each for each in STATE if find_class_name(each["type"])]
PROVIDERS = [each for each in STATE if each["type"] in PROVIDER_TYPES]

every_resource = pytest.mark.parametrize("resource", OURS, ids=lambda each: each["urn"].rpartition("::")[2])


def test_the_recorded_state_has_every_resource_type() -> None:
    assert {find_class_name(each["type"]) for each in OURS} == set(RESOURCE_TYPE_NAMES)


def test_a_component_of_the_package_is_no_resource_of_the_provider() -> None:
    """`Ingestion` of the dynamic package has the prefix of the native type tokens."""
    assert find_class_name("adobe:index:Ingestion") is None
    assert find_class_name("other:index:Dataflow") is None
    assert find_class_name("adobe:index:S3SourceConnection") is None
    assert find_entity_type("adobe:index:LandingZoneCredentials") is None


@every_resource
def test_the_inputs_are_those_that_the_service_got(resource: dict[str, Any]) -> None:
    """The outputs have every input of the life cycle, so those that the state lacks can be compared with them."""
    inputs = read_inputs(resource["urn"], resource.get("inputs") or {})

    outputs = read_outputs(resource["urn"], resource["outputs"])
    # Each secret is encrypted anew.
    plain = {name: value for name, value in inputs.items() if name not in {"accessToken", "params"}}
    assert plain == {name: outputs[name] for name in plain}
    assert inputs.keys() >= {"owner", *(resource.get("inputs") or {})} - {"source"}


@every_resource
def test_what_is_read_is_written_as_it_was(resource: dict[str, Any]) -> None:
    given = resource.get("inputs") or {}
    resource_type = NATIVE.find_resource_type(resource["type"])
    assert resource_type is not None
    flat = resource_type.schema.flatten(read_inputs(resource["urn"], given))

    assert NATIVE.write_inputs(resource["type"], flat, given) == given
    # A program need not say what follows from the source: Amazon S3 has several auth specs, which it has to say.
    assert NATIVE.write_inputs(resource["type"], flat) == given


@pytest.mark.parametrize(
    ("id_", "version", "is_declared", "given"),
    [
        ("ecadc60c-7455-4d87-84dc-2a0e293d997b", "1.0", False, {"source": "amazon-s3"}),
        ("ecadc60c-7455-4d87-84dc-2a0e293d997b", "1.0", True, {"connectionSpec": {"version": "1.0"}}),
        ("ecadc60c-7455-4d87-84dc-2a0e293d997b", "2.0", False, {"connectionSpec": {"version": "2.0"}}),
        ("00000000-0000-0000-0000-000000000000", "1.0", False, {"connectionSpec": {}}),
        ("00000000-0000-0000-0000-000000000000", "2.0", True, {"connectionSpec": {"version": "2.0"}}),
    ],
)
def test_a_connection_spec_is_written_by_its_source_or_with_the_version_that_a_program_declares(
    id_: str, version: str, given: dict[str, Any], *, is_declared: bool
) -> None:
    token = NATIVE.build_type_token("BaseConnection")
    declared = {"specVersionDeclared": True} if is_declared else {}
    inputs = {"name": "x", "connectionSpec": {"id": id_, "version": version}, "owner": "p/dev/x", **declared}

    written = NATIVE.write_inputs(token, inputs)

    spec = {"connectionSpec": {"id": id_, **given["connectionSpec"]}} if "connectionSpec" in given else given
    assert written == {"name": "x", **spec}


def test_the_settings_of_a_provider_have_one_form() -> None:
    default, stage = (read_settings(each["type"], each["inputs"]) for each in PROVIDERS)

    assert (default["adobe:orgId"], default["adobe:sandbox"]) == (ORG, "dev")
    assert all(name.startswith("adobe:") for name in default)
    assert (stage[FLOW_SERVICE_INPUT], stage["orgId"], stage["sandbox"]) == ("stage", ORG, "stage")
    assert "writtenBy" not in stage


@every_resource
def test_an_import_writes_the_state_that_a_create_has_written(resource: dict[str, Any]) -> None:
    resource_type = find_entity_type(resource["type"])
    if resource_type is None:
        return
    entities = ENTITIES[resource_type.schema.collection]
    entity = next(each for each in entities if each["id"] == resource["id"])
    declared = read_inputs(resource["urn"], resource["inputs"])

    imported = build_imported_properties(resource["type"], declared, entity, Place(ORG, entity["sandboxName"]))

    assert imported.inputs == resource["inputs"]
    outputs = {name: value for name, value in imported.outputs.items() if name != "secretConfirmed"}
    assert outputs.keys() == resource["outputs"].keys()
    assert all(outputs[name] == value for name, value in resource["outputs"].items() if "ciphertext" not in str(value))


@every_resource
def test_strange_inputs_of_a_state_are_read_as_they_are(resource: dict[str, Any]) -> None:
    """A state may have been edited by hand; whoever reads it says what is wrong, or takes it for a difference."""
    given = {"source": "databricks", "connectionSpec": {"id": "x"}, "draft": False, **(resource.get("inputs") or {})}
    for _, strange in variants(given):
        inputs = read_inputs(resource["urn"], strange if isinstance(strange, dict) else {})

        assert inputs["owner"].endswith(resource["urn"].rpartition("::")[2])
