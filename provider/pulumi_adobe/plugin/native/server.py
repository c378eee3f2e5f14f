"""The gRPC server of the native provider, for the engine that has started this process."""

from __future__ import annotations

import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Final

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from pulumi_adobe.plugin.engine_watch import watch_engine
from pulumi_adobe.plugin.native.config import THREADS
from pulumi_adobe.plugin.native.messages import EngineMessages
from pulumi_adobe.plugin.native.servicer import NativeProvider
from pulumi_adobe.plugin.process import CANCELLED

_MAX_MESSAGE_BYTES: Final = 400 * 1024 * 1024
"""What Pulumi's own providers take."""

_GRACE_SECONDS: Final = 2.0


def serve() -> None:
    """Serve until the engine ends the process. Its address is the first argument."""
    address = sys.argv[1] if len(sys.argv) > 1 else ""
    stopped = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        # The engine sends SIGINT at the end of each command, and waits for seconds if a plugin does not obey.
        signal.signal(number, lambda _number, _frame: stopped.set())
    options = (("grpc.max_receive_message_length", _MAX_MESSAGE_BYTES), ("grpc.max_send_message_length", -1))
    server = grpc.server(ThreadPoolExecutor(max_workers=THREADS), options=options)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(NativeProvider(EngineMessages(address)), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    if address:
        watch_engine(address)
    sys.stdout.write(f"{port}\n")  # the engine reads the port
    sys.stdout.flush()
    stopped.wait()
    CANCELLED.set()
    server.stop(_GRACE_SECONDS).wait()
