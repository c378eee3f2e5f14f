"""What a stack was last brought to: the digest of program and config that its update carries as its message.

So the stack's own history says what is left to do, wherever its state lies; there is no journal beside it to lose.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Final, Protocol

from fleet_runner.sandboxes import Sandbox

_PROGRAM: Final = ("Pulumi.yaml", "requirements.txt", "*.py")


class Update(Protocol):
    """What is looked at of `pulumi.automation.UpdateSummary`."""

    kind: str
    result: str
    message: str


def message(project: Path, sandbox: Sandbox) -> str:
    """The message of an update that brings this stack to this program and this config."""
    digest = hashlib.sha256(json.dumps(dict(sandbox.config), sort_keys=True).encode())
    for file in sorted(found for pattern in _PROGRAM for found in project.glob(pattern)):
        digest.update(f"\0{file.name}\0".encode() + file.read_bytes())
    return f"fleet {digest.hexdigest()[:16]}"


def is_up_to_date(last: Update | None, wanted: str) -> bool:
    """Whether the last thing that happened to the stack was a whole update to what is wanted."""
    return last is not None and (last.kind, last.result, last.message) == ("update", "succeeded", wanted)
