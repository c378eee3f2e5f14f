"""The installation of the packages of a project (`pulumi install`, `pulumi new`) or of an unpacked plugin.

It follows pip.go of the Python toolchain in Pulumi's Go SDK (Copyright 2016, Pulumi Corporation; Apache-2.0), except
that it leaves pip as Python brings it: an upgrade needs a package index, and a folder of wheels has no pip.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import grpc
from google.protobuf import json_format
from pulumi.runtime.proto import language_pb2 as pb

from engine.host.children import ChildProcesses, terminate_process
from engine.host.interpreter import Interpreter, find_base_interpreter, find_interpreter, locate_venv
from engine.host.output import PluginOutput

_PIP = ("-m", "pip", "install", "--disable-pip-version-check", "--no-input")
_REQUIREMENTS = "requirements.txt"


class InstallationError(Exception):
    """A step of the installation has failed; its output has been streamed before."""


class Installation:
    """One call of the engine that installs the packages of a project or of a plugin."""

    def __init__(
        self,
        request: pb.InstallDependenciesRequest,
        env: Mapping[str, str],
        children: ChildProcesses,
        context: grpc.ServicerContext,
    ) -> None:
        """Create the installation; ``env`` has the variables of the host, such as ``PIP_FIND_LINKS``."""
        self._options = json_format.MessageToDict(request.info.options)
        self._folder = request.directory or request.info.program_directory
        self._root = self._folder if request.is_plugin else request.info.root_directory
        # A user's `pip config set install.user true` would refuse the installation into a virtual environment.
        self._env = {**env, "PIP_USER": "0"}
        self._children = children
        self._context = context

    def install(self) -> Iterator[pb.InstallDependenciesResponse]:
        """Create the virtual environment if there is none, install the requirements, and yield the output.

        Raises:
            InstallationError: A step has failed, or the project uses another tool than pip.
        """
        toolchain = self._options.get("toolchain") or "pip"
        if toolchain != "pip":
            raise InstallationError(
                f"The project uses the toolchain {toolchain!r}, and this language host installs with pip only. "
                f"Install the packages with {toolchain} itself."
            )
        venv = locate_venv(self._options, self._root)
        if venv is not None and not (venv / "bin" / "python").exists():
            yield _say("Creating virtual environment...")
            yield from self._run(find_base_interpreter(self._env), ["-m", "venv", str(venv)])
            yield _say("Finished creating virtual environment")
        if not (Path(self._folder) / _REQUIREMENTS).exists():
            return
        yield _say("Installing dependencies in virtual environment..." if venv else "Installing dependencies...")
        python = find_interpreter(self._options, self._root, self._env)
        yield from self._run(python, [*_PIP, "-r", _REQUIREMENTS])
        yield _say("Finished installing dependencies")

    def _run(self, python: Interpreter, arguments: Sequence[str]) -> Iterator[pb.InstallDependenciesResponse]:
        """Run Python and yield its output. The process ends when the engine ends the call."""
        command = [python.python, *arguments]
        try:
            process = self._children.start(command, cwd=self._folder, env=python.env, output=subprocess.PIPE)
        except OSError as error:
            raise InstallationError(f"{python.python} cannot be run: {error.strerror}. Install Python 3.") from error
        if not self._context.add_callback(lambda: terminate_process(process)):
            terminate_process(process)
        output = PluginOutput()
        output.follow(process, self._children)
        for message in output:
            if message.HasField("exitcode"):
                if message.exitcode != 0:
                    raise InstallationError(f"Exit code {message.exitcode} of: {' '.join(command)}")
            else:
                yield pb.InstallDependenciesResponse(stdout=message.stdout, stderr=message.stderr)


def _say(line: str) -> pb.InstallDependenciesResponse:
    return pb.InstallDependenciesResponse(stdout=f"{line}\n".encode())
