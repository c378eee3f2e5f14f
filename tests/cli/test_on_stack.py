"""Rotation and comparison of a real stack: what only the real engine can prove."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.command_line import OnStack, Outcome, assert_valid
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection
from tests.stack.project import ACCESS_TOKEN

pytestmark = pytest.mark.engine

MARK = "dapi-planted"
NEW, REFUSED = f"{MARK}-new-4d5e6f", "revoked"
"""The emulator plays a source that lets `revoked` in no more."""

Rotate = Callable[..., Outcome]


@pytest.fixture
def watched(on_stack: OnStack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with the arguments and the environment of every call of Pulumi."""
    seen, real = tmp_path / "seen", shutil.which("pulumi")
    program = tmp_path / "bin" / "pulumi"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\n{{ echo "$@"; env; }} >> "{seen}"\nexec "{real}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    on_stack.project.declare(lake={}, second={"name": "second"})
    on_stack.project.up()
    return seen


@pytest.fixture
def rotate(on_stack: OnStack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rotate:
    def invoke(*flags: str, token: str = "") -> Outcome:
        given = tmp_path / "stdin"
        given.write_text(token)
        with given.open() as stdin:
            monkeypatch.setattr("sys.stdin", stdin)
            return on_stack("rotate", "lake", "--yes", *flags, *(("--token-stdin",) if token else ()))

    return invoke


def sent(emulator: EmulatorProcess) -> dict[str, str]:
    """The SHA-256 of the token of each connection, by its name."""
    return {each["name"].split()[0]: each["auth"]["params"]["accessToken"] for each in emulator.connections()}


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def patched(emulator: EmulatorProcess) -> set[str]:
    return {each["path"].rpartition("/")[2] for each in emulator.journal() if each["method"] == "PATCH"}


def test_rotation_is_resumed_changes_only_its_connection_can_be_reverted_and_shows_no_token(
    on_stack: OnStack, emulator: EmulatorProcess, watched: Path, rotate: Rotate
) -> None:
    project = on_stack.project
    project.config["flow-connections:connections"]["second"]["clusterId"] = "changed, and not deployed"
    project.write_config()
    emulator.clear_journal()
    emulator.fault("PATCH /connections/{id}", status=403, body={"errorMessage": "no access"})

    broken = rotate(token=NEW)
    resumed = rotate("--resume", "--json", "--expires-at", "2099-01-31")
    refused = rotate(token=REFUSED)
    after_refusal = sent(emulator)
    back = rotate("--back", "--json")

    assert broken.exit_code == 3
    assert "no access" in broken.stderr
    assert "The config of dev has the new token.\nExperience Platform has the old token" in broken.stderr
    assert_valid(resumed, "rotate")
    assert (resumed.json["config"], resumed.json["update"], resumed.json["test"]["result"]) == (
        "already",
        "done",
        "passed",
    )
    assert refused.exit_code == 3
    assert "connection test failed" in refused.stderr
    assert after_refusal["Databricks"] == digest(REFUSED)
    assert (back.json["config"], back.json["update"], back.json["test"]["result"]) == ("set", "done", "passed")
    assert sent(emulator) == {"Databricks": digest(NEW), "second": digest(ACCESS_TOKEN)}
    assert patched(emulator) == {resumed.json["id"]}
    declared = project.resource("lake")["outputs"]["accessTokenExpiresAt"]
    assert declared == "2099-01-31"
    said = "".join(each.stdout + each.stderr for each in (broken, resumed, refused, back))
    kept = (project.folder / "stacks" / "Pulumi.dev.yaml").read_text() + project.state_files()
    assert MARK not in said + watched.read_text(encoding="utf-8") + kept
    assert "config set --secret --path accessTokens" in watched.read_text(encoding="utf-8")


def test_stack_is_compared_with_its_own_sandbox_and_with_another(on_stack: OnStack, emulator: EmulatorProcess) -> None:
    on_stack.project.write_config(**{"adobe:ownership": "description"})
    on_stack.project.declare(lake={})
    on_stack.project.up()
    (made,) = emulator.connections()
    before: list[dict[str, Any]] = emulator.connections()
    emulator.clear_journal()

    own = on_stack("compare", "stack:dev", "dev", "--json")
    other = on_stack("compare", "stack:dev", "stage", "--json")
    unknown = on_stack("compare", "stack:no-such", "dev")
    unchanged = emulator.connections()
    methods = {each["method"] for each in emulator.journal() if "/ims/" not in each["path"]}
    emulator.foreign_edit(made["id"], [{"op": "replace", "path": "/auth/params/clusterId", "value": "theirs"}])
    drifted = on_stack("compare", "stack:dev", "dev", "--json")

    assert_valid(own, "compare")
    assert (own.exit_code, own.json["differences"], own.json["equal"]) == (0, [], 1)
    counts = {"connections": 1, "sourceConnections": 0, "targetConnections": 0, "dataflows": 0}
    assert own.json["a"] == {"side": "stack:dev", "sandbox": "dev", "stack": "dev", **counts}
    assert own.json["notCompared"][0]["secrets"] == ["accessToken"]
    assert_valid(other, "compare")
    assert [(each["kind"], each["a"]["resource"]) for each in other.json["differences"]] == [("missing-in-b", "lake")]
    assert (unknown.exit_code, unknown.stdout) == (3, "")
    assert "There is no stack no-such" in unknown.stderr
    assert (unchanged, methods) == (before, {"GET"})
    (difference,) = drifted.json["differences"]
    assert difference["fields"] == [{"field": "parameters.clusterId", "a": "xxxx", "b": "theirs"}]


def test_promotion_is_written_only_into_the_stack_file(on_stack: OnStack, emulator: EmulatorProcess) -> None:
    project = on_stack.project
    project.write_config(**{"flow-connections:connections": {"mine": {"name": "kept", "clusterId": "0123"}}})
    file = project.folder / "stacks" / "Pulumi.dev.yaml"
    file.write_text(f"# a comment that stays\n{file.read_text()}")
    params = {**build_foreign_connection()["auth"]["params"], "clusterId": "0612", "database": "007"}
    auth = {**build_foreign_connection()["auth"], "params": params}
    emulator.foreign_create(**build_foreign_connection(name="Lake", sandbox="stage", auth=auth))
    emulator.clear_journal()

    unasked = on_stack("promote", "stage", "dev", "--stack", "dev")
    planned = on_stack("promote", "stage", "dev", "--stack", "dev", "--dry-run", "--json")
    before = file.read_text()
    written = on_stack("promote", "stage", "dev", "--stack", "dev", "--yes", "--json")
    again = on_stack("promote", "stage", "stack:dev", "--dry-run", "--json")

    assert unasked.exit_code == 3
    assert "Give --yes" in unasked.stderr
    assert (planned.exit_code, planned.json["written"]) == (1, False)
    assert "007" not in before
    assert_valid(written, "promote")
    assert (written.json["stack"], written.json["written"]) == ("dev", True)
    config = yaml.safe_load(file.read_text())["config"]["flow-connections:connections"]
    assert config["mine"] == {"name": "kept", "clusterId": "0123"}
    assert config["lake"] == {"name": "Lake", **{key: value for key, value in params.items() if key != "accessToken"}}
    assert file.read_text().startswith("# a comment that stays\n")
    assert again.json["changes"] == []
    assert again.json["commands"] == ["pulumi config set --secret --path accessTokens.lake --stack dev"]
    assert {each["method"] for each in emulator.journal() if "/ims/" not in each["path"]} == {"GET"}
