"""`make plugin`: the native provider as an archive that `pulumi plugin install resource adobe VERSION --file` takes.

Pulumi unpacks it into its plugin cache, and has the host of `runtime` install what `requirements.txt` names.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from engine.messages import Problem, print_message

if TYPE_CHECKING:
    from engine.project import Project

_MAIN = "from pulumi_adobe.plugin.native.__main__ import main\n\nmain()\n"
_PLUGIN = "runtime:\n  name: python\n  options:\n    toolchain: pip\n    virtualenv: venv\n"


def build_plugin(project: Project) -> int:
    """Write the archive into `.sdk`."""
    with tempfile.TemporaryDirectory() as folder:
        wheel = _build_wheel(project, Path(folder))
        version = wheel.name.split("-")[1]
        archive = project.root / ".sdk" / f"pulumi-resource-adobe-v{version}.tar.gz"
        archive.parent.mkdir(exist_ok=True)
        write_archive(archive, wheel)
    print_message(
        f"Written: {archive.relative_to(project.root)}\n"
        f"Install it: pulumi plugin install resource adobe {version} --file {archive}"
    )
    return 0


def write_archive(archive: Path, wheel: Path) -> None:
    """Write the archive of a plugin that this wheel contains."""
    texts = {"PulumiPlugin.yaml": _PLUGIN, "__main__.py": _MAIN, "requirements.txt": f"./{wheel.name}\n"}
    with tarfile.open(archive, "w:gz") as content:
        for name, text in texts.items():
            _add_text(content, name, text)
        content.add(wheel, wheel.name)


def _build_wheel(project: Project, folder: Path) -> Path:
    command = [str(project.python), "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    process = subprocess.run(  # noqa: S603 - our own environment
        command, cwd=project.root / "provider", capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    wheels = list(folder.glob("*.whl"))
    if process.returncode != 0 or len(wheels) != 1:
        raise Problem(f"The wheel of the provider could not be built: {(process.stderr or process.stdout).strip()}")
    return wheels[0]


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))
