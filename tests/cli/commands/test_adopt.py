"""Connections that exist come under a stack's management, and the service does not notice."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import psutil
import pytest

from pulumi_adobe.plugin.dynamic.state_format import TYPE_PREFIX as OURS
from pulumi_adobe.plugin.messages import MAX_SIMILAR_MESSAGES
from tests.cli.command_line import AdobeFlow, OnStack, assert_valid
from tests.cli.filled import fill
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import build_foreign_connection
from tests.stack.project import ACCESS_TOKEN, CONNECTION, ORG, PROGRAMS, StackProject
from tests.waiting import wait_until

THEIRS = {"domain": CONNECTION["domain"], "clusterId": "xxxx", "database": "acme-db", "accessToken": "dapi-theirs-0001"}


def made_by_hand(emulator: EmulatorProcess, **changed: Any) -> str:
    """As declared by `StackProject.declare`, but for the token."""
    about = {"name": CONNECTION["name"], "description": CONNECTION["description"]}
    auth = {"specName": "Access Token Authentication", "params": THEIRS}
    return str(emulator.foreign_create(**build_foreign_connection(**{**about, "auth": auth, **changed}))["id"])


def test_adopt_without_a_stack_asks_for_one(adobe_flow: AdobeFlow) -> None:
    said = adobe_flow("adopt", "--yes")

    assert (said.exit_code, said.stdout) == (3, "")
    assert "--stack" in said.stderr


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_adopt_without_a_terminal_refuses_before_any_change(adobe_flow: AdobeFlow, options: tuple[str, ...]) -> None:
    said = adobe_flow("adopt", "--stack", "dev", *options)

    assert (said.exit_code, said.stdout) == (3, "")
    assert "Nothing was changed." in said.stderr
    assert "--yes" in said.stderr


def test_malformed_map_option_is_named(adobe_flow: AdobeFlow, tmp_path: Path) -> None:
    file = tmp_path / "adoption.json"
    file.write_text("[]")

    said = adobe_flow("adopt", "--stack", "dev", "--dry-run", "--map-file", str(file))

    assert said.exit_code == 3
    assert "adoption.json" in said.stderr


@pytest.mark.engine
@pytest.mark.large
def test_hundred_connections_created_by_hand_are_exported_and_adopted_unchanged(
    on_stack: OnStack, emulator: EmulatorProcess
) -> None:
    project, folder = on_stack.project, on_stack.project.folder
    fill(emulator.url)
    emulator.clear_journal()

    exported = on_stack("export", "--sandbox", "dev", "--out", str(folder), "--force", "--json")
    keys = [key for each in exported.json["resources"] for key in each["secrets"].values()]
    project.pulumi("config", "set-all", *(part for key in keys for part in ("--secret", f"{key}=filled-in-{key}")))
    said = on_stack("adopt", "--stack", "dev", "--map-file", str(folder / "adoption.json"), "--yes", "--json")
    preview = project.preview().text

    assert_valid(said, "adopt")
    assert (said.exit_code, len(said.json["resources"]), said.json["left"]) == (0, 100, [])
    assert not any(each["differs"] for each in said.json["resources"])
    # The stack's own is a resource too.
    assert re.search(r"^\s+101 unchanged$", preview, re.MULTILINE), preview[-2000:]
    with_secrets = {each["resource"] for each in exported.json["resources"] if each["secrets"]}
    assert {each["resource"] for each in said.json["resources"] if each["secretConfirmed"] is False} == with_secrets
    named = re.findall(r"([\w-]+): it was imported, and this stack has never sent its", preview)
    assert len(set(named)) == MAX_SIMILAR_MESSAGES
    assert set(named) < with_secrets
    assert "To send and test all of them: ADOBE_SEND_SECRETS=all pulumi up" in preview
    assert [each["path"] for each in emulator.journal() if each["effect"]] == []
    assert "filled-in-" not in project.state_files() + (folder / said.json["backup"]).read_text("utf-8")


@pytest.mark.engine
def test_all_kinds_in_a_component_and_with_an_explicit_provider_are_adopted(
    on_stack: OnStack, emulator: EmulatorProcess
) -> None:
    project = on_stack.project
    shutil.copy(PROGRAMS / "pipeline" / "__main__.py", project.folder)
    secrets = {"client_id": "emulator-client-id", "client_secret": "emulator-client-secret"}
    place = {"org_id": ORG, "sandbox": "stage", "endpoint": emulator.url, "ims_endpoint": emulator.url, **secrets}
    project.write_config(**{"flow-connections:place": json.dumps(place)})
    project.up()
    kinds = {each["urn"]: each["id"] for each in project.state() if each["type"].startswith(OURS)}
    forget(project)
    emulator.clear_journal()

    # The second adoption goes on where a first one has ended: it finds the FlowService in the stack.
    both = [on_stack("adopt", *names, "--stack", "dev", "--yes", "--json") for names in (("lake",), ())]
    preview = project.preview().stdout

    for said in both:
        assert_valid(said, "adopt")
        assert (said.exit_code, said.json["left"]) == (0, [])
    adopted = [each for said in both for each in said.json["resources"]]
    assert [len(said.json["resources"]) for said in both] == [1, 3]
    assert {each["urn"]: each["id"] for each in adopted} == kinds
    assert {each["sandbox"] for each in adopted} == {"stage"}
    # The stack's own, the FlowService and the Ingestion are resources too.
    assert re.search(r"^\s+7 unchanged$", preview, re.MULTILINE), preview
    assert [each["path"] for each in emulator.journal() if each["effect"]] == []
    assert "dapi-0123456789" not in project.state_files()


def forget(project: StackProject) -> None:
    """Let the stack have no resources; what they stand for stays."""
    state = json.loads(project.pulumi("stack", "export").stdout)
    state["deployment"]["resources"] = []
    file = project.folder / "nothing.json"
    file.write_text(json.dumps(state))
    project.pulumi("stack", "import", "--file", str(file))


@pytest.mark.engine
def test_adopt_does_not_guess_keeps_a_backup_and_sends_secrets_on_request(
    on_stack: OnStack, emulator: EmulatorProcess
) -> None:
    project = on_stack.project
    lake = made_by_hand(emulator)
    twins, pair = ([made_by_hand(emulator, name=name, description="theirs") for _ in "12"] for name in ("Twin", "Pair"))
    project.declare(lake={}, twin={"name": "Twin"}, pair={"name": "Pair"}, new={"name": "New"})
    emulator.clear_journal()

    lock = locked(project)
    busy = on_stack("adopt", "--stack", "dev", "--yes")
    lock.unlink()
    before = project.state()
    done = on_stack("adopt", "--stack", "dev", "--map", f"twin={twins[1]}", "--yes", "--json")

    assert (busy.exit_code, before) == (3, [])
    assert "locked" in busy.stderr
    assert "pulumi cancel" in busy.stderr
    assert_valid(done, "adopt")
    assert (done.exit_code, done.json["adopted"]) == (1, True)
    assert {each["resource"]: set(each["candidates"]) for each in done.json["left"]} == {
        "pair": set(pair),
        "new": set(),
    }
    found = {each["resource"]: (each["id"], each["differs"]) for each in done.json["resources"]}
    assert found == {"lake": (lake, []), "twin": (twins[1], ["description"])}
    assert [each["path"] for each in emulator.journal() if each["effect"]] == []
    assert {name: project.resource(name)["outputs"]["secretConfirmed"] for name in found} == dict.fromkeys(found, False)
    assert ACCESS_TOKEN not in project.state_files()

    emulator.clear_journal()
    sent = on_stack("rotate", "lake", "--stack", "dev", "--resume", "--yes", "--json")

    assert sent.json["update"] == "done"
    (patch,) = [each for each in emulator.journal() if each["effect"]]
    digest = hashlib.sha256(ACCESS_TOKEN.encode()).hexdigest()[:12]
    assert (patch["path"].rpartition("/")[2], [each["path"] for each in patch["body"]]) == (lake, ["/auth/params"])
    assert patch["body"][0]["value"] == {**THEIRS, "accessToken": f"sha256:{digest}"}
    assert project.resource("lake")["outputs"]["secretConfirmed"] is True
    assert project.resource("twin")["outputs"]["secretConfirmed"] is False

    again = on_stack("export", "--stack", "dev", "--json")
    assert {each["id"]: each["resource"] for each in again.json["managed"]} == {lake: "lake", twins[1]: "twin"}
    assert not {lake, twins[1]} & {each["id"] for each in again.json["resources"]}

    backup = Path(done.json["backup"])
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    project.pulumi(*done.json["undo"].split()[1:])
    assert project.state() == []


@pytest.fixture
def declared(on_stack: OnStack, emulator: EmulatorProcess) -> StackProject:
    """A stack that declares the one that was made by hand."""
    made_by_hand(emulator)
    on_stack.project.declare(lake={})
    emulator.clear_journal()
    return on_stack.project


@pytest.mark.engine
@pytest.mark.large
def test_killed_adopt_changes_nothing_and_adopt_with_a_failed_refresh_can_continue(
    declared: StackProject, tmp_path: Path
) -> None:
    before, scratch = exported(declared), tmp_path / "scratch"
    scratch.mkdir()

    declared.emulator.fault("GET /connections", delayMs=20_000)
    killed = adopting(declared, scratch)
    wait_until(declared.emulator.has_met_all_faults)
    children = psutil.Process(killed.pid).children(recursive=True)
    killed.kill()
    for child in children:
        child.kill()
    killed.communicate(timeout=100)
    psutil.wait_procs(children, timeout=20)
    assert exported(declared) == before
    left = "".join(file.read_text("utf-8", "replace") for file in scratch.rglob("*") if file.is_file())
    assert ACCESS_TOKEN not in left
    assert "emulator-client-secret" not in left
    assert {stat.S_IMODE(each.stat().st_mode) for each in scratch.iterdir()} == {0o700}

    declared.emulator.fault("GET /connections/{id}", status=403, body={"errorMessage": "not any more"})
    refused = adopting(declared, scratch)
    _, said = refused.communicate(timeout=100)
    assert refused.returncode == 3
    assert "not any more" in said
    assert "pulumi refresh, then pulumi up" in said
    assert list(scratch.iterdir()) == []
    again = adopting(declared, scratch, "--json")
    assert json.loads(again.communicate(timeout=100)[0])["resources"] == []
    assert again.returncode == 0
    declared.refresh()
    assert "2 unchanged" in declared.preview().stdout
    assert [each["path"] for each in declared.emulator.journal() if each["effect"]] == []
    assert ACCESS_TOKEN not in declared.state_files()


def adopting(project: StackProject, scratch: Path, *flags: str) -> subprocess.Popen[str]:
    """The command in a process of its own, whose temporary files are in ``scratch``."""
    command = [sys.executable, "-m", "adobe_flow", "adopt", "--stack", "dev", "--yes", "--cwd", str(project.folder)]
    command += flags
    env = {**project.environment(), "TMPDIR": str(scratch)}
    return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def exported(project: StackProject) -> Any:
    return json.loads(project.pulumi("stack", "export").stdout)


def locked(project: StackProject) -> Path:
    """A lock as another update would hold it (Pulumi: `pkg/backend/diy/lock.go`)."""
    folder = project.state_folder() / ".pulumi" / "locks" / "organization" / "flow-connections" / "dev"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{uuid.uuid4()}.json"
    who = {"pid": os.getpid(), "username": "jane", "hostname": "ci", "timestamp": "2026-11-25T12:00:00Z"}
    file.write_text(json.dumps(who))
    return file
