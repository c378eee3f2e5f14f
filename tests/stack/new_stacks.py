"""New stacks and encrypted values, which Pulumi makes once per test process and later projects take over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class NewStack:
    """What `pulumi stack init` has written: the salt of the passphrase, and the files of the backend."""

    salt: str
    files: dict[Path, bytes]

    @classmethod
    def read(cls, stack_file: Path, backend: Path) -> NewStack:
        files = {file.relative_to(backend): file.read_bytes() for file in backend.rglob("*") if file.is_file()}
        return cls(read_settings(stack_file)["encryptionsalt"], files)

    def write(self, stack_file: Path, backend: Path) -> None:
        for name, content in self.files.items():
            (backend / name).parent.mkdir(parents=True, exist_ok=True)
            (backend / name).write_bytes(content)
        stack_file.write_text(
            yaml.safe_dump({**read_settings(stack_file), "encryptionsalt": self.salt}), encoding="utf-8"
        )


NEW_STACKS: dict[str, NewStack] = {}
"""By the name of the stack."""
_ENCRYPTED: dict[tuple[str, str], dict[str, str]] = {}
"""By the salt and the value."""
_PLAIN_PATH = re.compile(r"(\w+)\.([A-Za-z][\w-]*)")


def read_settings(stack_file: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(stack_file.read_text(encoding="utf-8")))


def set_known_secret(stack_file: Path, project: str, key: str, value: str) -> bool:
    """Set a secret whose encrypted form is known, as `pulumi config set` does; return whether it is known."""
    settings = read_settings(stack_file)
    encrypted = _ENCRYPTED.get((settings.get("encryptionsalt", ""), value))
    place = _find_place(settings.setdefault("config", {}), project, key)
    if encrypted is None or place is None:
        return False
    entries, name = place
    entries[name] = dict(encrypted)
    stack_file.write_text(yaml.safe_dump(settings), encoding="utf-8")
    return True


def note_secret(stack_file: Path, project: str, key: str, value: str) -> None:
    """Note the encrypted form of a secret that `pulumi config set` has just written."""
    settings = read_settings(stack_file)
    place = _find_place(settings["config"], project, key)
    if place is not None:
        entries, name = place
        _ENCRYPTED[settings.get("encryptionsalt", ""), value] = dict(entries[name])


def _find_place(config: dict[str, Any], project: str, key: str) -> tuple[dict[str, Any], str] | None:
    """Return the mapping and the name below which a key stands, or None for a path that only Pulumi should read."""
    if re.fullmatch(r"\w+:\w+", key):
        return config, key
    if path := _PLAIN_PATH.fullmatch(key):
        return config.setdefault(f"{project}:{path[1]}", {}), path[2]
    return None
