"""A fleet that nobody needs an account for: an emulator with the sandboxes, and a copy of the project beside it."""

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

from fleet_runner.problem import Problem
from fleet_runner.sandboxes import Sandbox

ORG: Final = "0123456789ABCDEF01234567@AdobeOrg"
CLIENT_ID: Final = "emulator-client-id"
_FLOW_SERVICE: Final = "/data/foundation/flowservice/"


@dataclass(frozen=True)
class Rehearsal:
    """Where the copy of the project is, where the emulator is, and the environment that leads there."""

    project: Path
    url: str
    env: dict[str, str]

    def requests(self) -> Counter[str]:
        """What the emulator was asked in this rehearsal, each kind with its number."""
        return Counter(kind(each["method"], each["path"]) for each in _journal(self.url, "GET"))

    def span(self) -> float:
        """Seconds from the first request to the last answer."""
        ends = [(each["at"], each["at"] + each["durationMs"]) for each in _journal(self.url, "GET")]
        return (max(end for _, end in ends) - min(at for at, _ in ends)) / 1000 if ends else 0.0


@contextmanager
def rehearsal(
    folder: Path, project: Path, sandboxes: Sequence[Sandbox], missing: Collection[str] = (), latency_ms: int = 0
) -> Iterator[Rehearsal]:
    """Keep everything in ``folder``, so that the next one goes on from there; Adobe lacks what is ``missing``."""
    folder.mkdir(parents=True, exist_ok=True)
    copy = _copy(project, folder / "project")
    there = [each.name for each in sandboxes if each.name not in missing]
    process = _start(folder, there, latency_ms)
    try:
        url = _address(process, folder)
        _journal(url, "DELETE")
        yield Rehearsal(copy, url, _env(folder, url))
    finally:
        process.terminate()
        process.communicate()


def _copy(project: Path, copy: Path) -> Path:
    """The stacks' files are written beside the program, and this one is the example's."""
    copy.mkdir(exist_ok=True)
    for file in (*project.glob("*.py"), project / "requirements.txt"):
        shutil.copy(file, copy)
    settings = yaml.safe_load((project / "Pulumi.yaml").read_text(encoding="utf-8"))
    settings["runtime"]["options"]["virtualenv"] = sys.prefix
    (copy / "Pulumi.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    return copy


def _start(folder: Path, sandboxes: Sequence[str], latency_ms: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "flow_service_emulator", "--port", "0", "--data", str(folder / "emulator.sqlite")]
    command += ["--org", f"{ORG}={','.join(sandboxes)}", "--latency-ms", str(latency_ms)]
    with (folder / "emulator.log").open("w", encoding="utf-8") as log:
        # In a session of its own: Ctrl-C must not end it before the stacks have ended.
        return subprocess.Popen(  # noqa: S603 - ours
            command, stdout=subprocess.PIPE, stderr=log, encoding="utf-8", errors="replace", start_new_session=True
        )


def _address(process: subprocess.Popen[str], folder: Path) -> str:
    line = process.stdout.readline() if process.stdout else ""
    _, found, rest = line.partition(" on http://")
    if not found:
        raise Problem(f"The emulator did not start: {folder / 'emulator.log'} says why.")
    return f"http://{rest.split()[0]}"


def _journal(url: str, method: str) -> Any:
    asked = urllib.request.Request(f"{url}/_emulator/journal", method=method)  # noqa: S310 - the emulator's own address
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 - the same
        return json.load(answer)


def _env(folder: Path, url: str) -> dict[str, str]:
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


def kind(method: str, path: str) -> str:
    """The request without what differs from one to the next."""
    if path.startswith("/ims/"):
        return "tokens"
    parts = path.removeprefix(_FLOW_SERVICE).strip("/").split("/")
    return f"{method} {parts[0]}{'/{id}' if len(parts) > 1 else ''}{''.join(f'/{part}' for part in parts[2:])}"
