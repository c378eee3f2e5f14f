"""Versions of Pulumi and Go, compared as numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Version = tuple[int, int, int]

_NUMBERS = re.compile(r"(\d+)\.(\d+)(?:\.(\d+))?")
_PULUMI_MODULE = "github.com/pulumi/pulumi/pkg/v3 v"


def parse(text: str) -> Version | None:
    """The first version in a text such as `v3.259.0` or `go version go1.26.8 linux/amd64`."""
    found = _NUMBERS.search(text)
    return (int(found[1]), int(found[2]), int(found[3] or 0)) if found else None


def shown(version: Version) -> str:
    """As people write it."""
    return ".".join(map(str, version))


def of_pulumi(go_mod: Path) -> Version:
    """The version of the Pulumi CLI that a go.mod builds; it is also the oldest one the project is tested with."""
    return _of_line(go_mod, _PULUMI_MODULE)


def of_go(go_mod: Path) -> Version:
    """The oldest Go that a go.mod can be built with."""
    return _of_line(go_mod, "go ")


def _of_line(go_mod: Path, start: str) -> Version:
    for line in go_mod.read_text(encoding="utf-8").splitlines():
        version = parse(line) if line.strip().startswith(start) else None
        if version:
            return version
    raise ValueError(f"no line of {go_mod} starts with {start!r}")
