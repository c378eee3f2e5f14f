"""Policy packs, run by the language host."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import grpc
import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2, analyzer_pb2_grpc

from engine.host.pack import build_stack_variables
from tests.setup.host_process import Host, host_process

PACK = """
import pulumi
from pulumi_policy import EnforcementLevel, PolicyPack, ResourceValidationPolicy
about = f"{pulumi.get_project()}/{pulumi.get_stack()} {pulumi.Config('p').get('a')}"
PolicyPack("acme", [ResourceValidationPolicy("rule", about, lambda args, report: None, EnforcementLevel.MANDATORY)])
"""
STACK = analyzer_pb2.AnalyzerStackConfigureRequest(project="p", stack="dev", dry_run=True, config={"p:a": "1"})


@contextmanager
def slow_pack() -> Iterator[tuple[int, threading.Event]]:
    """Answers on a port, and not before its event."""
    go_on = threading.Event()

    class Slow(analyzer_pb2_grpc.AnalyzerServicer):
        def ConfigureStack(  # noqa: N802 - gRPC's name
            self, _request: analyzer_pb2.AnalyzerStackConfigureRequest, _context: grpc.ServicerContext
        ) -> analyzer_pb2.AnalyzerStackConfigureResponse:
            go_on.wait(20)
            return analyzer_pb2.AnalyzerStackConfigureResponse()

    server = grpc.server(ThreadPoolExecutor(1))
    analyzer_pb2_grpc.add_AnalyzerServicer_to_server(Slow(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    try:
        yield port, go_on
    finally:
        go_on.set()
        server.stop(None).wait()


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_process() as host:
        yield host


def test_policy_pack_knows_its_stack_and_config_when_it_starts(host: Host, tmp_path: Path) -> None:
    messages = host.plugin(tmp_path, PACK, kind="analyzer")
    port = next(messages).stdout.decode().strip()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
        pack = analyzer_pb2_grpc.AnalyzerStub(channel)

        pack.ConfigureStack(STACK, timeout=20)

        assert pack.GetAnalyzerInfo(empty_pb2.Empty()).policies[0].description == "p/dev 1"


def test_policy_pack_that_does_not_start_is_an_error(host: Host, tmp_path: Path) -> None:
    messages = host.plugin(tmp_path, "raise ValueError('boom')", kind="analyzer")
    port = next(messages).stdout.decode().strip()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as channel, pytest.raises(grpc.RpcError, match="did not start"):
        analyzer_pb2_grpc.AnalyzerStub(channel).ConfigureStack(STACK, timeout=20)


def test_call_in_progress_while_the_policy_pack_ends_gets_its_response(host: Host, tmp_path: Path) -> None:
    with slow_pack() as (pack_port, go_on):
        messages = host.plugin(tmp_path, f"print({pack_port})", kind="analyzer")
        port = next(messages).stdout.decode().strip()
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            answer = analyzer_pb2_grpc.AnalyzerStub(channel).ConfigureStack.future(STACK, timeout=20)
            assert [message.exitcode for message in messages if message.HasField("exitcode")] == [0]

            go_on.set()

            assert answer.result() == analyzer_pb2.AnalyzerStackConfigureResponse()


def test_environment_of_a_policy_pack_has_the_facts_about_the_stack() -> None:
    assert build_stack_variables(STACK.SerializeToString()) == {
        "PULUMI_PROJECT": "p",
        "PULUMI_STACK": "dev",
        "PULUMI_DRY_RUN": "true",
        "PULUMI_CONFIG": '{"p:a": "1"}',
        "PULUMI_CONFIG_SECRET_KEYS": "[]",
    }
