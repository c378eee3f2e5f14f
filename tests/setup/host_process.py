"""A language host that runs, and what the engine would ask of it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import grpc
from google.protobuf import struct_pb2
from pulumi.runtime.proto import language_pb2 as pb
from pulumi.runtime.proto import language_pb2_grpc

from tests.setup.fake_engine import FakeEngine, fake_engine
from tests.setup.fake_project import ROOT

VENV = Path(sys.prefix)


@dataclass
class Host:
    """One host, started by an engine."""

    process: subprocess.Popen[str]
    engine: FakeEngine
    stub: language_pb2_grpc.LanguageRuntimeStub

    def run(self, folder: Path, program: str, *, virtualenv: str = str(VENV), **config: str) -> pb.RunResponse:
        """Run a program with the config of its stack."""
        (folder / "__main__.py").write_text(program, encoding="utf-8")
        request = pb.RunRequest(
            monitor_address=self.engine.address,
            pwd=str(folder),
            project="p",
            stack="dev",
            organization="organization",
            parallel=4,
            config={f"p:{name}": value for name, value in config.items()},
            info=build_info(folder, virtualenv),
        )
        answer: pb.RunResponse = self.stub.Run(request, timeout=30)
        return answer

    def plugin(self, folder: Path, program: str, kind: str = "resource") -> Iterator[pb.RunPluginResponse]:
        """Run a plugin, and give what it says."""
        (folder / "__main__.py").write_text(program, encoding="utf-8")
        request = pb.RunPluginRequest(
            pwd=str(folder), args=[self.engine.address], kind=kind, info=build_info(folder, str(VENV))
        )
        yield from self.stub.RunPlugin(request, timeout=30)

    def install(
        self, folder: Path, virtualenv: str = ".venv", toolchain: str = "pip", *, is_plugin: bool = False
    ) -> Iterator[str]:
        """Install the packages of a project, or of a plugin that the project uses, and yield the output."""
        info = build_info(folder.parent if is_plugin else folder, virtualenv, toolchain)
        request = pb.InstallDependenciesRequest(directory=str(folder), info=info, is_plugin=is_plugin)
        for message in self.stub.InstallDependencies(request, timeout=120):
            yield (message.stdout + message.stderr).decode()

    def end(self, number: int = signal.SIGINT) -> int:
        """Send it a signal, SIGINT as the engine does; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(10)


def build_info(folder: Path, virtualenv: str, toolchain: str = "pip") -> pb.ProgramInfo:
    """Build the contents of a project file, as the engine sends them."""
    options = struct_pb2.Struct()
    options.update({"toolchain": toolchain, "virtualenv": virtualenv})
    return pb.ProgramInfo(root_directory=str(folder), program_directory=str(folder), entry_point=".", options=options)


@contextmanager
def host_process() -> Iterator[Host]:
    """A host that has said its port."""
    script = str(ROOT / "engine" / "host" / "__main__.py")
    with (
        fake_engine() as engine,
        subprocess.Popen(
            [sys.executable, "-u", script, engine.address], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process,
    ):
        assert process.stdout
        port = process.stdout.readline().strip()
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            host = Host(process, engine, language_pb2_grpc.LanguageRuntimeStub(channel))
            try:
                yield host
                if process.poll() is None:
                    host.end()
            finally:
                process.kill()
