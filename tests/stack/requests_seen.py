"""What an emulator's journal says that a command sent."""

from __future__ import annotations

from typing import Any

from tests.emulator_process import EmulatorProcess

COLLECTION = "/data/foundation/flowservice/connections"


def sent(emulator: EmulatorProcess) -> list[str]:
    """Method and path of each request, ids left out."""
    return [f"{each['method']} {_short(each['path'])}" for each in emulator.journal()]


def of(emulator: EmulatorProcess, method: str) -> list[dict[str, Any]]:
    """The requests of this method to connections."""
    return [each for each in emulator.journal() if each["method"] == method and each["path"].startswith(COLLECTION)]


def _short(path: str) -> str:
    if not path.startswith(COLLECTION):
        return path
    rest = path.removeprefix(COLLECTION).strip("/").split("/")
    return "/".join(["connections", *(["{id}"] if rest[0] else []), *rest[1:]])
