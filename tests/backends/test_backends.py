"""The life of a connection, and the import of what was made by hand, with the state on a team's backend."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from tests.backends.servers import Backend, azure, has_npm, s3
from tests.emulator_process import EmulatorProcess
from tests.hand_made.bodies import MARKER
from tests.hand_made.fill import Amounts, fill
from tests.stack.project import ACCESS_TOKEN, StackProject

pytestmark = pytest.mark.engine

IMPORT = ("import", "--file", "import.json", "--yes", "--skip-preview", "--generate-code=false", "--protect=false")

WITHOUT_NPM = pytest.mark.skipif(
    not has_npm() and not os.environ.get("CI"), reason="azurite needs npm, which is not here"
)


@pytest.fixture(params=["s3", pytest.param("azure", marks=[WITHOUT_NPM, pytest.mark.large])])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    with {"s3": s3, "azure": azure}[request.param](tmp_path) as running:
        yield running


@pytest.fixture
def project(tmp_path: Path, emulator: EmulatorProcess, backend: Backend) -> StackProject:
    env = {**backend.env, "PULUMI_BACKEND_URL": backend.url}
    project = StackProject(tmp_path / "project", emulator, env=env)
    project.declare(lake={})
    return project


def test_connection_can_be_created_updated_and_deleted_without_a_lost_update(project: StackProject) -> None:
    emulator = project.emulator
    project.up()
    assert "2 unchanged" in project.up().stdout
    emulator.foreign_edit(project.output("lake.id"), [{"op": "replace", "path": "/name", "value": "theirs"}])
    project.refresh()
    project.up()
    assert project.output("lake.etag") == emulator.connections()[0]["etag"]
    exported = project.pulumi("stack", "export").stdout
    assert ACCESS_TOKEN not in exported
    assert "emulator-client-secret" not in exported

    project.declare(lake={"clusterId": "two at once"})
    emulator.clear_journal()
    both = [_begin(project) for _ in range(2)]
    ends = [process.communicate(timeout=120)[0] for process in both]
    refused = [text for process, text in zip(both, ends, strict=True) if process.returncode]
    assert all("lock" in text for text in refused)
    # Each writes its lock, then looks for others: where both do so at once, Pulumi refuses both.
    assert (len(refused) == 2) is not any(each["effect"] for each in emulator.journal())
    project.up()

    assert [each["method"] for each in emulator.journal() if each["effect"]] == ["PATCH"]
    assert "2 unchanged" in project.up("--refresh").stdout
    (kept,) = emulator.connections()
    assert kept["auth"]["params"]["clusterId"] == "two at once"
    assert project.output("lake.id") == kept["id"]
    project.destroy()
    assert emulator.connections() == []


@pytest.mark.large
def test_connections_created_by_hand_are_exported_and_imported_into_a_shared_state(project: StackProject) -> None:
    emulator = project.emulator
    filled = fill(emulator.url, {"dev": Amounts(connections=3, sources=3, targets=1, flows=3)})["dev"]
    emulator.clear_journal()

    exported = json.loads(_adobe_flow(project, "export", "--stack", "dev", "--out", str(project.folder), "--force"))
    keys = [key for each in exported["resources"] for key in each["secrets"].values()]
    project.pulumi("config", "set-all", *(part for key in keys for part in ("--secret", f"{key}={MARKER}-{key}")))
    project.pulumi(*IMPORT)
    refreshed, preview = project.refresh(), project.preview()

    assert ["11 unchanged" in each.stdout for each in (refreshed, preview)] == [True, True]
    # What was forgotten is adopted by the thin command on top.
    forgotten = filled.ids["flows"][0]
    urn = next(each["urn"] for each in project.state() if each.get("id") == forgotten)
    project.pulumi("state", "delete", urn, "--yes")
    adopted = _adobe_flow(project, "adopt", "--stack", "dev", "--map-file", "adoption.json", "--yes")
    assert [each["id"] for each in json.loads(adopted)["resources"]] == [forgotten]
    state = project.state()
    assert {each["id"] for each in state if "dynamic/adobe" in each["type"]} == {*chain(*filled.ids.values())}
    assert not any(each["effect"] for each in emulator.journal())
    assert MARKER not in json.dumps(state)


def _adobe_flow(project: StackProject, *arguments: str) -> str:
    command = [sys.executable, "-m", "adobe_flow", *arguments, "--json"]
    environment = project.environment()
    return subprocess.run(
        command, cwd=project.folder, env=environment, text=True, capture_output=True, check=True
    ).stdout


def _begin(project: StackProject) -> subprocess.Popen[str]:
    command = ["pulumi", "up", "--yes", "--skip-preview", "--non-interactive", "--color", "never"]
    return subprocess.Popen(
        command,
        cwd=project.folder,
        env=project.environment(),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
