"""The archive of the native provider, which Pulumi unpacks into its plugin cache."""

from __future__ import annotations

import tarfile
from pathlib import Path

from engine.plugin_archive import write_archive


def test_archive_has_what_pulumi_needs_to_run_the_plugin(tmp_path: Path) -> None:
    wheel = tmp_path / "pulumi_adobe-0.1.0-py3-none-any.whl"
    wheel.write_bytes(b"")

    write_archive(tmp_path / "plugin.tar.gz", wheel)

    with tarfile.open(tmp_path / "plugin.tar.gz") as archive:
        assert {"PulumiPlugin.yaml", "__main__.py", "requirements.txt", wheel.name} == set(archive.getnames())
        requirements = archive.extractfile("requirements.txt")
        assert requirements is not None
        assert wheel.name in requirements.read().decode()
