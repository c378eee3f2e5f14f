"""`make sdk`: the SDKs of the native provider in Python, TypeScript and Go, by Pulumi's own generators."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from engine.build import GO_MOD
from engine.go import PROGRESS_SECONDS, build_go_environment, provide_go
from engine.messages import Problem, print_message
from engine.processes import LongCommand, run_with_progress
from engine.project import ENGINE
from engine.python_sdk import adopt_python_sdk
from engine.version import read_go_version

if TYPE_CHECKING:
    from engine.project import Project

_LANGUAGES = ("nodejs", "go")
_PYTHON_PACKAGE = "pulumi_adobe.native"


def build_sdks(project: Project) -> int:
    """Write the Python SDK into the provider's distribution, and the others into `.sdk`."""
    generator = build_generator(project)
    schema = _read_schema(project)
    with tempfile.TemporaryDirectory() as folder:
        generate_sdk(generator, schema, "python", Path(folder))
        adopt_python_sdk(Path(folder) / _PYTHON_PACKAGE, schema, project.root / "provider" / "pulumi_adobe" / "native")
    for language in _LANGUAGES:
        shutil.rmtree(project.root / ".sdk" / language, ignore_errors=True)
        generate_sdk(generator, schema, language, project.root / ".sdk" / language)
    print_message(f"Written: provider/pulumi_adobe/native, {', '.join(f'.sdk/{name}' for name in _LANGUAGES)}")
    return 0


def _read_schema(project: Project) -> bytes:
    command = [str(project.python), "-m", "pulumi_adobe.plugin.native.package_schema"]
    process = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own environment
    if process.returncode != 0:
        raise Problem(
            "The package schema could not be read. Write it anew with `python -m docs.generate`.\n"
            f"{process.stderr.decode(errors='replace').strip()}"
        )
    return process.stdout


def build_generator(project: Project) -> Path:
    """Build the program that generates SDKs, and return its path."""
    generator = project.tools / "sdk-generator"
    print_message("Building Pulumi's SDK generators from their Go module; some minutes at the first time.")
    command = (provide_go(project, read_go_version(GO_MOD)), "build", "-v", "-trimpath", "-o", generator)
    log = project.tools / "sdk-generator.log"
    build = LongCommand("SDK generators", (*command, "./sdk_generator"), log, build_go_environment(), ENGINE)
    outcome = run_with_progress(build, interval=PROGRESS_SECONDS)
    if outcome.exit_code != 0:
        raise Problem(
            "The SDK generators could not be built. Check the network, and start again. "
            f"The last lines of {log}:\n{outcome.read_last_lines()}"
        )
    return generator


def generate_sdk(generator: Path, schema: bytes, language: str, folder: Path) -> None:
    """Write the SDK for one language into a folder."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        file.write(schema)
        file.flush()
        command = [str(generator), file.name, language, str(folder)]
        process = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - built above
    if process.returncode != 0:
        raise Problem(
            f"The SDK for {language} could not be generated. Correct the package schema (docs/package_schema.py), and "
            f"start again.\n{process.stderr.decode(errors='replace').strip()}"
        )
