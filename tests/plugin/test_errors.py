"""Errors in the real plugin process: the engine gets one clean message, and the log of a defect has its traceback."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2, status_pb2

from tests.emulator_process import EmulatorProcess
from tests.plugin.conftest import StartPlugin
from tests.plugin.plugin_process import from_struct, get_call, get_message
from tests.provider.lifecycle.world import SECRET, build_inputs

pytestmark = pytest.mark.slow

OTHER_ORG = "89ABCDEF0123456789ABCDEF@AdobeOrg"


def get_refusal(call: Callable[[], Any]) -> str:
    """Return the message of a call that must fail, without a traceback, an addition of the SDK's, or a secret."""
    with pytest.raises(grpc.RpcError) as error:
        call()
    message = get_message(error.value)
    for forbidden_text in ("Traceback", "Exception calling application", 'File "', SECRET, "emulator-client-secret"):
        assert forbidden_text not in message
    return message


def break_outputs(outputs: dict[str, Any]) -> dict[str, Any]:
    """Return outputs with which an update is a defect: no code expects this value."""
    return {**outputs, "serverParams": "not an object"}


def read_log(message: str, folder: Path) -> str:
    """Return the text of the log that a message names, which must be a private file in this folder."""
    path = re.search(r"in (\S+\.log)", message)
    assert path
    log = Path(path[1])
    assert log.parent == folder
    assert log.stat().st_mode & 0o777 == 0o600
    return log.read_text(encoding="utf-8")


def test_client_secret_of_the_environment_overrides_that_of_the_config(start_plugin: StartPlugin) -> None:
    plugin = start_plugin(ADOBE_CLIENT_SECRET="wrong-one")

    message = get_refusal(lambda: plugin.create(build_inputs()))

    assert all(fact in message for fact in ("ADOBE_CLIENT_SECRET", "401"))
    assert "wrong-one" not in message


def test_deleted_connection_reads_as_nothing_and_is_deleted_without_error(
    start_plugin: StartPlugin, emulator: EmulatorProcess
) -> None:
    plugin = start_plugin()
    id_, outputs = plugin.create(build_inputs())
    emulator.foreign_delete(id_)

    assert plugin.read(id_, outputs)[0] == ""
    plugin.delete(id_, outputs)


def test_update_of_a_deleted_connection_says_how_to_create_it_again(
    start_plugin: StartPlugin, emulator: EmulatorProcess
) -> None:
    plugin = start_plugin()
    id_, outputs = plugin.create(build_inputs())
    emulator.foreign_delete(id_)

    message = get_refusal(lambda: plugin.update(id_, outputs, build_inputs(name="x")))

    assert all(fact in message for fact in (id_, "`pulumi refresh`", "`pulumi up`"))


def test_conflict_names_both_values_and_what_to_do(start_plugin: StartPlugin, emulator: EmulatorProcess) -> None:
    plugin = start_plugin()
    id_, outputs = plugin.create(build_inputs())
    emulator.foreign_edit(id_, [{"op": "replace", "path": "/name", "value": "theirs"}])

    message = get_refusal(lambda: plugin.update(id_, outputs, build_inputs(name="mine")))

    assert [fact for fact in (id_, "name", '"mine"', '"theirs"', "`pulumi refresh`") if fact not in message] == []


@pytest.mark.parametrize(("key", "value"), [("adobe:sandbox", "stage"), ("adobe:orgId", OTHER_ORG)])
@pytest.mark.parametrize("operation", ["diff", "read", "update", "delete"])
def test_state_of_another_place_is_refused_before_any_request(
    start_plugin: StartPlugin, emulator: EmulatorProcess, key: str, value: str, operation: str
) -> None:
    id_, outputs = start_plugin().create(build_inputs())
    emulator.clear_journal()
    other_place = start_plugin({key: value})
    calls: dict[str, Callable[[], Any]] = {
        "diff": lambda: other_place.diff(id_, outputs, build_inputs()),
        "read": lambda: other_place.read(id_, outputs),
        "update": lambda: other_place.update(id_, outputs, build_inputs(name="x")),
        "delete": lambda: other_place.delete(id_, outputs),
    }

    message = get_refusal(calls[operation])

    assert key in message
    assert value in message
    assert emulator.journal() == []


def test_unreachable_service_is_named_with_its_setting(start_plugin: StartPlugin) -> None:
    plugin = start_plugin({"adobe:endpoint": "http://127.0.0.1:9", "adobe:timeout": "1"})

    message = get_refusal(lambda: plugin.create(build_inputs()))

    assert all(fact in message for fact in ("127.0.0.1:9", "adobe:endpoint"))


def test_second_process_creates_no_duplicate(start_plugin: StartPlugin, emulator: EmulatorProcess) -> None:
    id_, _ = start_plugin().create(build_inputs())

    assert f"ADOBE_ADOPT={id_} pulumi up" in get_refusal(lambda: start_plugin().create(build_inputs()))
    assert len(emulator.connections()) == 1


def test_partial_failure_has_id_and_outputs_for_the_state(start_plugin: StartPlugin, emulator: EmulatorProcess) -> None:
    emulator.switch(list_order="refused")
    emulator.fault("GET /connections/{id}", status=500, times=50)

    with pytest.raises(grpc.RpcError) as error:
        start_plugin({"adobe:timeout": "1"}).create(build_inputs())

    call, connection = get_call(error.value), emulator.connections()[0]
    metadata: dict[str, Any] = dict(call.trailing_metadata() or ())
    status = status_pb2.Status.FromString(metadata["grpc-status-details-bin"])
    assert [status.code, *call.code().value[:1]] == [2, 2]
    assert get_message(error.value) == status.message
    assert connection["id"] in status.message
    detail = provider_pb2.ErrorResourceInitFailed()
    assert status.details[0].Unpack(detail)
    assert (detail.id, list(detail.reasons)) == (connection["id"], [status.message])
    outputs = from_struct(detail.properties)
    assert (outputs["accessToken"], outputs["etag"]) == (SECRET, connection["etag"])


def test_defect_is_a_message_that_names_a_private_log_without_secrets(
    start_plugin: StartPlugin, tmp_path: Path
) -> None:
    plugin = start_plugin()
    id_, outputs = plugin.create(build_inputs())

    message = get_refusal(lambda: plugin.update(id_, break_outputs(outputs), build_inputs(clusterId="x")))

    assert all(fact in message for fact in (id_, "TypeError", "pulumi-adobe"))
    assert_full_traceback(read_log(message, tmp_path))


def test_log_of_a_defect_has_its_traceback_after_an_expected_error_in_the_same_process(
    start_plugin: StartPlugin, tmp_path: Path
) -> None:
    """The provider once set `sys.tracebacklimit` for the whole process when it reported an `AdobeError`."""
    plugin = start_plugin()
    id_, outputs = plugin.create(build_inputs())
    assert "project/dev/other" in get_refusal(lambda: plugin.create(build_inputs(owner="project/dev/other")))

    message = get_refusal(lambda: plugin.update(id_, break_outputs(outputs), build_inputs(clusterId="x")))

    assert_full_traceback(read_log(message, tmp_path))


def assert_full_traceback(log: str) -> None:
    assert log.startswith("Traceback (most recent call last):")
    assert all(module in log for module in ("plugin/dynamic/provider.py", "lifecycle/update.py"))
    assert SECRET not in log
