"""`make plugin`: the native provider as an archive that `pulumi plugin install resource adobe VERSION --file` takes.

Pulumi unpacks it into its plugin cache, and has the host of `runtime` install what `requirements.txt` names.
"""

from __future__ import annotations

import io
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from engine.messages import print_message
from engine.wheels import build_wheel

if TYPE_CHECKING:
    from engine.project import Project

_MAIN = "from pulumi_adobe.plugin.native.__main__ import main\n\nmain()\n"
_PLUGIN = "runtime:\n  name: python\n  options:\n    toolchain: pip\n    virtualenv: venv\n"


def build_plugin(project: Project) -> int:
    """Write the archive into `.sdk`."""
    with tempfile.TemporaryDirectory() as folder:
        build_wheel(project, project.root / "provider", Path(folder))
        (wheel,) = Path(folder).glob("*.whl")
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


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    content = text.encode()
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))
