"""The message of a stack's update: a digest of the program and the config.

The history of each stack then says what is left to do, wherever its state is stored. No other journal is needed.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final, Protocol

from fleet_runner.sandboxes import Sandbox

_PROGRAM: Final = ("Pulumi.yaml", "requirements.txt", "*.py")


class UpdateSummary(Protocol):
    """The fields of `pulumi.automation.UpdateSummary` that `is_up_to_date` compares."""

    kind: str
    result: str
    message: str


def build_message(project: Path, sandbox: Sandbox) -> str:
    """Return an update message with a fingerprint of this stack's program and config."""
    digest = hashlib.sha256(json.dumps(dict(sandbox.config), sort_keys=True).encode())
    for file in sorted(path for pattern in _PROGRAM for path in project.glob(pattern)):
        digest.update(f"\0{file.name}\0".encode() + file.read_bytes())
    return f"fleet {digest.hexdigest()[:16]}"


def is_up_to_date(last_update: UpdateSummary | None, message: str) -> bool:
    """Return whether the last operation on the stack was a successful update with this message."""
    if last_update is None:
        return False
    return (last_update.kind, last_update.result, last_update.message) == ("update", "succeeded", message)
