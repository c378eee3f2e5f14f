"""The whole life cycle, with names in Japanese, in a locale whose encoding lacks the characters of the messages."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, Final

import pytest

from tests.provider.lifecycle.world import build_foreign_connection
from tests.stack.project import ACCESS_TOKEN, CONNECTION, StackProject

NAME, ADOPTED = "東京 é", "大阪 é"
NEW_TOKEN: Final = "dapi-engine-test-77aa88bb"
COMMANDS: Final[tuple[tuple[tuple[str, ...], int], ...]] = (
    (("adopt", ADOPTED, "--yes"), 1),
    (("rotate", NAME, "--token-stdin", "--yes"), 0),
    (("list",), 0),
    (("show", NAME), 0),
    (("test", NAME), 0),
    (("compare", "stack:dev", "dev"), 0),
    (("promote", "dev", "stack:dev", "--dry-run"), 0),
    (("expiring",), 1),
    (("report", "--stack", "dev"), 0),
    (("doctor",), 0),
)


def _declare(project: StackProject, *names: str, **fields: Any) -> None:
    entries = {name: {**CONNECTION, "name": name, "accessTokenExpiresAt": "2026-01-01", **fields} for name in names}
    project.write_config(**{"flow-connections:connections": entries})


def _adobe_flow(project: StackProject, *arguments: str) -> tuple[int, bytes]:
    done = subprocess.run(
        [sys.executable, "-m", "adobe_flow", *arguments],
        cwd=project.folder,
        env=project.environment(),
        input=NEW_TOKEN.encode(),
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.large
@pytest.mark.parametrize("locale_environment", ["ISO-8859-1", "C"], indirect=True)
@pytest.mark.timeout(600)  # some forty commands of Pulumi
def test_life_cycle_and_every_command_keep_every_character_in_any_locale(
    project: StackProject, locale_environment: dict[str, str]
) -> None:
    warning = f"warning: {NAME}: the access token"
    project.set_secret(f'accessTokens["{NAME}"]', ACCESS_TOKEN, "--path")
    project.env.update(locale_environment)
    _declare(project, NAME)

    outcomes = [project.preview(), project.up(), project.up()]
    project.refresh()
    project.emulator.foreign_create(**build_foreign_connection(name=ADOPTED))
    project.set_secret(f'accessTokens["{ADOPTED}"]', ACCESS_TOKEN, "--path")
    _declare(project, NAME, ADOPTED)
    ended = {arguments: _adobe_flow(project, *arguments) for arguments, _ in COMMANDS}
    _declare(project, NAME, ADOPTED, clusterId="changed")
    outcomes += [project.preview("--diff"), project.up()]
    connections = project.emulator.connections()
    project.destroy()

    assert all(warning in outcome.text for outcome in outcomes)
    assert {connection["name"] for connection in connections} == {NAME, ADOPTED}
    assert {connection["auth"]["params"]["clusterId"] for connection in connections} == {"changed"}
    assert not [output for _, output in ended.values() if b"Traceback" in output]
    assert {arguments: code for arguments, (code, _) in ended.items()} == dict(COMMANDS), ended
    assert project.emulator.connections() == []
