"""Serves the language host: prints its port, ends on an interrupt or with the engine that started it."""

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

# Python put this folder first; the package is found from the project's root, and nothing else of it should be.
sys.path[0] = str(Path(__file__).resolve().parents[2])

from engine.host.children import Children  # noqa: E402 - see above
from engine.host.runtime import Runtime  # noqa: E402 - see above

_MAX_BYTES = 400 * 1024 * 1024
"""As the engine's own."""
_THREADS = 16
_LOOK_AT_PARENT_SECONDS = 1.0
_GRACE_SECONDS = 1.0


def main(arguments: list[str]) -> None:
    """Serve until somebody ends it; programs and plugins that still run end with it."""
    parser = argparse.ArgumentParser(prog="pulumi-language-python", allow_abbrev=False)
    parser.add_argument("engine", nargs="?", default="", help="the engine's address")
    given, _ = parser.parse_known_args([each for each in arguments if not each.startswith("-")])
    # A simple queue, unlike an event, may be used by a signal's handler whatever the thread was just doing.
    ended: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: ended.put(number))
    children = Children()
    options = [("grpc.max_receive_message_length", _MAX_BYTES), ("grpc.max_send_message_length", _MAX_BYTES)]
    server = grpc.server(ThreadPoolExecutor(_THREADS), options=options)
    language_pb2_grpc.add_LanguageRuntimeServicer_to_server(Runtime(given.engine, children), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    print(port, flush=True)  # noqa: T201 - the engine reads it
    _wait(ended, os.getppid())
    children.end()
    server.stop(_GRACE_SECONDS).wait()


def _wait(ended: queue.SimpleQueue[int], parent: int) -> None:
    """Until somebody ends the host, or the process that started it is gone."""
    while os.getppid() == parent:
        try:
            ended.get(timeout=_LOOK_AT_PARENT_SECONDS)
        except queue.Empty:
            continue
        return


if __name__ == "__main__":
    main(sys.argv[1:])
