"""The provider in the real plugin process: pickling, floats, unknown values, one-line errors, one session."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2, status_pb2

from tests.emulator_process import EmulatorProcess
from tests.plugin.plugin_process import UNKNOWN, PluginProcess, call_of, plain, said
from tests.provider.lifecycle.world import ORG, SECRET, build_inputs

TUTORIAL = json.loads((Path(__file__).parents[1] / "data" / "tutorial.json").read_text(encoding="utf-8"))
OTHER_ORG = "89ABCDEF0123456789ABCDEF@AdobeOrg"
Start = Callable[..., PluginProcess]


@pytest.fixture
def start(emulator: EmulatorProcess, tmp_path: Path) -> Iterator[Start]:
    started: list[PluginProcess] = []

    def started_with(config: dict[str, str | None] | None = None, **environment: str) -> PluginProcess:
        given = {
            "adobe:endpoint": emulator.url,
            "adobe:imsEndpoint": emulator.url,
            "adobe:orgId": ORG,
            "adobe:sandbox": "dev",
            "adobe:clientId": "emulator-client-id",
            "adobe:clientSecret": "emulator-client-secret",
            "adobe:test": "off",
            "project:other": "1",
            **(config or {}),
        }
        present = {key: value for key, value in given.items() if value is not None}
        started.append(PluginProcess(present, tmp_path, environment))
        return started[-1]

    yield started_with
    for each in started:
        each.stop()


def refused(call: Callable[[], Any], *words: str) -> str:
    """The call fails with one paragraph that says these words, without a traceback or a secret."""
    with pytest.raises(grpc.RpcError) as error:
        call()
    text = said(error.value)
    assert "Traceback" not in text
    assert SECRET not in text
    assert "emulator-client-secret" not in text
    for word in words:
        assert word in text
    return text


def test_a_life_in_one_process_takes_one_token_and_one_connection(start: Start, emulator: EmulatorProcess) -> None:
    plugin = start()
    checked, failures = plugin.check(build_inputs())
    assert (checked, failures) == (build_inputs(), [])
    id_, outputs = plugin.create(checked)
    assert plugin.diff(id_, outputs, checked).changes == provider_pb2.DiffResponse.DIFF_NONE
    assert plugin.read(id_, outputs) == (id_, outputs, build_inputs())
    after = plugin.update(id_, outputs, build_inputs(clusterId="new"))

    assert emulator.connections()[0]["etag"] == after["etag"]
    assert sum(each["path"].endswith("/token/v3") for each in emulator.journal()) == 1
    assert len({each["connection"] for each in emulator.journal()}) == 1
    start().delete(id_, after)
    assert emulator.connections() == []


def test_a_create_sends_the_tutorials_request(start: Start, emulator: EmulatorProcess) -> None:
    request = TUTORIAL["request"]
    properties = {**request["auth"]["params"], "name": request["name"], "description": request["description"]}

    start().create(
        {
            **properties,
            "authSpec": request["auth"]["specName"],
            "connectionSpec": request["connectionSpec"],
            "owner": "a/b/c",
        }
    )

    (post,) = [each for each in emulator.journal() if each["method"] == "POST" and each["path"].endswith("connections")]
    sent = json.loads(json.dumps(post["body"]))
    sent["auth"]["params"]["accessToken"] = request["auth"]["params"]["accessToken"]
    assert sent == request


def test_a_check_names_every_problem_and_no_value(start: Start) -> None:
    _, failures = start().check(build_inputs(name=" ", domain="http://x.y", accessToken=f"{SECRET}\n"))

    assert [failure.split(":")[0] for failure in failures] == ["name", "domain", "accessToken"]
    assert SECRET not in str(failures)


def test_a_check_names_all_missing_settings(start: Start) -> None:
    _, failures = start({"adobe:orgId": None, "adobe:sandbox": None, "adobe:orgid": "x"}).check(build_inputs())

    (failure,) = failures
    assert all(
        word in failure for word in ("adobe:orgId (ADOBE_ORG_ID) is missing", "adobe:sandbox", "adobe:orgid is no")
    )


def test_unknown_values_pass_a_check_and_are_a_difference(start: Start) -> None:
    plugin = start()
    id_, outputs = plugin.create(build_inputs())

    checked, failures = plugin.check(build_inputs(clusterId=UNKNOWN), olds=outputs)

    assert failures == []
    assert checked["clusterId"] == UNKNOWN
    assert plugin.diff(id_, outputs, checked).changes == provider_pb2.DiffResponse.DIFF_SOME
    replaced = plugin.diff(id_, outputs, build_inputs(authSpec=UNKNOWN))
    assert list(replaced.replaces) == ["authSpec"]
    assert replaced.deleteBeforeReplace


def test_an_unknown_name_is_not_looked_up(start: Start, emulator: EmulatorProcess) -> None:
    assert start().check(build_inputs(name=UNKNOWN))[1] == []
    assert emulator.journal() == []


def test_a_rotation_is_a_difference_that_a_line_names_without_the_value(
    start: Start, emulator: EmulatorProcess
) -> None:
    plugin = start()
    id_, outputs = plugin.create(build_inputs())
    emulator.clear_journal()

    found = plugin.diff(id_, outputs, build_inputs(accessToken="dapi-rotated-1"))

    assert found.changes == provider_pb2.DiffResponse.DIFF_SOME
    assert emulator.journal() == []
    printed = plugin.stop()
    assert "lake: accessToken changes" in printed
    assert "dapi" not in printed


def test_the_token_of_the_environment_comes_before_that_of_the_config(start: Start) -> None:
    refused(
        lambda: start(ADOBE_CLIENT_SECRET="wrong-one").create(build_inputs()), "ADOBE_CLIENT_SECRET", "answered 401"
    )


def test_what_is_gone_reads_as_nothing(start: Start, emulator: EmulatorProcess) -> None:
    plugin = start()
    id_, outputs = plugin.create(build_inputs())
    emulator.foreign_delete(id_)

    assert plugin.read(id_, outputs)[0] == ""
    refused(lambda: plugin.update(id_, outputs, build_inputs(name="x")), "deleted outside", "pulumi refresh")
    plugin.delete(id_, outputs)


def test_a_conflict_is_one_paragraph_with_both_sides(start: Start, emulator: EmulatorProcess) -> None:
    plugin = start()
    id_, outputs = plugin.create(build_inputs())
    emulator.foreign_edit(id_, [{"op": "replace", "path": "/name", "value": "theirs"}])

    refused(lambda: plugin.update(id_, outputs, build_inputs(name="mine")), "ChangedElsewhere", '"mine"', '"theirs"')


@pytest.mark.parametrize(("key", "value"), [("adobe:sandbox", "stage"), ("adobe:orgId", OTHER_ORG)])
def test_a_state_of_another_place_names_what_to_restore_and_sends_nothing(
    start: Start, emulator: EmulatorProcess, key: str, value: str
) -> None:
    id_, outputs = start().create(build_inputs())
    emulator.clear_journal()
    other = start({key: value})

    for call in (
        lambda: other.diff(id_, outputs, build_inputs()),
        lambda: other.read(id_, outputs),
        lambda: other.update(id_, outputs, build_inputs(name="x")),
        lambda: other.delete(id_, outputs),
    ):
        refused(call, "Restore the value", key)
    assert emulator.journal() == []


def test_a_service_that_is_down_is_named(start: Start) -> None:
    plugin = start({"adobe:endpoint": "http://127.0.0.1:9", "adobe:timeout": "1"})

    refused(lambda: plugin.create(build_inputs()), "127.0.0.1:9", "adobe:endpoint")


def test_what_is_unfinished_carries_its_id_and_outputs(start: Start, emulator: EmulatorProcess) -> None:
    emulator.fault("GET /connections/{id}", status=500, times=50)

    with pytest.raises(grpc.RpcError) as error:
        start({"adobe:timeout": "1"}).create(build_inputs())

    call = call_of(error.value)
    metadata: dict[str, Any] = dict(call.trailing_metadata() or ())
    status = status_pb2.Status.FromString(metadata["grpc-status-details-bin"])
    assert [status.code, *call.code().value[:1]] == [2, 2]
    assert "was made, but then" in status.message
    detail = provider_pb2.ErrorResourceInitFailed()
    assert status.details[0].Unpack(detail)
    assert detail.id == emulator.connections()[0]["id"]
    kept = plain(detail.properties)
    assert kept["accessToken"] == SECRET
    assert kept["etag"] == emulator.connections()[0]["etag"]
    assert list(detail.reasons) == [status.message]


def test_a_defect_of_ours_is_a_line_and_a_private_log_without_secrets(start: Start, tmp_path: Path) -> None:
    plugin = start()
    id_, outputs = plugin.create(build_inputs())
    broken = {**outputs, "serverParams": "not an object"}

    text = refused(
        lambda: plugin.update(id_, broken, build_inputs(clusterId="x")), "in a way that pulumi-adobe does not know"
    )

    named = re.search(r"in (\S+\.log)", text)
    assert named
    log = Path(named[1])
    assert log.parent == tmp_path
    assert log.stat().st_mode & 0o777 == 0o600
    assert "Traceback" in log.read_text()
    assert SECRET not in log.read_text()


def test_two_processes_make_one_connection_between_them(start: Start, emulator: EmulatorProcess) -> None:
    id_, _ = start().create(build_inputs())

    refused(lambda: start().create(build_inputs()), f"ADOBE_ADOPT={id_} pulumi up")

    assert len(emulator.connections()) == 1
    assert start(ADOBE_ADOPT=id_).create(build_inputs())[0] == id_


def test_a_check_without_old_inputs_warns_of_what_is_there(start: Start) -> None:
    id_, outputs = start().create(build_inputs())
    plugin = start()

    assert plugin.check(build_inputs())[1] == []
    assert plugin.check(build_inputs(), olds=outputs)[1] == []
    assert plugin.stop().count(f"is there already: {id_}") == 1
