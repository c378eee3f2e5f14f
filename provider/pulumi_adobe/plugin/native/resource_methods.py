"""The methods that the engine calls about a resource: check, diff, create, read, update and delete.

Pulumi: `proto/pulumi/provider.proto`.
"""

from __future__ import annotations

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2 as pb
from pulumi.runtime.proto import provider_pb2_grpc

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.lifecycle.diff import ResourceDiff
from pulumi_adobe.plugin.messages import REDACTOR
from pulumi_adobe.plugin.native.diff import build_diff_response
from pulumi_adobe.plugin.native.error_reporting import report_errors
from pulumi_adobe.plugin.native.preview import preview_create, preview_update
from pulumi_adobe.plugin.native.program_inputs import find_input_problems
from pulumi_adobe.plugin.native.resource import NativeResource
from pulumi_adobe.plugin.native.values import from_struct
from pulumi_adobe.plugin.process import ProviderProcess


class ResourceMethods(provider_pb2_grpc.ResourceProviderServicer):
    """The methods about resources, of a provider that is configured before."""

    def __init__(self) -> None:
        self._process: ProviderProcess | None = None
        self._diffs: dict[str, ResourceDiff] = {}
        """The last diff of each resource that this process has compared, by URN."""

    @report_errors
    def Check(self, request: pb.CheckRequest, _context: grpc.ServicerContext) -> pb.CheckResponse:
        """Report every problem of the inputs before anything changes, and return what the program gives."""
        resource = self._get_resource(request.urn)
        prior_program_inputs, program_inputs = from_struct(request.olds), from_struct(request.news)
        prior_inputs = resource.complete(prior_program_inputs) if request.olds.fields else {}
        inputs = resource.complete(program_inputs)
        checked = resource.calls.check(prior_inputs, inputs)
        # An empty property name: with one, the engine would print the value beside it.
        problems = (
            *map(REDACTOR.to_message, find_input_problems(resource.calls.schema, program_inputs)),
            *checked.problems,
        )
        failures = [pb.CheckFailure(property="", reason=problem) for problem in problems]
        return pb.CheckResponse(
            inputs=resource.write_checked(checked.inputs, inputs, program_inputs), failures=failures
        )

    @report_errors
    def Diff(self, request: pb.DiffRequest, _context: grpc.ServicerContext) -> pb.DiffResponse:
        """Report what an update would change, property by property."""
        resource = self._get_resource(request.urn)
        program_inputs, prior_outputs = from_struct(request.news), resource.read_outputs(request.olds)
        inputs = resource.complete(program_inputs)
        resource_diff = resource.calls.diff(request.id, prior_outputs, inputs)
        self._diffs[request.urn] = resource_diff
        return build_diff_response(resource_diff, prior_outputs, inputs, program_inputs)

    @report_errors
    def Create(self, request: pb.CreateRequest, _context: grpc.ServicerContext) -> pb.CreateResponse:
        """Create the resource; in a preview, return its outputs as far as they are known."""
        resource = self._get_resource(request.urn, request.timeout)
        program_inputs = from_struct(request.properties)
        inputs = resource.complete(program_inputs)
        if request.preview:
            outputs = preview_create(resource.calls.schema.for_properties(inputs), inputs)
            return pb.CreateResponse(properties=resource.write_outputs(outputs, program_inputs))
        with resource.store_partial_failures(program_inputs):
            created = resource.calls.create(inputs)
        return pb.CreateResponse(id=created.id, properties=resource.write_outputs(created.outputs, program_inputs))

    @report_errors
    def Read(self, request: pb.ReadRequest, _context: grpc.ServicerContext) -> pb.ReadResponse:
        """Return the resource as it is now; without a state, it is imported. An empty response says that it is gone."""
        resource = self._get_resource(request.urn, request.timeout)
        prior_program_inputs = from_struct(request.inputs)
        if request.properties.fields:
            state = resource.calls.read(request.id, resource.read_outputs(request.properties), prior_program_inputs)
        else:
            state = resource.calls.import_existing(request.id, resource.owner)
        if state is None:
            return pb.ReadResponse()
        return pb.ReadResponse(
            id=request.id,
            properties=resource.write_outputs(state.outputs, prior_program_inputs, request.properties),
            inputs=resource.write_program_inputs(state.inputs, prior_program_inputs),
        )

    @report_errors
    def Update(self, request: pb.UpdateRequest, _context: grpc.ServicerContext) -> pb.UpdateResponse:
        """Update the resource in place; in a preview, return its outputs as far as they are known."""
        resource = self._get_resource(request.urn, request.timeout)
        program_inputs, prior_outputs = from_struct(request.news), resource.read_outputs(request.olds)
        inputs = resource.complete(program_inputs)
        if request.preview:
            schema, resource_diff = resource.calls.schema.for_properties(inputs), self._diffs.get(request.urn)
            outputs = preview_update(schema, prior_outputs, inputs, resource_diff)
        else:
            with resource.store_partial_failures(program_inputs, request.olds):
                outputs = resource.calls.update(request.id, prior_outputs, inputs)
        return pb.UpdateResponse(properties=resource.write_outputs(outputs, program_inputs, request.olds))

    @report_errors
    def Delete(self, request: pb.DeleteRequest, _context: grpc.ServicerContext) -> empty_pb2.Empty:
        """Delete the resource."""
        resource = self._get_resource(request.urn, request.timeout)
        resource.calls.delete(request.id, resource.read_outputs(request.properties), resource.owner)
        return empty_pb2.Empty()

    def _get_process(self) -> ProviderProcess:
        if self._process is None:
            raise AdobeError("The provider adobe is not configured yet.")
        return self._process

    def _get_resource(self, urn: str, timeout: float = 0) -> NativeResource:
        return NativeResource(urn, self._get_process(), timeout)
