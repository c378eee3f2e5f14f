"""Programs of other people, with the real engine."""

from __future__ import annotations

import site
import subprocess
import sys
import venv
from pathlib import Path

from tests.emulator_process import EmulatorProcess
from tests.stack.project import PROGRAMS, ROOT, StackProject


def fresh_environment(folder: Path) -> Path:
    """A virtual environment with our wheel, which finds all other packages where these tests find theirs."""
    wheels = folder / "wheels"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    built = [*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(wheels)]
    subprocess.run([*built, str(ROOT / "provider")], check=True)
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    (wheel,) = wheels.glob("pulumi_adobe-*.whl")
    subprocess.run([str(python), "-m", "pip", "--quiet", "install", "--no-index", "--no-deps", str(wheel)], check=True)
    (packages,) = (folder / "venv" / "lib").glob("python*/site-packages")
    # Their .pth files are not read from here, so the editable installation of this repository stays out.
    (packages / "others.pth").write_text("\n".join(site.getsitepackages()))
    return folder / "venv"


def test_the_wheel_works_in_a_fresh_project_that_has_a_provider_folder_of_its_own(
    tmp_path: Path, emulator: EmulatorProcess
) -> None:
    environment = fresh_environment(tmp_path)
    program = PROGRAMS / "fresh_project"
    project = StackProject(tmp_path / "a project", emulator, program, environment)
    (project.folder / "provider").mkdir()
    (project.folder / "provider" / "__init__.py").write_text((program / "provider" / "__init__.py").read_text())
    project.set_secret("token", "dapi-wheel-0123456789")

    project.up()

    (kept,) = emulator.connections()
    assert (kept["id"], kept["name"]) == (project.output("id"), "From a wheel")
    assert project.output("clusterId") == "0612-200003-abc123"
    assert project.output("orgId") == project.config["adobe:orgId"]
    assert "catalog" not in project.resource("lake")["outputs"]
    assert "2 unchanged" in project.up().stdout
    project.refresh()
    project.destroy()
    assert emulator.connections() == []


def test_arguments_may_be_outputs_of_resources_made_in_the_same_run(tmp_path: Path, emulator: EmulatorProcess) -> None:
    project = StackProject(tmp_path / "project", emulator, PROGRAMS / "unknown_values")
    project.write_config(size=1)

    preview = project.preview("--diff").text
    project.up()

    assert "clusterId     : [unknown]" in preview
    (kept,) = emulator.connections()
    assert kept["auth"]["params"]["clusterId"] == "cluster-1"
    assert project.output("token") == "dapi-of-cluster-1"
    assert "dapi-of-cluster-1" not in str(project.resource("lake"))

    project.write_config(size=2)
    preview = project.preview("--diff").text
    project.up()

    assert '~ clusterId     : "cluster-1" => [unknown]' in preview
    (updated,) = emulator.connections()
    assert updated["id"] == kept["id"]
    assert updated["auth"]["params"]["domain"] == "https://adb-2.7.azuredatabricks.net"
