"""The provider `adobe` as the engine calls it: its version and schema, its config, look-ups, and its end.

Pulumi: `proto/pulumi/provider.proto`.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2
from pulumi.runtime.proto import provider_pb2 as pb

from pulumi_adobe.plugin.messages import REDACTOR
from pulumi_adobe.plugin.native.config import (
    SECRET_INPUTS,
    complete_config,
    create_process,
    find_config_problem,
    require_no_newer_state,
)
from pulumi_adobe.plugin.native.diff import build_config_diff_response
from pulumi_adobe.plugin.native.error_reporting import report_errors
from pulumi_adobe.plugin.native.messages import EngineMessages
from pulumi_adobe.plugin.native.package_schema import read_schema
from pulumi_adobe.plugin.native.resource_methods import ResourceMethods
from pulumi_adobe.plugin.native.values import from_struct, mark_secrets, to_struct
from pulumi_adobe.plugin.process import CANCELLED
from pulumi_adobe.plugin.secret_outputs import mark_secret_outputs
from pulumi_adobe.version import VERSION


class NativeProvider(ResourceMethods):
    """The provider of one plugin process, which serves one provider resource."""

    def __init__(self, messages: EngineMessages) -> None:
        super().__init__()
        self._messages = messages

    def GetPluginInfo(self, _request: empty_pb2.Empty, _context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """Return the version of this package."""
        return plugin_pb2.PluginInfo(version=VERSION)

    def Attach(self, request: plugin_pb2.PluginAttach, _context: grpc.ServicerContext) -> empty_pb2.Empty:
        """Take the engine's address, for a plugin that a debugger has started."""
        self._messages.connect(request.address)
        return empty_pb2.Empty()

    @report_errors
    def GetSchema(self, _request: pb.GetSchemaRequest, _context: grpc.ServicerContext) -> pb.GetSchemaResponse:
        """Return the package schema."""
        return pb.GetSchemaResponse(schema=json.dumps(read_schema()))

    @report_errors
    def CheckConfig(self, request: pb.CheckRequest, _context: grpc.ServicerContext) -> pb.CheckResponse:
        """Report every problem of the settings, once for all resources."""
        require_no_newer_state(from_struct(request.olds))
        inputs = complete_config(from_struct(request.news), request.urn)
        problem = find_config_problem(inputs, self._messages)
        # An empty property name: with one, the engine would print the value beside it.
        failures = [pb.CheckFailure(property="", reason=REDACTOR.to_message(problem))] if problem else []
        return pb.CheckResponse(inputs=to_struct(mark_secrets(inputs, SECRET_INPUTS)), failures=failures)

    @report_errors
    def DiffConfig(self, request: pb.DiffRequest, _context: grpc.ServicerContext) -> pb.DiffResponse:
        """Report whether the config changes. That never replaces resources: a wrong place is an error of each."""
        return build_config_diff_response(from_struct(request.olds), from_struct(request.news))

    @report_errors
    def Configure(self, request: pb.ConfigureRequest, _context: grpc.ServicerContext) -> pb.ConfigureResponse:
        """Keep the config. The settings are resolved when they are needed."""
        self._process = create_process(from_struct(request.args), self._messages)
        return pb.ConfigureResponse(acceptSecrets=False, supportsPreview=True, acceptResources=False)

    @report_errors
    def Invoke(self, request: pb.InvokeRequest, _context: grpc.ServicerContext) -> pb.InvokeResponse:
        """Answer a look-up."""
        from pulumi_adobe.plugin.native.lookups import call_function  # noqa: PLC0415 - most programs call none

        result = call_function(request.tok, from_struct(request.args), self._get_process())
        # No property of a result is an input or an output, so none is a secret; what contains one is marked.
        response = pb.InvokeResponse()
        # The field has the name of a keyword.
        getattr(response, "return").CopyFrom(to_struct(mark_secret_outputs(result, {}, REDACTOR.contains_secret)))
        return response

    def Cancel(self, _request: empty_pb2.Empty, _context: grpc.ServicerContext) -> empty_pb2.Empty:
        """End the waits of all calls."""
        CANCELLED.set()
        return empty_pb2.Empty()

    # gRPC runs a method in its own pool if it has this attribute (grpc/_server.py): all other threads may be waiting.
    Cancel.experimental_thread_pool = ThreadPoolExecutor(max_workers=1)  # type: ignore[attr-defined]  # see above
