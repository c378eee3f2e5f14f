"""The config of the native provider: checked once, by name, and never older than the state."""

from __future__ import annotations

import grpc
import pytest
from pulumi.runtime.proto import provider_pb2 as pb

from tests.emulator_process import EmulatorProcess
from tests.plugin.native.conftest import StartProvider
from tests.plugin.native.native_client import PROVIDER_URN, build_urn, list_secrets
from tests.plugin.native.test_calls import INPUTS, LAKE
from tests.plugin.plugin_process import UNKNOWN, get_message, to_struct


def test_every_problem_of_the_settings_is_reported_once(start_provider: StartProvider) -> None:
    (problem,) = start_provider(sandbox=None, orgId="x", sandbx="dev").config_problems

    assert all(word in problem for word in ("adobe:sandbox", "adobe:orgId", "adobe:sandbx"))


def test_unknown_setting_is_not_judged_before_it_is_known(start_provider: StartProvider) -> None:
    assert start_provider(clientSecret=UNKNOWN).config_problems == []


def test_stored_config_has_its_secrets_marked(start_provider: StartProvider) -> None:
    assert list_secrets(start_provider().config) == {"clientSecret"}


def test_explicit_provider_reads_no_plain_variable(
    start_provider: StartProvider, monkeypatch: pytest.MonkeyPatch, emulator: EmulatorProcess
) -> None:
    urn = PROVIDER_URN.replace("default_0_1_0", "eu")
    provider = start_provider(urn)
    monkeypatch.setenv("ADOBE_CLIENT_SECRET", "that-of-the-stack")

    provider.create(LAKE, INPUTS)

    assert len(emulator.connections()) == 1
    (problem,) = start_provider(urn, sandbox=None).config_problems
    assert 'Provider "eu"' in problem


def test_each_changed_setting_has_a_line_and_replaces_no_resource(start_provider: StartProvider) -> None:
    provider = start_provider()
    olds, news = provider.config, start_provider(sandbox="prod", clientSecret="rotated-77aa88bb").config

    response = provider.stub.DiffConfig(pb.DiffRequest(urn=PROVIDER_URN, olds=olds, news=news))

    assert (response.changes, list(response.replaces)) == (pb.DiffResponse.DIFF_SOME, [])
    kinds = {name: difference.kind for name, difference in response.detailedDiff.items()}
    assert kinds == {"sandbox": pb.PropertyDiff.UPDATE, "clientSecret": pb.PropertyDiff.UPDATE}


@pytest.mark.parametrize("written_by", ["0.2.0", "9.0.0"])
def test_state_of_a_newer_version_is_refused(start_provider: StartProvider, written_by: str) -> None:
    provider = start_provider()
    newer = to_struct({"orgId": "x", "writtenBy": written_by})

    with pytest.raises(grpc.RpcError) as in_configure:
        provider.stub.Configure(pb.ConfigureRequest(args=newer))
    with pytest.raises(grpc.RpcError) as in_check:
        provider.stub.CheckConfig(pb.CheckRequest(urn=PROVIDER_URN, olds=newer, news=provider.config))

    assert written_by in get_message(in_configure.value)
    assert written_by in get_message(in_check.value)


@pytest.mark.parametrize(
    ("function", "arguments", "result"),
    [
        ("findConnection", {"name": "Lake"}, "id"),
        ("findDataset", {"name": "ACME orders"}, "id"),
        ("getConnectionSpec", {"source": "snowflake"}, "title"),
    ],
)
def test_look_up_function_returns_its_result(
    start_provider: StartProvider, function: str, arguments: dict[str, str], result: str
) -> None:
    provider = start_provider()
    provider.create(LAKE, INPUTS)

    assert provider.invoke(function, arguments)[result]


def test_look_up_of_a_table_has_its_columns(start_provider: StartProvider) -> None:
    provider = start_provider()
    id_, _ = provider.create(LAKE, INPUTS)

    (table, *_) = provider.invoke("exploreTables", {"connectionId": id_})["tables"]

    assert provider.invoke("describeTable", {"connectionId": id_, "table": table})["columns"]


def test_look_up_without_a_match_lists_the_existing_names(start_provider: StartProvider) -> None:
    provider = start_provider()
    provider.create(LAKE, INPUTS)

    with pytest.raises(grpc.RpcError) as raised:
        provider.invoke("findConnection", {"name": "Lak"})

    assert "Lake" in get_message(raised.value)


def test_unknown_resource_type_is_an_error(start_provider: StartProvider) -> None:
    with pytest.raises(grpc.RpcError) as raised:
        start_provider().check(build_urn("Schedule", "x"), {})

    assert "adobe:index:Schedule" in get_message(raised.value)
