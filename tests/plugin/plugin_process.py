"""The plugin process that the engine starts, called over gRPC as the engine does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import grpc
from google.protobuf import empty_pb2, struct_pb2
from pulumi.dynamic.dynamic import serialize_provider
from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import provider_pb2_grpc

from pulumi_adobe.resources.databricks import DatabricksSourceConnectionProvider

UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""How the engine writes a string that is not known yet."""

PICKLED_PROVIDER = serialize_provider(DatabricksSourceConnectionProvider())


class PluginProcess:
    """`python -m pulumi.dynamic`, configured with a stack's config."""

    def __init__(
        self,
        config: Mapping[str, str],
        folder: Path,
        environment: Mapping[str, str] | None = None,
        pickled_provider: str = PICKLED_PROVIDER,
        engine: str = "127.0.0.1:9",
    ) -> None:
        """Start the process in ``folder``, with these variables in addition to those of the tests.

        ``engine`` is the address of the engine; at the default one nobody listens.
        """
        self._config, self._folder, self._pickled_provider = config, folder, pickled_provider
        self._futures: list[grpc.Future[pb.CreateResponse]] = []
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ADOBE_", "PULUMI"))}
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-m", "pulumi.dynamic", engine],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={**inherited, "TMPDIR": str(folder), **(environment or {})},
            text=True,
        )
        assert self._process.stdout
        self._channel = grpc.insecure_channel(f"127.0.0.1:{self._process.stdout.readline().strip()}")
        self._stub = provider_pb2_grpc.ResourceProviderStub(self._channel)
        self._stub.Configure(pb.ConfigureRequest(args=to_struct(config), acceptSecrets=False), wait_for_ready=True)

    @classmethod
    def like(cls, other: PluginProcess) -> PluginProcess:
        """Start another process with the same config, which knows nothing of the first."""
        return cls(other._config, other._folder, pickled_provider=other._pickled_provider)

    def check(
        self, news: Mapping[str, Any], olds: Mapping[str, Any] | None = None, timeout: float | None = None
    ) -> tuple[dict[str, Any], list[str]]:
        """Return the checked inputs and the reasons of all failures, none of which may name a property."""
        request = pb.CheckRequest(olds=to_struct(olds or {}), news=to_struct(self._with_provider(news)))
        response = self._stub.Check(request, timeout=timeout)
        assert [failure.property for failure in response.failures] == [""] * len(response.failures)
        return self._from_struct(response.inputs), [failure.reason for failure in response.failures]

    def diff(
        self, id_: str, olds: Mapping[str, Any], news: Mapping[str, Any], timeout: float | None = None
    ) -> pb.DiffResponse:
        request = pb.DiffRequest(
            id=id_, olds=to_struct(self._with_provider(olds)), news=to_struct(self._with_provider(news))
        )
        response: pb.DiffResponse = self._stub.Diff(request, timeout=timeout)
        return response

    def create(self, inputs: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        response = self._stub.Create(pb.CreateRequest(properties=to_struct(self._with_provider(inputs))))
        return response.id, self._from_struct(response.properties)

    def read(
        self, id_: str, outputs: Mapping[str, Any], inputs: Mapping[str, Any] | None = None
    ) -> tuple[str, dict[str, Any], dict[str, Any]]:
        """Return id, outputs and inputs; ``inputs`` are those that the state has."""
        properties, struct = to_struct(self._with_provider(outputs)), to_struct(inputs or {})
        response = self._stub.Read(pb.ReadRequest(id=id_, properties=properties, inputs=struct))
        return response.id, self._from_struct(response.properties), self._from_struct(response.inputs)

    def update(self, id_: str, olds: Mapping[str, Any], news: Mapping[str, Any]) -> dict[str, Any]:
        request = pb.UpdateRequest(
            id=id_, olds=to_struct(self._with_provider(olds)), news=to_struct(self._with_provider(news))
        )
        return self._from_struct(self._stub.Update(request).properties)

    def delete(self, id_: str, outputs: Mapping[str, Any]) -> None:
        response = self._stub.Delete(pb.DeleteRequest(id=id_, properties=to_struct(self._with_provider(outputs))))
        assert isinstance(response, empty_pb2.Empty)

    def start_create(self, inputs: Mapping[str, Any]) -> grpc.Future[pb.CreateResponse]:
        """Call create, and return before it is answered."""
        request = pb.CreateRequest(properties=to_struct(self._with_provider(inputs)))
        future: grpc.Future[pb.CreateResponse] = self._stub.Create.future(request)
        self._futures.append(future)  # gRPC cancels a call whose future nobody holds
        return future

    def cancel(self, timeout: float) -> None:
        """Call Cancel as the engine does after Ctrl-C; an answer later than ``timeout`` seconds is an error."""
        self._stub.Cancel(empty_pb2.Empty(), timeout=timeout)

    def wait(self, seconds: float) -> None:
        """Wait until the process has ended by itself; later than that is an error."""
        self._process.wait(seconds)

    def stop(self) -> str:
        """End the process, and return what it printed."""
        self._channel.close()
        self._process.terminate()
        output, _ = self._process.communicate(timeout=10)
        return output

    def _with_provider(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        return {**properties, "__provider": self._pickled_provider}

    def _from_struct(self, message: struct_pb2.Struct) -> dict[str, Any]:
        return from_struct(message, self._pickled_provider)


def to_struct(properties: Mapping[str, Any]) -> struct_pb2.Struct:
    message = struct_pb2.Struct()
    message.update(dict(properties))
    return message


def from_struct(message: struct_pb2.Struct, pickled_provider: str = PICKLED_PROVIDER) -> dict[str, Any]:
    """Return the properties without the pickled provider, which must be in them."""
    properties = {name: _from_value(value) for name, value in message.fields.items()}
    if properties:
        assert properties.pop("__provider") == pickled_provider
    return properties


def _from_value(value: struct_pb2.Value) -> Any:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        return {name: _from_value(member) for name, member in value.struct_value.fields.items()}
    if kind == "list_value":
        return [_from_value(member) for member in value.list_value.values]
    return None if kind in {None, "null_value"} else getattr(value, kind)


def get_call(error: grpc.RpcError) -> grpc.Call:
    """Return the call that ended with this error: one object is both, which the types do not say."""
    return cast(grpc.Call, error)


def get_message(error: grpc.RpcError) -> str:
    """Return the text that the engine would show of an error."""
    return str(get_call(error).details())
