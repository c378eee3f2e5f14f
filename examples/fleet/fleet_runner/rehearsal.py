"""A fleet without an account of Adobe: an emulator with the sandboxes, and a copy of the project."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from fleet_runner.sandboxes import Problem, Sandbox

ORG: Final = "0123456789ABCDEF01234567@AdobeOrg"
CLIENT_ID: Final = "emulator-client-id"
_FLOW_SERVICE: Final = "/data/foundation/flowservice/"


@dataclass(frozen=True)
class Rehearsal:
    """The copy of the project, the address of the emulator, and the environment for commands."""

    project: Path
    url: str
    env: dict[str, str]

    def count_requests(self) -> Counter[str]:
        """Count the requests of this rehearsal by kind."""
        return Counter(classify_request(entry["method"], entry["path"]) for entry in _request_journal(self.url, "GET"))

    def measure_span(self) -> float:
        """Return the seconds from the first request to the last answer."""
        times = [(entry["at"], entry["at"] + entry["durationMs"]) for entry in _request_journal(self.url, "GET")]
        return (max(end for _, end in times) - min(start for start, _ in times)) / 1000 if times else 0.0


@contextmanager
def start_rehearsal(
    folder: Path, project: Path, sandboxes: Sequence[Sandbox], missing: Collection[str] = (), latency_ms: int = 0
) -> Iterator[Rehearsal]:
    """Start an emulator with the sandboxes, and stop it at the end.

    Args:
        folder: Holds everything, so that the next rehearsal goes on from there.
        project: The folder of the Pulumi project.
        sandboxes: The sandboxes that the stacks work in.
        missing: The names of those that the emulator does not have.
        latency_ms: The latency of the emulator in milliseconds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    copy = _copy_project(project, folder / "project")
    existing_names = [sandbox.name for sandbox in sandboxes if sandbox.name not in missing]
    process = _start_emulator(folder, existing_names, latency_ms)
    try:
        url = _read_address(process, folder)
        _request_journal(url, "DELETE")
        yield Rehearsal(copy, url, _build_env(folder, url))
    finally:
        process.terminate()
        process.communicate()


def _copy_project(project: Path, copy: Path) -> Path:
    """Copy the project, because the files of the stacks are written beside the program."""
    copy.mkdir(exist_ok=True)
    for file in (*project.glob("*.py"), project / "requirements.txt"):
        shutil.copy(file, copy)
    settings = yaml.safe_load((project / "Pulumi.yaml").read_text(encoding="utf-8"))
    settings["runtime"]["options"]["virtualenv"] = sys.prefix
    (copy / "Pulumi.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return copy


def _start_emulator(folder: Path, names: Sequence[str], latency_ms: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "flow_service_emulator", "--port", "0", "--data", str(folder / "emulator.sqlite")]
    command += ["--org", f"{ORG}={','.join(names)}", "--latency-ms", str(latency_ms)]
    with (folder / "emulator.log").open("w", encoding="utf-8") as log:
        # In a session of its own: Ctrl-C must not end it before the stacks have ended.
        return subprocess.Popen(  # noqa: S603 - ours
            command, stdout=subprocess.PIPE, stderr=log, encoding="utf-8", errors="replace", start_new_session=True
        )


def _read_address(process: subprocess.Popen[str], folder: Path) -> str:
    line = process.stdout.readline() if process.stdout else ""
    _, separator, rest = line.partition(" on http://")
    if not separator:
        raise Problem(f"The emulator did not start. Read the reason in {folder / 'emulator.log'}.")
    return f"http://{rest.split()[0]}"


def _request_journal(url: str, method: str) -> Any:
    request = urllib.request.Request(f"{url}/_emulator/journal", method=method)  # noqa: S310 - the emulator's own address
    with urllib.request.urlopen(request) as response:  # noqa: S310 - the same
        return json.load(response)


def _build_env(folder: Path, url: str) -> dict[str, str]:
    (folder / "state").mkdir(exist_ok=True)
    return {
        "PULUMI_BACKEND_URL": f"file://{folder / 'state'}?metadata=skip",
        "PULUMI_HOME": str(folder / "home"),
        "PULUMI_CONFIG_PASSPHRASE": "rehearsal",
        "PULUMI_SKIP_UPDATE_CHECK": "true",
        # Not in the stacks' config: the port is another one each time.
        "ADOBE_ENDPOINT": url,
        "ADOBE_IMS_ENDPOINT": url,
        "ADOBE_CLIENT_SECRET": "emulator-client-secret",
        "DATABRICKS_TOKEN": "dapi-rehearsal-0001",
    }


def classify_request(method: str, path: str) -> str:
    """Return the kind of a request: its method and path, without the id."""
    if path.startswith("/ims/"):
        return "tokens"
    parts = path.removeprefix(_FLOW_SERVICE).strip("/").split("/")
    return f"{method} {parts[0]}{'/{id}' if len(parts) > 1 else ''}{''.join(f'/{part}' for part in parts[2:])}"
