"""A native provider that does nothing, so that its cost is Pulumi's own cost: a servicer without any SDK around it."""

import sys
import threading
import uuid
from concurrent import futures
from contextlib import suppress

import grpc
from declared import FIXED, OUTPUTS
from google.protobuf import empty_pb2, struct_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

THREADS = 64
ENDED = threading.Event()


def add_outputs(inputs):
    """Return the inputs with the outputs that the native adapter adds."""
    properties = struct_pb2.Struct()
    properties.CopyFrom(inputs)
    properties.update({**FIXED, **OUTPUTS})
    return properties


class NothingServicer(provider_pb2_grpc.ResourceProviderServicer):
    """The calls of a resource, each answered from its request."""

    def GetPluginInfo(self, request, context):
        """Name a version."""
        return plugin_pb2.PluginInfo(version="1.0.0")

    def CheckConfig(self, request, context):
        """Accept every configuration."""
        return provider_pb2.CheckResponse(inputs=request.news)

    def DiffConfig(self, request, context):
        """Find no difference."""
        return provider_pb2.DiffResponse(changes=provider_pb2.DiffResponse.DIFF_NONE)

    def Configure(self, request, context):
        """Take secrets as plain values, as the native adapter does."""
        return provider_pb2.ConfigureResponse(acceptSecrets=False, supportsPreview=True, acceptResources=False)

    def Check(self, request, context):
        """Accept every input."""
        return provider_pb2.CheckResponse(inputs=request.news)

    def Diff(self, request, context):
        """Compare the inputs of the program."""
        changed = [name for name in request.news if request.olds.fields.get(name) != request.news.fields[name]]
        changes = provider_pb2.DiffResponse.DIFF_SOME if changed else provider_pb2.DiffResponse.DIFF_NONE
        return provider_pb2.DiffResponse(changes=changes, diffs=changed)

    def Create(self, request, context):
        """Make up an id."""
        return provider_pb2.CreateResponse(id=str(uuid.uuid4()), properties=add_outputs(request.properties))

    def Read(self, request, context):
        """Return the prior state."""
        return provider_pb2.ReadResponse(id=request.id, properties=request.properties, inputs=request.inputs)

    def Update(self, request, context):
        """Return the new inputs."""
        return provider_pb2.UpdateResponse(properties=add_outputs(request.news))

    def Delete(self, request, context):
        """Delete nothing."""
        return empty_pb2.Empty()

    def Cancel(self, request, context):
        """End the process."""
        ENDED.set()
        return empty_pb2.Empty()


server = grpc.server(futures.ThreadPoolExecutor(THREADS))
provider_pb2_grpc.add_ResourceProviderServicer_to_server(NothingServicer(), server)
port = server.add_insecure_port("127.0.0.1:0")
server.start()
sys.stdout.write(f"{port}\n")
sys.stdout.flush()
with suppress(KeyboardInterrupt):
    ENDED.wait()
server.stop(0)
