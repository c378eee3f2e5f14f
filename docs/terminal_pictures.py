"""Record the pictures of the command line (`make pictures`): real commands, their output in a terminal as SVG."""

from __future__ import annotations

import fcntl
import io
import os
import pty
import shlex
import struct
import subprocess
import sys
import tempfile
import termios
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from docs.terminal_demo import FAILED_RUN, find_failed_run, start_demo_project

FOLDER: Final = Path(__file__).with_name("pictures")
_COLUMNS: Final = 124
_NARROW: Final = 80
_WIDE: Final = 120
_CHUNK_SIZE: Final = 65536


@dataclass(frozen=True)
class Picture:
    """A command, the name of the file that shows it, and the columns of the terminal."""

    name: str
    arguments: Sequence[str]
    columns: int = _COLUMNS


PICTURES: Final = (
    Picture("doctor", ("doctor",)),
    Picture("list", ("list", "--all-sandboxes")),
    Picture("compare", ("compare", "dev", "stage")),
    *(
        Picture(f"{name}-{columns}", arguments, columns)
        for name, arguments in (
            ("doctor-connection", ("doctor", "--connection", "Orders lake")),
            ("runs", ("runs", "--limit", "5")),
            ("watch", ("watch", "orders-daily")),
            ("run", ("run", "orders-once", "--watch", "--interval", "1", "--yes")),
            ("retry", ("retry", FAILED_RUN, "--yes")),
        )
        for columns in (_NARROW, _WIDE)
    ),
)

# rich's own frame asks a server for its font.
_FRAME: Final = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g>
</svg>
"""


def record_command(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, columns: int = _COLUMNS
) -> str:
    """Return what a command of `adobe-flow` writes to a terminal, with escape sequences but without its progress."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    with subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-m", "adobe_flow", *arguments],
        env={**_remove_machine_settings(environment), "TERM": "xterm-256color", "COLORTERM": "truecolor"},
        cwd=folder,
        stdout=slave,
        stderr=subprocess.DEVNULL,
        stdin=slave,
    ):
        os.close(slave)
        chunks = list(iter(lambda: _read_chunk(master), b""))
    os.close(master)
    return b"".join(chunks).decode().replace("\r\n", "\n")


def build_svg(command_line: str, output: str, columns: int = _COLUMNS) -> str:
    """Return the SVG of a command and its output; the same text gives the same picture."""
    console = Console(record=True, width=columns, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.assemble(("$ ", "bold"), command_line))
    console.print(Text.from_ansi(output.rstrip("\n")))
    return console.export_svg(title="", code_format=_FRAME, unique_id="terminal")


def _remove_machine_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without the settings that belong to this machine."""
    special = ("_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "_PROXY", "_proxy")
    return {name: value for name, value in environment.items() if not name.endswith(special)}


def _read_chunk(master: int) -> bytes:
    try:
        return os.read(master, _CHUNK_SIZE)
    except OSError:  # the other end of the pseudo-terminal is closed
        return b""


def main() -> None:
    """Write all pictures."""
    with tempfile.TemporaryDirectory(prefix="demo-") as folder, start_demo_project(Path(folder)) as project:
        for picture in PICTURES:
            arguments = [
                find_failed_run(project) if argument == FAILED_RUN else argument for argument in picture.arguments
            ]
            output = record_command(arguments, project.environment(), project.folder, picture.columns)
            file = FOLDER / f"cli-{picture.name}.svg"
            file.write_text(build_svg(f"adobe-flow {shlex.join(arguments)}", output, picture.columns), encoding="utf-8")
            sys.stdout.write(f"Written: docs/pictures/{file.name}\n")


if __name__ == "__main__":
    main()
