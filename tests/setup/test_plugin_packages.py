"""The archive of the native provider, and what our language host installs for a plugin that Pulumi has unpacked."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from engine.host.dependencies import install_plugin_packages
from engine.plugin_archive import write_archive

pytestmark = pytest.mark.slow


def test_archive_has_what_pulumi_needs_to_run_the_plugin(tmp_path: Path) -> None:
    wheel = tmp_path / "pulumi_adobe-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"")

    write_archive(tmp_path / "plugin.tar.gz", wheel)

    with tarfile.open(tmp_path / "plugin.tar.gz") as archive:
        assert {"PulumiPlugin.yaml", "__main__.py", "requirements.txt", wheel.name} == set(archive.getnames())
        requirements = archive.extractfile("requirements.txt")
        assert requirements is not None
        assert wheel.name in requirements.read().decode()


def test_packages_of_a_plugin_get_an_environment_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("# none\n")

    list(install_plugin_packages(tmp_path, {"virtualenv": "own"}))

    command = [str(tmp_path / "own" / "bin" / "python"), "-c", "import sys; print(sys.prefix)"]
    prefix = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    assert prefix == str(tmp_path / "own") != sys.prefix
