"""The output of a plugin, which is streamed to the engine."""

from __future__ import annotations

import queue
import subprocess
import threading
from collections.abc import Callable, Iterator
from typing import IO

from pulumi.runtime.proto import language_pb2 as pb

from engine.host.children import ChildProcesses


class PluginOutput:
    """The output of a plugin as messages for the engine; one call reads them to the end."""

    def __init__(self) -> None:
        """Create an output without messages."""
        self._messages: queue.SimpleQueue[pb.RunPluginResponse] = queue.SimpleQueue()

    def __iter__(self) -> Iterator[pb.RunPluginResponse]:
        """Yield each piece of the output, and the exit code last."""
        while True:
            message = self._messages.get()
            yield message
            if message.HasField("exitcode"):
                return

    def write_line(self, line: str) -> None:
        """Add one line, as if the plugin had printed it."""
        self._messages.put(pb.RunPluginResponse(stdout=f"{line}\n".encode()))

    def close(self, exit_code: int) -> None:
        """Add the exit code as the last message of the output."""
        self._messages.put(pb.RunPluginResponse(exitcode=exit_code))

    def follow(self, process: subprocess.Popen[bytes], children: ChildProcesses) -> None:
        """Add the lines of both output streams of the process until it ends, then its exit code."""
        readers = [
            self._start_reader(process.stdout, lambda data: pb.RunPluginResponse(stdout=data)),
            self._start_reader(process.stderr, lambda data: pb.RunPluginResponse(stderr=data)),
        ]

        def finish() -> None:
            for reader in readers:
                reader.join()
            self.close(children.wait_for_process(process))

        threading.Thread(target=finish, daemon=True).start()

    def _start_reader(
        self, stream: IO[bytes] | None, build_message: Callable[[bytes], pb.RunPluginResponse]
    ) -> threading.Thread:
        def read_stream() -> None:
            # The reader of a pipe is buffered, and read1 returns the available bytes without waiting for more.
            while stream and (data := stream.read1(65536)):  # type: ignore[attr-defined]
                self._messages.put(build_message(data))

        thread = threading.Thread(target=read_stream, daemon=True)
        thread.start()
        return thread
