"""`pulumi install` and `pulumi new`, as far as they ask the language host for the packages of a project."""

from __future__ import annotations

import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest

from tests.setup.host_process import VENV, Host, host_process


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with host_process() as host:
        yield host


def _write_wheel(folder: Path) -> None:
    """Write the wheel of a package `acme` that has nothing in it."""
    files = {
        "METADATA": "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n",
        "WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    with zipfile.ZipFile(folder / "acme-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("acme.py", "")
        for name, text in files.items():
            wheel.writestr(f"acme-1.0.dist-info/{name}", text)


@pytest.mark.slow
def test_it_creates_the_environment_and_installs_the_requirements_into_it(host: Host, tmp_path: Path) -> None:
    _write_wheel(tmp_path)
    (tmp_path / "requirements.txt").write_text("--no-index\n--find-links .\nacme\n", encoding="utf-8")

    pieces = list(host.install(tmp_path))

    assert pieces[0] == "Creating virtual environment...\n"
    assert "Successfully installed acme-1.0" in "".join(pieces)
    subprocess.run([str(tmp_path / ".venv" / "bin" / "python"), "-c", "import acme"], check=True)
    again = "".join(host.install(tmp_path))
    assert "Creating virtual environment" not in again
    assert "already satisfied: acme" in again


@pytest.mark.slow
def test_a_plugin_gets_an_environment_in_its_own_folder(host: Host, tmp_path: Path) -> None:
    plugin = tmp_path / "plugin"
    plugin.mkdir()

    pieces = list(host.install(plugin, is_plugin=True))

    assert pieces[0] == "Creating virtual environment...\n"
    assert (plugin / ".venv" / "bin" / "python").exists()
    assert not (tmp_path / ".venv").exists()


def test_a_project_without_requirements_and_with_an_environment_needs_nothing(host: Host, tmp_path: Path) -> None:
    assert list(host.install(tmp_path, virtualenv=str(VENV))) == []


def test_pips_error_is_streamed_and_ends_the_call(host: Host, tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("--no-index\nacme-that-nobody-has\n", encoding="utf-8")
    pieces: list[str] = []

    with pytest.raises(grpc.RpcError) as caught:
        pieces.extend(host.install(tmp_path, virtualenv=str(VENV)))

    assert "No matching distribution found for acme-that-nobody-has" in "".join(pieces)
    assert "-r requirements.txt" in str(caught.value.details())
    assert not (tmp_path / ".venv").exists()


def test_another_toolchain_is_refused_by_its_name(host: Host, tmp_path: Path) -> None:
    with pytest.raises(grpc.RpcError) as caught:
        list(host.install(tmp_path, toolchain="poetry"))

    assert "'poetry'" in str(caught.value.details())
