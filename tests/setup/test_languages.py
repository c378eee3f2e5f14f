"""Programs in other languages than Python use the native provider, by Pulumi's own language hosts and its SDKs."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
import yaml

from engine.build import GO_MOD
from engine.go import build_go_environment, provide_go
from engine.language_hosts import build_language_host
from engine.messages import Problem
from engine.project import locate_project
from engine.sdk import build_generator, generate_sdk
from engine.setup_lock import hold_setup_lock
from engine.version import read_go_version
from pulumi_adobe.plugin.native.package_schema import format_schema
from tests.emulator_process import EmulatorProcess
from tests.stack.either_adapter import declare_plugin
from tests.stack.project import ACCESS_TOKEN, StackProject

pytestmark = [pytest.mark.engine, pytest.mark.large, pytest.mark.timeout(1800), pytest.mark.usefixtures("engine")]
PROGRAMS = Path(__file__).with_name("languages")
CLUSTER = "flow-connections:cluster"


def give_up(reason: str) -> NoReturn:
    """Skip the test, but fail it in continuous integration."""
    if os.environ.get("CI"):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def create_project(folder: Path, emulator: EmulatorProcess, language: str) -> StackProject:
    """Return a project with the program in this language, its SDK and its language host."""
    clone = locate_project()
    try:
        with hold_setup_lock(clone):
            host, go = build_language_host(clone, language), provide_go(clone, read_go_version(GO_MOD))
            generator = build_generator(clone) if language in PREPARATIONS else None
    except Problem as problem:
        give_up(str(problem))
    env = {name: value for name, value in build_go_environment().items() if name.startswith(("GO", "CGO"))}
    # As for the SDK generators, whose compiled packages a Go program uses again; it needs a few more modules.
    env["GOFLAGS"] = "-trimpath -mod=mod"
    env["PATH"] = os.pathsep.join((str(host), str(go.parent), os.environ["PATH"]))
    project = StackProject(folder, emulator, PROGRAMS / language, env=env)
    project.longest_seconds = 600
    shutil.copytree(PROGRAMS / language, folder, dirs_exist_ok=True)
    declare_plugin(folder)
    if generator:
        generate_sdk(generator, format_schema().encode(), language, folder / "sdk")
        PREPARATIONS[language](folder)
    project.set_secret("flow-connections:token", ACCESS_TOKEN)
    return project


def prepare_nodejs(folder: Path) -> None:
    """Install the locked packages, and compile program and SDK."""
    npm = shutil.which("npm") or give_up("this machine has no npm")
    install = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    installation = subprocess.run(install, cwd=folder, capture_output=True, text=True, check=False)
    if installation.returncode != 0:
        give_up(f"npm could not install Pulumi's SDK: {installation.stderr}")
    compiler = folder / "node_modules" / ".bin" / "tsc"
    compilation = subprocess.run([compiler], cwd=folder, capture_output=True, text=True, check=False)
    assert compilation.returncode == 0, compilation.stdout


def prepare_go(folder: Path) -> None:
    """Put program and SDK into one module, with the dependencies that the set-up has locked."""
    shutil.move(folder / "sdk" / "adobe", folder / "adobe")
    text = GO_MOD.read_text("utf-8")
    (folder / "go.mod").write_text(text.replace("module engine", "module pulumi-adobe"), "utf-8")
    shutil.copy(GO_MOD.with_name("go.sum"), folder)


PREPARATIONS: dict[str, Callable[[Path], None]] = {"nodejs": prepare_nodejs, "go": prepare_go}


@pytest.mark.parametrize("language", ["yaml", "nodejs", "go"])
def test_program_looks_up_creates_updates_and_deletes(tmp_path: Path, emulator: EmulatorProcess, language: str) -> None:
    project = create_project(tmp_path / "project", emulator, language)

    assert "2 to create" in project.preview().stdout
    project.up()
    assert project.output("tables") == ["acme.customers", "acme.orders", "acme.spring_campaign"]
    assert "2 unchanged" in project.up().stdout
    project.write_config(**{CLUSTER: "0612-200003-abc123"})
    assert "1 updated" in project.up().stdout
    (connection,) = emulator.connections()
    assert connection["auth"]["params"]["clusterId"] == "0612-200003-abc123"
    assert ACCESS_TOKEN not in project.state_files()
    project.destroy()
    assert emulator.connections() == []


def test_import_generates_code_in_yaml(tmp_path: Path, emulator: EmulatorProcess) -> None:
    project = create_project(tmp_path / "project", emulator, "yaml")
    project.up()
    lake = project.resource("lake")
    project.pulumi("state", "delete", lake["urn"], "--yes")

    project.pulumi("import", lake["type"], "lake", lake["id"], "--yes", "--protect=false", "--out", "imported.yaml")

    code, program = (
        yaml.safe_load((project.folder / name).read_text("utf-8"))["resources"]["lake"]
        for name in ("imported.yaml", "Pulumi.yaml")
    )
    assert code == {**program, "properties": {**program["properties"], "clusterId": "xxxx", "accessToken": ""}}
