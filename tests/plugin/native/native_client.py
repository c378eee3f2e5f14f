"""The native provider behind a real gRPC server, called as the engine does, with an engine that records messages."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, provider_pb2_grpc
from pulumi.runtime.proto import provider_pb2 as pb

from pulumi_adobe.plugin.native.messages import EngineMessages
from pulumi_adobe.plugin.native.servicer import NativeProvider
from tests.plugin.plugin_process import UNKNOWN, to_struct

PROVIDER_URN = "urn:pulumi:dev::project::pulumi:providers:adobe::default_0_1_0"


def build_urn(type_name: str, name: str) -> str:
    return f"urn:pulumi:dev::project::adobe:index:{type_name}::{name}"


class RecordingEngine(engine_pb2_grpc.EngineServicer):
    """Records each message with the name of the resource that it is shown at, empty for the stack."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, str]] = []

    def Log(self, request: engine_pb2.LogRequest, _context: Any) -> empty_pb2.Empty:  # noqa: N802 - the protocol's name
        self.messages.append((request.urn.rpartition("::")[2], request.message))
        return empty_pb2.Empty()


class NativeClient:
    """One provider of the native adapter, configured with these keys of a stack's config."""

    def __init__(self, config: Mapping[str, Any], urn: str = PROVIDER_URN) -> None:
        self._servers: list[grpc.Server] = []
        self.engine = RecordingEngine()
        engine_address = self._serve(engine_pb2_grpc.add_EngineServicer_to_server, self.engine)
        address = self._start_provider(engine_address)
        self.stub = provider_pb2_grpc.ResourceProviderStub(grpc.insecure_channel(address))
        self.configure(config, urn)

    def configure(self, config: Mapping[str, Any], urn: str = PROVIDER_URN) -> None:
        """Check the config, and have the provider use it from now on."""
        checked = self.stub.CheckConfig(pb.CheckRequest(urn=urn, news=to_struct(dict(config))))
        self.config_problems = [failure.reason for failure in checked.failures]
        self.config = checked.inputs
        if UNKNOWN not in config.values():  # the engine waits until all is known
            self.stub.Configure(pb.ConfigureRequest(args=checked.inputs))

    def check(
        self, urn: str, news: Mapping[str, Any], olds: Mapping[str, Any] | None = None
    ) -> tuple[dict[str, Any], list[str]]:
        """Return the checked inputs, secrets in clear, and the problems, none of which may name a property."""
        response = self.stub.Check(pb.CheckRequest(urn=urn, olds=to_struct(olds or {}), news=to_struct(news)))
        assert [failure.property for failure in response.failures] == [""] * len(response.failures)
        return reveal(response.inputs), [failure.reason for failure in response.failures]

    def diff(self, urn: str, id_: str, olds: Mapping[str, Any], news: Mapping[str, Any]) -> pb.DiffResponse:
        response: pb.DiffResponse = self.stub.Diff(
            pb.DiffRequest(urn=urn, id=id_, olds=to_struct(olds), news=to_struct(news))
        )
        return response

    def create(self, urn: str, inputs: Mapping[str, Any], **options: Any) -> tuple[str, dict[str, Any]]:
        response = self.stub.Create(pb.CreateRequest(urn=urn, properties=to_struct(inputs), **options))
        return response.id, reveal(response.properties)

    def read(
        self, urn: str, id_: str, outputs: Mapping[str, Any] | None = None, inputs: Mapping[str, Any] | None = None
    ) -> tuple[str, dict[str, Any], dict[str, Any]]:
        """Return id, outputs and inputs; without ``outputs`` this is an import."""
        request = pb.ReadRequest(urn=urn, id=id_, properties=to_struct(outputs or {}), inputs=to_struct(inputs or {}))
        response = self.stub.Read(request)
        return response.id, reveal(response.properties), reveal(response.inputs)

    def update(
        self, urn: str, id_: str, olds: Mapping[str, Any], news: Mapping[str, Any], **options: Any
    ) -> dict[str, Any]:
        request = pb.UpdateRequest(urn=urn, id=id_, olds=to_struct(olds), news=to_struct(news), **options)
        return reveal(self.stub.Update(request).properties)

    def delete(self, urn: str, id_: str, outputs: Mapping[str, Any]) -> None:
        self.stub.Delete(pb.DeleteRequest(urn=urn, id=id_, properties=to_struct(outputs)))

    def invoke(self, function: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        response = self.stub.Invoke(pb.InvokeRequest(tok=f"adobe:index:{function}", args=to_struct(arguments)))
        return reveal(getattr(response, "return"))

    def stop(self) -> None:
        for server in self._servers:
            server.stop(0)

    def _start_provider(self, engine_address: str) -> str:
        """Start the provider, in this process, and return its address."""
        provider = NativeProvider(EngineMessages(engine_address))
        return self._serve(provider_pb2_grpc.add_ResourceProviderServicer_to_server, provider)

    def _serve(self, add: Any, servicer: Any) -> str:
        server = grpc.server(ThreadPoolExecutor(max_workers=8))
        add(servicer, server)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        self._servers.append(server)
        return f"127.0.0.1:{port}"


def reveal(message: struct_pb2.Struct) -> dict[str, Any]:
    """Return the properties, secrets in clear."""
    return {name: _reveal(value) for name, value in message.fields.items()}


def list_secrets(message: struct_pb2.Struct) -> set[str]:
    """Return the names of the properties that are marked as secrets."""
    return {name for name, value in message.fields.items() if "4dabf18193072939515e22adb298388d" in str(value)}


def _reveal(value: struct_pb2.Value) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        members = value.struct_value.fields
        if "4dabf18193072939515e22adb298388d" in members:
            return _reveal(members["value"])
        return {name: _reveal(member) for name, member in members.items()}
    if kind == "list_value":
        return [_reveal(item) for item in value.list_value.values]
    if kind == "number_value" and value.number_value.is_integer():
        return int(value.number_value)
    return None if kind in {None, "null_value"} else getattr(value, str(kind))
