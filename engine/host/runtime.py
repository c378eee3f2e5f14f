"""The language runtime: answers the engine about Python programs, and runs them."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from google.protobuf import empty_pb2, json_format
from pulumi.runtime.proto import language_pb2 as pb
from pulumi.runtime.proto import language_pb2_grpc, plugin_pb2

from engine.host.interpreter import Interpreter, NoInterpreterError, interpreter
from engine.host.plugin import run_plugin

if TYPE_CHECKING:
    from collections.abc import Iterator

    import grpc

    from engine.host.children import Children

PROGRAM = Path(__file__).with_name("program.py")
ALREADY_REPORTED = 32
"""The exit code of a program whose error the engine has shown already."""
_VERSION = "1.0.0"


class Runtime(language_pb2_grpc.LanguageRuntimeServicer):
    """What the engine may ask. Plugins of packages are not looked for: this project needs none."""

    def __init__(self, engine: str, children: Children) -> None:
        """``engine`` is the address of the engine that started the host."""
        self._engine = engine
        self._children = children

    def GetPluginInfo(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """Say the host's version."""
        return plugin_pb2.PluginInfo(version=_VERSION)

    def About(self, request: pb.AboutRequest, context: grpc.ServicerContext) -> pb.AboutResponse:
        """Say which Python this is."""
        return pb.AboutResponse(executable="python3", version=platform.python_version())

    def GetRequiredPackages(
        self, request: pb.GetRequiredPackagesRequest, context: grpc.ServicerContext
    ) -> pb.GetRequiredPackagesResponse:
        """Ask for no plugin."""
        return pb.GetRequiredPackagesResponse()

    def GetRequiredPlugins(
        self, request: pb.GetRequiredPluginsRequest, context: grpc.ServicerContext
    ) -> pb.GetRequiredPluginsResponse:
        """Ask for no plugin."""
        return pb.GetRequiredPluginsResponse()

    def GetProgramDependencies(
        self, request: pb.GetProgramDependenciesRequest, context: grpc.ServicerContext
    ) -> pb.GetProgramDependenciesResponse:
        """List the packages that the program's Python has."""
        python = _interpreter(request.info)
        command = [python.python, "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"]
        done = subprocess.run(command, capture_output=True, check=True, env=python.env)  # noqa: S603 - the project's
        found = [pb.DependencyInfo(name=each["name"], version=each["version"]) for each in json.loads(done.stdout)]
        return pb.GetProgramDependenciesResponse(dependencies=found)

    def RuntimeOptionsPrompts(
        self, request: pb.RuntimeOptionsRequest, context: grpc.ServicerContext
    ) -> pb.RuntimeOptionsResponse:
        """Ask the user nothing."""
        return pb.RuntimeOptionsResponse()

    def InstallDependencies(
        self, request: pb.InstallDependenciesRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.InstallDependenciesResponse]:
        """Install nothing: the set-up has done that."""
        yield pb.InstallDependenciesResponse(stdout=b"The packages are installed by `make setup`.\n")

    def Run(self, request: pb.RunRequest, context: grpc.ServicerContext) -> pb.RunResponse:
        """Run a program in a process of its own Python, and say how it ended."""
        try:
            python = _interpreter(request.info)
        except NoInterpreterError as error:
            return pb.RunResponse(error=str(error))
        command = [python.python, "-u", str(PROGRAM), *_arguments(request, self._engine)]
        config = {
            "PULUMI_CONFIG": json.dumps(dict(request.config)),
            "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
        }
        process = self._children.start(command, cwd=request.pwd or os.curdir, env={**python.env, **config})
        return _outcome(self._children.wait(process))

    def RunPlugin(self, request: pb.RunPluginRequest, context: grpc.ServicerContext) -> Iterator[pb.RunPluginResponse]:
        """Run a policy pack, or another plugin written in Python."""
        try:
            python = _interpreter(request.info, dict(each.split("=", 1) for each in request.env if "=" in each))
        except NoInterpreterError as error:
            yield pb.RunPluginResponse(stderr=f"{error}\n".encode())
            yield pb.RunPluginResponse(exitcode=1)
            return
        yield from run_plugin(request, python, self._children, context)


def _interpreter(info: pb.ProgramInfo, env: dict[str, str] | None = None) -> Interpreter:
    options = json_format.MessageToDict(info.options)
    return interpreter(options, info.root_directory, {**os.environ, **(env or {})})


def _arguments(request: pb.RunRequest, engine: str) -> list[str]:
    options = {
        "monitor": request.monitor_address,
        "engine": engine,
        "project": request.project,
        "stack": request.stack,
        "organization": request.organization,
        "root_directory": request.info.root_directory,
        "pwd": request.pwd,
        "dry_run": "true" if request.dryRun else "false",
        "parallel": str(request.parallel),
    }
    given = [f"--{name}={value}" for name, value in options.items() if value]
    program = str(Path(request.info.program_directory) / (request.info.entry_point or "."))
    return [*given, "--", program, *request.args]


def _outcome(exit_code: int) -> pb.RunResponse:
    if exit_code == 0:
        return pb.RunResponse()
    if exit_code == ALREADY_REPORTED:
        return pb.RunResponse(bail=True)
    if exit_code < 0:
        return pb.RunResponse(error=f"Program was ended by signal {-exit_code}")
    return pb.RunResponse(error=f"Program exited with non-zero exit code: {exit_code}")
