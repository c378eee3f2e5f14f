"""Plugins written in Python, such as policy packs, and the stream of their output."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

import grpc
from pulumi.runtime.proto import language_pb2 as pb

from engine.host.children import ChildProcesses, terminate_process
from engine.host.interpreter import Interpreter
from engine.host.output import PluginOutput
from engine.host.pack import OPTIONS, PolicyPackProxy

_ANALYZER = "analyzer"
_GRACE_SECONDS = 5.0
"""The time for calls that are answered while a pack ends; their answers have the reason."""


def run_plugin(
    request: pb.RunPluginRequest, python: Interpreter, children: ChildProcesses, context: grpc.ServicerContext
) -> Iterator[pb.RunPluginResponse]:
    """Run the plugin and yield its output, then its exit code. The plugin ends when the engine ends the call."""
    output = PluginOutput()
    if request.kind == _ANALYZER:
        _serve_pack_proxy(request, python, children, output, context)
    else:
        command = [python.python, "-u", request.info.program_directory, *request.args]
        process = children.start(command, cwd=request.pwd, env=python.env, output=subprocess.PIPE)
        _terminate_after(context, process)
        output.follow(process, children)
    return iter(output)


def _serve_pack_proxy(
    request: pb.RunPluginRequest,
    python: Interpreter,
    children: ChildProcesses,
    output: PluginOutput,
    context: grpc.ServicerContext,
) -> None:
    """Serve the proxy of a policy pack; the proxy starts the pack as soon as its stack is known."""
    folder = request.info.program_directory
    command = [python.python, "-u", "-m", "pulumi.policy", *request.args, folder]

    def start(env: Mapping[str, str]) -> str:
        process = children.start(command, cwd=folder, env={**python.env, **env}, output=subprocess.PIPE)
        _terminate_after(context, process)
        port = process.stdout.readline().decode().strip() if process.stdout else ""
        output.follow(process, children)
        return port

    server = grpc.server(ThreadPoolExecutor(), options=OPTIONS)
    server.add_generic_rpc_handlers((PolicyPackProxy(start),))
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()

    def stop() -> None:
        server.stop(_GRACE_SECONDS)
        output.close(0)

    if not context.add_callback(stop):
        stop()
    output.write_line(str(port))


def _terminate_after(context: grpc.ServicerContext, process: subprocess.Popen[bytes]) -> None:
    """Register the termination of the process for the end of the call, or terminate it now if the call has ended."""
    if not context.add_callback(lambda: terminate_process(process)):
        terminate_process(process)
