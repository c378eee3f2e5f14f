"""The language runtime: the service of the engine that describes and runs Python programs."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import grpc
from google.protobuf import empty_pb2, json_format
from pulumi.runtime.proto import language_pb2 as pb
from pulumi.runtime.proto import language_pb2_grpc, plugin_pb2

from engine.host.dependencies import Installation, InstallationError
from engine.host.interpreter import Interpreter, NoInterpreterError, find_interpreter
from engine.host.plugin import run_plugin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.host.children import ChildProcesses

PROGRAM = Path(__file__).with_name("program.py")
ALREADY_REPORTED = 32
"""The exit code of a program whose error the engine has shown already."""
_VERSION = "1.0.0"


class Runtime(language_pb2_grpc.LanguageRuntimeServicer):
    """The methods that the engine calls. They find no plugins of packages, because this project needs none."""

    def __init__(self, engine: str, children: ChildProcesses) -> None:
        """Create the service; ``engine`` is the address of the engine that started the host."""
        self._engine = engine
        self._children = children

    def GetPluginInfo(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """Return the version of the host."""
        return plugin_pb2.PluginInfo(version=_VERSION)

    def About(self, request: pb.AboutRequest, context: grpc.ServicerContext) -> pb.AboutResponse:
        """Return the version of Python."""
        return pb.AboutResponse(executable="python3", version=platform.python_version())

    def GetRequiredPackages(
        self, request: pb.GetRequiredPackagesRequest, context: grpc.ServicerContext
    ) -> pb.GetRequiredPackagesResponse:
        """Return an empty list: no plugin is needed."""
        return pb.GetRequiredPackagesResponse()

    def GetRequiredPlugins(
        self, request: pb.GetRequiredPluginsRequest, context: grpc.ServicerContext
    ) -> pb.GetRequiredPluginsResponse:
        """Return an empty list: no plugin is needed."""
        return pb.GetRequiredPluginsResponse()

    def GetProgramDependencies(
        self, request: pb.GetProgramDependenciesRequest, context: grpc.ServicerContext
    ) -> pb.GetProgramDependenciesResponse:
        """List the packages of the program's Python."""
        python = _find_interpreter(request.info)
        command = [python.python, "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"]
        process = subprocess.run(command, capture_output=True, check=True, env=python.env)  # noqa: S603 - the project's
        packages = json.loads(process.stdout)
        dependencies = [pb.DependencyInfo(name=package["name"], version=package["version"]) for package in packages]
        return pb.GetProgramDependenciesResponse(dependencies=dependencies)

    def RuntimeOptionsPrompts(
        self, request: pb.RuntimeOptionsRequest, context: grpc.ServicerContext
    ) -> pb.RuntimeOptionsResponse:
        """Return no prompts."""
        return pb.RuntimeOptionsResponse()

    def InstallDependencies(
        self, request: pb.InstallDependenciesRequest, context: grpc.ServicerContext
    ) -> Iterator[pb.InstallDependenciesResponse]:
        """Create the project's virtual environment, install its requirements, and stream the output."""
        try:
            yield from Installation(request, os.environ, self._children, context).install()
        except InstallationError as error:
            context.abort(grpc.StatusCode.UNKNOWN, str(error))

    def Run(self, request: pb.RunRequest, context: grpc.ServicerContext) -> pb.RunResponse:
        """Run a program in a process of its own Python, and return its outcome."""
        try:
            python = _find_interpreter(request.info)
        except NoInterpreterError as error:
            return pb.RunResponse(error=str(error))
        command = [python.python, "-u", str(PROGRAM), *_build_arguments(request, self._engine)]
        config = {
            "PULUMI_CONFIG": json.dumps(dict(request.config)),
            "PULUMI_CONFIG_SECRET_KEYS": json.dumps(list(request.configSecretKeys)),
        }
        process = self._children.start(command, cwd=request.pwd or os.curdir, env={**python.env, **config})
        return _build_response(self._children.wait_for_process(process))

    def RunPlugin(self, request: pb.RunPluginRequest, context: grpc.ServicerContext) -> Iterator[pb.RunPluginResponse]:
        """Run a policy pack, or another plugin written in Python."""
        try:
            python = _find_interpreter(request.info, dict(entry.split("=", 1) for entry in request.env if "=" in entry))
        except NoInterpreterError as error:
            yield pb.RunPluginResponse(stderr=f"{error}\n".encode())
            yield pb.RunPluginResponse(exitcode=1)
            return
        yield from run_plugin(request, python, self._children, context)


def _find_interpreter(info: pb.ProgramInfo, env: dict[str, str] | None = None) -> Interpreter:
    options = json_format.MessageToDict(info.options)
    return find_interpreter(options, info.root_directory, {**os.environ, **(env or {})})


def _build_arguments(request: pb.RunRequest, engine: str) -> list[str]:
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
    set_options = [f"--{name}={value}" for name, value in options.items() if value]
    program = str(Path(request.info.program_directory) / (request.info.entry_point or "."))
    return [*set_options, "--", program, *request.args]


def _build_response(exit_code: int) -> pb.RunResponse:
    if exit_code == 0:
        return pb.RunResponse()
    if exit_code == ALREADY_REPORTED:
        return pb.RunResponse(bail=True)
    if exit_code < 0:
        return pb.RunResponse(error=f"Program was ended by signal {-exit_code}")
    return pb.RunResponse(error=f"Program exited with non-zero exit code: {exit_code}")
