"""Policy packs, run by the language host."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from engine.host.pack import stack_variables
from tests.setup.host_process import Host, host_process

PACK = """
import pulumi
from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy
about = f"{pulumi.get_project()}/{pulumi.get_stack()} {pulumi.Config('p').get('a')}"
PolicyPack("acme", [ResourceValidationPolicy("rule", about, lambda args, report: None, EnforcementLevel.MANDATORY)])
"""
STACK = analyzer_pb2.AnalyzerStackConfigureRequest(project="p", stack="dev", dry_run=True, config={"p:a": "1"})


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_process() as host:
        yield host


def test_a_pack_knows_its_stack_and_config_as_it_starts(host: Host, tmp_path: Path) -> None:
    messages = host.plugin(tmp_path, PACK, kind="analyzer")
    port = next(messages).stdout.decode().strip()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        pack = analyzer_pb2_grpc.AnalyzerStub(channel)

        pack.ConfigureStack(STACK, timeout=20)

        assert pack.GetAnalyzerInfo(empty_pb2.Empty()).policies[0].description == "p/dev 1"


def test_a_pack_that_does_not_start_is_an_error(host: Host, tmp_path: Path) -> None:
    messages = host.plugin(tmp_path, "raise ValueError('boom')", kind="analyzer")
    port = next(messages).stdout.decode().strip()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel, pytest.raises(grpc.RpcError, match="did not start"):
        analyzer_pb2_grpc.AnalyzerStub(channel).ConfigureStack(STACK, timeout=20)


def test_a_pack_finds_in_its_environment_what_is_known_of_the_stack() -> None:
    assert stack_variables(STACK.SerializeToString()) == {
        "PULUMI_PROJECT": "p",
        "PULUMI_STACK": "dev",
        "PULUMI_DRY_RUN": "true",
        "PULUMI_CONFIG": '{"p:a": "1"}',
        "PULUMI_CONFIG_SECRET_KEYS": "[]",
    }
