"""A Pulumi that keeps a stack's state in state.json of its folder, and fails as the files there say.

plan.json and import.json are what a preview saves, preview-fails.txt what it says before it fails. fails.txt names a
command that fails and what it says: `import the backend went away`. A failing import keeps a half of the resources.
calls.json has the arguments of each call. A ciphertext is the value in Base64, behind `v1:`.
"""

from __future__ import annotations

import base64
import json
import shutil
import sys
from pathlib import Path
from typing import Any

STATE, CALLS = Path("state.json"), Path("calls.json")


def main() -> int:
    command, *arguments = sys.argv[1:]
    calls = json.loads(CALLS.read_text("utf-8")) if CALLS.exists() else []
    CALLS.write_text(json.dumps([*calls, [command, *arguments]]), "utf-8")
    failing, _, said = Path("fails.txt").read_text("utf-8").partition(" ") if Path("fails.txt").exists() else ("",) * 3
    if command == "version":
        sys.stdout.write(Path("version.txt").read_text("utf-8") if Path("version.txt").exists() else "v3.254.0\n")
    elif command == "stack":
        sys.stdout.write(STATE.read_text("utf-8"))
    elif command == "config":
        sys.stdout.write(json.dumps(decrypt(Path(get(arguments, "--config-file")))))
    elif command == "preview":
        for flag, file in (("--save-plan", "plan.json"), ("--import-file", "import.json")):
            shutil.copy(file, get(arguments, flag))
    elif command == "import":
        import_file(Path(get(arguments, "--file")), torn=failing == command)
    elif command == "refresh":
        sys.stdout.write("Refreshing:\nDiagnostics:\n  lake was changed\nResources:\n    1 unchanged\n")
    if command == failing:
        sys.stdout.write(f"Diagnostics:\n  error: {said}\n")
        return 255
    return 0


def get(arguments: list[str], flag: str) -> str:
    return arguments[arguments.index(flag) + 1]


def decrypt(file: Path) -> dict[str, Any]:
    config = json.loads(file.read_text("utf-8"))["config"]
    values = {key: base64.b64decode(value["secure"].removeprefix("v1:")).decode() for key, value in config.items()}
    return {key: {"value": value, "secret": True} for key, value in values.items()}


def import_file(file: Path, *, torn: bool) -> None:
    document = json.loads(file.read_text("utf-8"))
    Path("imported.json").write_text(json.dumps(document), "utf-8")
    resources = document["resources"][: len(document["resources"]) // 2 if torn else None]
    state = json.loads(STATE.read_text("utf-8"))
    gained = [{"urn": f"urn:pulumi:dev::project::{each['type']}::{each['name']}", **each} for each in resources]
    state["deployment"]["resources"] += gained
    STATE.write_text(json.dumps(state), "utf-8")


sys.exit(main())
