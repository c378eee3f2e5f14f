"""The process `pulumi-resource-adobe`, as the engine starts it, with everything that it prints and says."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import grpc

from tests.plugin.native.native_client import NativeClient
from tests.plugin.plugin_process import get_message

_PRINTED: Final = "printed"


class NativeProcess(NativeClient):
    """The native provider in a process of its own. Logs of defects, and what it prints, go to ``folder``."""

    def __init__(self, folder: Path, config: Mapping[str, Any]) -> None:
        self._folder = folder
        super().__init__(config)

    def find_error(self, call: Callable[[], Any]) -> str:
        """Return the message of the error of a call; empty if it succeeds."""
        try:
            call()
        except grpc.RpcError as error:
            return get_message(error)
        return ""

    def take_texts(self) -> str:
        """Return all messages since the last call, what the process has printed, and the logs of defects."""
        messages, self.engine.messages[:] = list(self.engine.messages), []
        texts = [text for _, text in messages]
        for file in self._folder.iterdir():
            texts.append(file.read_text(errors="replace"))
            if file.name != _PRINTED:
                file.unlink()
        return "\n".join(texts)

    def stop(self) -> None:
        self._process.terminate()
        self._process.communicate(timeout=10)
        super().stop()

    def _start_provider(self, engine_address: str) -> str:
        with (self._folder / _PRINTED).open("w") as printed:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pulumi_adobe.plugin.native", engine_address],
                stdout=subprocess.PIPE,
                stderr=printed,
                env={"TMPDIR": str(self._folder)},
                text=True,
            )
        assert self._process.stdout
        return f"127.0.0.1:{self._process.stdout.readline().strip()}"
