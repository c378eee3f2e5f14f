"""Runs a plugin written in Python, such as a policy pack, and streams what it says."""

from __future__ import annotations

import queue
import subprocess
import threading
from typing import IO, TYPE_CHECKING

from pulumi.runtime.proto import language_pb2 as pb

from engine.host.children import end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import grpc

    from engine.host.children import Children
    from engine.host.interpreter import Interpreter

ANALYZER = "analyzer"
_Messages = queue.SimpleQueue[pb.RunPluginResponse | None]


def run_plugin(
    request: pb.RunPluginRequest, python: Interpreter, children: Children, context: grpc.ServicerContext
) -> Iterator[pb.RunPluginResponse]:
    """Every piece of output as it comes, then the exit code; a call that the engine ends ends the plugin."""
    cwd = request.info.program_directory if request.kind == ANALYZER else request.pwd
    process = children.start(command_of(request, python), cwd=cwd, env=python.env, output=subprocess.PIPE)
    context.add_callback(lambda: end(process))
    messages: _Messages = queue.SimpleQueue()
    if process.stdout and process.stderr:
        _forward(process.stdout, lambda data: pb.RunPluginResponse(stdout=data), messages)
        _forward(process.stderr, lambda data: pb.RunPluginResponse(stderr=data), messages)
    open_streams = 2
    while open_streams:
        message = messages.get()
        if message is None:
            open_streams -= 1
        else:
            yield message
    yield pb.RunPluginResponse(exitcode=children.wait(process))


def command_of(request: pb.RunPluginRequest, python: Interpreter) -> list[str]:
    """A policy pack is run by the SDK's module for it, any other plugin as a program of its folder."""
    folder = request.info.program_directory
    if request.kind == ANALYZER:
        return [python.python, "-u", "-m", "pulumi.policy", *request.args, folder]
    return [python.python, "-u", folder, *request.args]


def _forward(stream: IO[bytes], wrapped: Callable[[bytes], pb.RunPluginResponse], messages: _Messages) -> None:
    def read() -> None:
        while data := stream.read1(65536):  # type: ignore[attr-defined]  # a pipe's reader is buffered
            messages.put(wrapped(data))
        messages.put(None)

    threading.Thread(target=read, daemon=True).start()
