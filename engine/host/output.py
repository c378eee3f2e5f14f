"""What a plugin says, handed on to the engine piece by piece as it comes."""

from __future__ import annotations

import queue
import subprocess
import threading
from collections.abc import Callable, Iterator
from typing import IO

from pulumi.runtime.proto import language_pb2 as pb

from engine.host.children import Children


class Output:
    """Collects from a plugin's streams; one call reads it to the end."""

    def __init__(self) -> None:
        """Nothing was said yet."""
        self._messages: queue.SimpleQueue[pb.RunPluginResponse] = queue.SimpleQueue()

    def __iter__(self) -> Iterator[pb.RunPluginResponse]:
        """Every piece, and the exit code last."""
        while True:
            message = self._messages.get()
            yield message
            if message.HasField("exitcode"):
                return

    def say(self, line: str) -> None:
        """One line in the name of the plugin."""
        self._messages.put(pb.RunPluginResponse(stdout=f"{line}\n".encode()))

    def close(self, exit_code: int) -> None:
        """Say that the plugin has ended."""
        self._messages.put(pb.RunPluginResponse(exitcode=exit_code))

    def follow(self, process: subprocess.Popen[bytes], children: Children) -> None:
        """Hand on both streams until they end, then the exit code."""
        readers = [
            self._reader(process.stdout, lambda data: pb.RunPluginResponse(stdout=data)),
            self._reader(process.stderr, lambda data: pb.RunPluginResponse(stderr=data)),
        ]

        def finish() -> None:
            for reader in readers:
                reader.join()
            self.close(children.wait(process))

        threading.Thread(target=finish, daemon=True).start()

    def _reader(self, stream: IO[bytes] | None, wrapped: Callable[[bytes], pb.RunPluginResponse]) -> threading.Thread:
        def read() -> None:
            # A pipe's reader is buffered, and read1 takes what is there without waiting for more.
            while stream and (data := stream.read1(65536)):  # type: ignore[attr-defined]
                self._messages.put(wrapped(data))

        thread = threading.Thread(target=read, daemon=True)
        thread.start()
        return thread
