"""The provider in the real plugin process: pickling, floats, unknown values, messages, one token and one connection."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pulumi.dynamic.dynamic import serialize_provider
from pulumi.runtime.proto import provider_pb2

from pulumi_adobe.resources.source_connection import SourceConnectionProvider
from tests.emulator_process import EmulatorProcess
from tests.plugin.conftest import StartPlugin
from tests.plugin.plugin_process import UNKNOWN
from tests.provider.lifecycle.world import SECRET, World, build_inputs
from tests.provider.resources.flow_world import FlowWorld, build_source_inputs

pytestmark = pytest.mark.slow

TUTORIAL = json.loads((Path(__file__).parents[1] / "data" / "tutorial.json").read_text(encoding="utf-8"))


def test_one_process_checks_creates_diffs_reads_and_updates(
    start_plugin: StartPlugin, emulator: EmulatorProcess
) -> None:
    plugin = start_plugin()
    checked_inputs, failures = plugin.check(build_inputs())
    assert (checked_inputs, failures) == (build_inputs(), [])
    id_, outputs = plugin.create(checked_inputs)
    assert plugin.diff(id_, outputs, checked_inputs).changes == provider_pb2.DiffResponse.DIFF_NONE
    assert plugin.read(id_, outputs) == (id_, outputs, build_inputs())
    new_outputs = plugin.update(id_, outputs, build_inputs(clusterId="new"))

    assert emulator.connections()[0]["etag"] == new_outputs["etag"]
    start_plugin().delete(id_, new_outputs)
    assert emulator.connections() == []


def test_refresh_keeps_declared_columns_in_the_inputs_so_that_the_next_check_sends_no_request(
    start_plugin: StartPlugin, emulator: EmulatorProcess
) -> None:
    flow_world = FlowWorld(World(emulator))
    plugin = start_plugin(pickled_provider=serialize_provider(SourceConnectionProvider()))
    columns = [{"name": "order_id"}]
    inputs, _ = plugin.check(build_source_inputs(flow_world.base_connection_id, name="some", columns=columns))
    id_, outputs = plugin.create(inputs)
    emulator.clear_journal()

    _, _, refreshed = plugin.read(id_, outputs, inputs)
    _, _, of_table = plugin.read(id_, outputs, {name: inputs[name] for name in inputs if name != "columns"})
    plugin.check(inputs, refreshed)

    assert refreshed == inputs
    assert "columns" not in of_table
    assert {request["path"].rpartition("/")[2] for request in emulator.journal()} == {id_}


def test_one_process_uses_one_token_and_one_connection(start_plugin: StartPlugin, emulator: EmulatorProcess) -> None:
    plugin = start_plugin()
    id_, outputs = plugin.create(build_inputs())
    plugin.read(id_, outputs)
    plugin.update(id_, outputs, build_inputs(clusterId="new"))

    requests = emulator.journal()
    assert sum(request["path"].endswith("/token/v3") for request in requests) == 1
    assert len({request["connection"] for request in requests}) == 1


def test_create_sends_the_request_of_adobes_tutorial(start_plugin: StartPlugin, emulator: EmulatorProcess) -> None:
    tutorial_request = TUTORIAL["request"]
    start_plugin().create(
        {
            **tutorial_request["auth"]["params"],
            "name": tutorial_request["name"],
            "description": tutorial_request["description"],
            "authSpec": tutorial_request["auth"]["specName"],
            "connectionSpec": tutorial_request["connectionSpec"],
            "owner": "a/b/c",
        }
    )

    (post,) = [
        request
        for request in emulator.journal()
        if request["method"] == "POST" and request["path"].endswith("connections")
    ]
    sent_request = json.loads(json.dumps(post["body"]))
    # The journal shows no secret.
    sent_request["auth"]["params"]["accessToken"] = tutorial_request["auth"]["params"]["accessToken"]
    assert sent_request == tutorial_request


def test_check_names_every_invalid_field_without_a_value(start_plugin: StartPlugin) -> None:
    _, failures = start_plugin().check(build_inputs(name=" ", domain="http://x.y", accessToken=f"{SECRET}\n"))

    assert [failure.split(":")[0] for failure in failures] == ["name", "domain", "access_token"]
    assert SECRET not in str(failures)


def test_check_names_all_missing_and_unknown_settings(start_plugin: StartPlugin) -> None:
    plugin = start_plugin({"adobe:orgId": None, "adobe:sandbox": None, "adobe:orgid": "x"})

    _, (failure,) = plugin.check(build_inputs())

    assert all(fact in failure for fact in ("adobe:orgId (ADOBE_ORG_ID)", "adobe:sandbox", "adobe:orgid"))


def test_unknown_value_passes_the_check_and_is_a_diff(start_plugin: StartPlugin) -> None:
    plugin = start_plugin()
    id_, outputs = plugin.create(build_inputs())

    checked_inputs, failures = plugin.check(build_inputs(clusterId=UNKNOWN), olds=outputs)

    assert failures == []
    assert checked_inputs["clusterId"] == UNKNOWN
    assert plugin.diff(id_, outputs, checked_inputs).changes == provider_pb2.DiffResponse.DIFF_SOME


def test_unknown_auth_spec_replaces_the_connection(start_plugin: StartPlugin) -> None:
    plugin = start_plugin()
    id_, outputs = plugin.create(build_inputs())

    diff = plugin.diff(id_, outputs, build_inputs(authSpec=UNKNOWN))

    assert list(diff.replaces) == ["authSpec"]
    assert diff.deleteBeforeReplace


def test_check_of_an_unknown_name_sends_the_token_request_only(
    start_plugin: StartPlugin, emulator: EmulatorProcess
) -> None:
    assert start_plugin().check(build_inputs(name=UNKNOWN))[1] == []
    assert [request["path"] for request in emulator.journal()] == ["/ims/token/v3"]


def test_diff_of_a_rotated_token_prints_its_name_and_sends_nothing(
    start_plugin: StartPlugin, emulator: EmulatorProcess
) -> None:
    plugin = start_plugin()
    id_, outputs = plugin.create(build_inputs())
    emulator.clear_journal()

    diff = plugin.diff(id_, outputs, build_inputs(accessToken="dapi-rotated-1"))

    assert diff.changes == provider_pb2.DiffResponse.DIFF_SOME
    assert emulator.journal() == []
    output = plugin.stop()
    assert "lake: accessToken" in output
    assert "dapi" not in output


def test_existing_connection_can_be_adopted_by_its_id(start_plugin: StartPlugin, emulator: EmulatorProcess) -> None:
    id_, _ = start_plugin().create(build_inputs())

    assert start_plugin(ADOBE_ADOPT=id_).create(build_inputs())[0] == id_
    assert len(emulator.connections()) == 1


def test_check_of_a_new_resource_warns_of_an_existing_connection(start_plugin: StartPlugin) -> None:
    id_, outputs = start_plugin().create(build_inputs())
    new_resource, existing_resource = start_plugin(), start_plugin()

    assert new_resource.check(build_inputs())[1] == []
    assert existing_resource.check(build_inputs(), olds=outputs)[1] == []

    assert f"ADOBE_ADOPT={id_}" in new_resource.stop()
    assert existing_resource.stop() == ""


def test_program_files_named_like_libraries_are_not_imported_in_their_place(
    start_plugin: StartPlugin, emulator: EmulatorProcess, tmp_path: Path
) -> None:
    """The plugin runs in the program's folder, which comes first where Python looks for modules."""
    for name in ("requests", "urllib3", "certifi", "idna", "charset_normalizer", "hmac", "mimetypes", "csv"):
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('of the program')")

    id_, _ = start_plugin().create(build_inputs())

    assert [connection["id"] for connection in emulator.connections()] == [id_]
