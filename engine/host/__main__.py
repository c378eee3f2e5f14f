"""Entry point of the language host, which prints its port, and ends on a signal or with the engine that started it."""

from __future__ import annotations

import argparse
import os
import queue
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc
from pulumi.runtime.proto import language_pb2_grpc

# Python put this folder first. The package is imported from the root of the project, and this folder is not needed.
sys.path[0] = str(Path(__file__).resolve().parents[2])

from engine.host.children import ChildProcesses  # noqa: E402 - see above
from engine.host.runtime import Runtime  # noqa: E402 - see above

_MAX_BYTES = 400 * 1024 * 1024
"""The same limit as the engine's."""
_THREADS = 16
_PARENT_CHECK_SECONDS = 1.0
_GRACE_SECONDS = 1.0


def main(arguments: list[str]) -> None:
    """Serve until a signal or the end of the engine, then end the programs and plugins that still run."""
    parser = argparse.ArgumentParser(prog="pulumi-language-python", allow_abbrev=False)
    parser.add_argument("engine", nargs="?", default="", help="the engine's address")
    options, _ = parser.parse_known_args([argument for argument in arguments if not argument.startswith("-")])
    # Unlike an event, a simple queue may be used by the handler of a signal at any moment.
    signals: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: signals.put(number))
    children = ChildProcesses()
    server_options = [("grpc.max_receive_message_length", _MAX_BYTES), ("grpc.max_send_message_length", _MAX_BYTES)]
    server = grpc.server(ThreadPoolExecutor(_THREADS), options=server_options)
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(Runtime(options.engine, children), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)  # noqa: T201 - the engine reads it
    _wait_for_signal_or_parent(signals, os.getppid())
    children.terminate_all()
    server.stop(_GRACE_SECONDS).wait()


def _wait_for_signal_or_parent(signals: queue.SimpleQueue[int], parent: int) -> None:
    """Wait for a signal, or for the end of the parent process."""
    while os.getppid() == parent:
        try:
            signals.get(timeout=_PARENT_CHECK_SECONDS)
        except queue.Empty:
            continue
        return


if __name__ == "__main__":
    main(sys.argv[1:])
