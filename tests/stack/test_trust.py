"""Nothing doubled, nothing orphaned, nothing deleted from under another: with the real engine."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.emulator_process import EmulatorProcess
from tests.stack.either_adapter import ON_BOTH_ADAPTERS, list_managed_ids
from tests.stack.project import CONNECTION, ORG, PROGRAMS, StackProject
from tests.stack.requests_seen import of
from tests.stack.running import RunningUp

CONNECTIONS = "flow-connections:connections"
SPEC = {"id": "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b", "version": "1.0"}
BY_HAND = {
    "org": ORG,
    "sandbox": "dev",
    "name": CONNECTION["name"],
    "auth": {
        "specName": "Access Token Authentication",
        "params": {
            "domain": CONNECTION["domain"],
            "clusterId": "by hand",
            "accessToken": "dapi-by-hand-01",
            "database": "acme-db",
        },
    },
    "connectionSpec": SPEC,
}


def rename(project: StackProject, old: str, new: str) -> None:
    """Give the resource another logical name, the connection staying what it is."""
    project.write_config(**{CONNECTIONS: {new: project.config[CONNECTIONS][old]}})
    project.pulumi("config", "rm", "--path", f"accessTokens.{old}")
    project.set_access_token(new, "dapi-engine-test-4f1d2c3b")


def tells(text: str, *facts: str) -> bool:
    """Return whether one line has all these facts."""
    return any(all(fact in line for fact in facts) for line in text.splitlines())


def agrees(project: StackProject) -> bool:
    """The state holds exactly what is there."""
    return list_managed_ids(project.state()) == {each["id"] for each in project.emulator.connections()}


@ON_BOTH_ADAPTERS
def test_existing_connection_is_refused_and_adopted_with_the_command_of_the_error(
    project: StackProject,
) -> None:
    there = project.emulator.foreign_create(**BY_HAND)["id"]
    project.declare(lake={})

    assert tells(project.preview().text, "warning: ", f'DatabricksSourceConnection "{CONNECTION["name"]}"', there)
    refused = project.up(succeeds=False).text
    assert f"ADOBE_ADOPT={there} pulumi up" in refused
    assert "Traceback" not in refused
    assert of(project.emulator, "POST") == []
    project.env["ADOBE_ADOPT"] = there
    project.up()

    assert project.output("lake.id") == there
    assert project.emulator.connections()[0]["auth"]["params"]["clusterId"] == CONNECTION["clusterId"]
    del project.env["ADOBE_ADOPT"]
    assert "2 unchanged" in project.up("--refresh").stdout


def test_a_resource_renamed_without_an_alias_is_moved_and_not_deleted(made: StackProject) -> None:
    before = made.output("lake.id")
    rename(made, "lake", "pond")

    refused = made.up(succeeds=False).text
    assert f"ADOBE_ADOPT={before} pulumi up" in refused
    made.env["ADOBE_ADOPT"] = before
    moved = made.up().text

    assert tells(moved, "warning: ", "not deleted", before)
    assert made.output("pond.id") == before
    assert agrees(made)
    assert made.emulator.connections()[0]["id"] == before


@pytest.mark.parametrize("ownership", ["none", "description"])
def test_a_rename_that_is_killed_between_its_create_and_its_delete_deletes_nothing(
    made: StackProject, ownership: str
) -> None:
    before = made.output("lake.id")
    rename(made, "lake", "pond")
    made.declare(pond={}, sea={"name": "sea"})
    made.write_config(**{"adobe:ownership": ownership})
    made.env["ADOBE_ADOPT"] = before
    # The engine deletes after all that it makes, so while it waits for the sea it is between the two.
    made.emulator.fault("POST /connections", delayMs=20_000, status=503)

    running = RunningUp(made)
    running.wait_until(lambda: "pond" in made.names_in_state_now())
    running.kill()
    assert {"lake", "pond"} <= made.names_in_state_now()
    del made.env["ADOBE_ADOPT"]
    made.pulumi("cancel", "--yes")
    said = made.up().text

    assert tells(said, "warning: ", "not deleted", before)
    assert made.output("pond.id") == before
    assert agrees(made)
    assert of(made.emulator, "DELETE") == []


def test_up_replace_and_destroy_refresh_delete_what_they_must(made: StackProject) -> None:
    before = made.output("lake.id")

    made.up("--refresh", "--replace", made.resource("lake")["urn"])
    assert made.output("lake.id") != before
    assert agrees(made)
    made.destroy("--refresh")

    assert made.emulator.connections() == []


def test_up_refresh_deletes_a_resource_removed_from_the_program(made: StackProject) -> None:
    made.declare(lake={}, pond={"name": "pond"})
    made.up()
    made.write_config(**{CONNECTIONS: {"pond": made.config[CONNECTIONS]["pond"]}})
    made.pulumi("config", "rm", "--path", "accessTokens.lake")

    made.up("--refresh")

    assert [each["name"] for each in made.emulator.connections()] == ["pond"]
    assert agrees(made)


def test_preview_refuses_two_resources_of_one_name(project: StackProject) -> None:
    project.declare(lake={}, pond={})

    assert tells(project.preview(succeeds=False).text, "error: ", '"pond"', '"lake"', f'"{CONNECTION["name"]}"')
    project.up(succeeds=False)

    assert len(project.emulator.connections()) <= 1
    assert agrees(project)


def test_two_resources_whose_equal_names_are_known_only_in_the_update_are_refused(
    tmp_path: Path, emulator: EmulatorProcess
) -> None:
    project = StackProject(tmp_path / "project", emulator, PROGRAMS / "late_names")

    refused = project.up("--continue-on-error", succeeds=False).text

    assert tells(refused, "error: ", '"cluster-1"', "flow-connections/dev/")
    assert len(emulator.connections()) == 1
    assert agrees(project)


def test_with_ownership_a_lost_state_converges_by_itself(made: StackProject) -> None:
    made.write_config(**{"adobe:ownership": "description"})
    made.declare(lake={"description": "marked now"})
    made.up()
    kept = made.emulator.connections()[0]
    assert kept["description"] == "marked now\nManaged by Pulumi: flow-connections/dev/lake"

    made.pulumi("state", "delete", made.resource("lake")["urn"], "--yes")
    made.up()

    assert made.output("lake.id") == kept["id"]
    assert len(made.emulator.connections()) == 1
    assert "2 unchanged" in made.up("--refresh").stdout


@ON_BOTH_ADAPTERS
def test_partial_failure_is_in_the_state_and_the_next_up_completes_it(project: StackProject) -> None:
    project.declare(lake={})
    project.write_config(**{"adobe:timeout": "4"})
    project.emulator.switch(list_order="refused")
    project.emulator.fault("GET /connections/{id}", status=500, times=50)

    failed = project.up(succeeds=False).text
    assert tells(failed, project.emulator.connections()[0]["id"], "created", " 500")
    assert "Traceback" not in failed
    assert agrees(project)
    project.emulator.clear_faults()
    project.up()

    assert len(of(project.emulator, "POST")) == 1
    assert project.output("lake.etag") == project.emulator.connections()[0]["etag"]
    assert "dapi-engine-test" not in project.state_files()
    assert "2 unchanged" in project.up().stdout


@ON_BOTH_ADAPTERS
def test_rotation_whose_connection_test_fails_keeps_the_new_etag_and_is_tested_again(made: StackProject) -> None:
    made.set_access_token("lake", "expired")

    failed = made.up(succeeds=False).text
    assert tells(failed, CONNECTION["name"], "connection test")
    assert made.resource("lake")["outputs"]["etag"] == made.emulator.connections()[0]["etag"]
    made.set_access_token("lake", "dapi-works-again-1")
    made.up()

    assert "2 unchanged" in made.up().stdout
    assert [each["status"] for each in of(made.emulator, "PATCH")] == [200, 200]


def test_protect_and_retain_on_delete_are_pulumis_own(made: StackProject) -> None:
    made.pulumi("state", "protect", made.resource("lake")["urn"], "--yes")
    assert "protect" in made.destroy(succeeds=False).text
    assert len(made.emulator.connections()) == 1


@pytest.mark.parametrize("verbose", [False, True], ids=["text", "events"])
def test_no_secret_is_printed_by_any_command(made: StackProject, tmp_path: Path, verbose: bool) -> None:  # noqa: FBT001 - a case of the table
    planted = "dapi-planted+/=secret 77"
    log = tmp_path / "events.json"
    flags = ("--event-log", str(log)) if verbose else ()
    made.env["PULUMI_DEBUG_COMMANDS"] = "true"
    made.set_access_token("lake", planted)
    echo = f"cannot log in with {planted}"
    made.emulator.fault("PATCH /connections/{id}", status=400, body={"errorMessage": echo})

    said = [made.preview("--diff").text, made.up(*flags, succeeds=False).text, made.up(*flags).text]
    said += [made.refresh("--diff").text, made.destroy().text, log.read_text() if verbose else ""]

    for text in said:
        for form in (
            planted,
            json.dumps(planted)[1:-1],
            "dapi-planted%2B%2F%3Dsecret",
            "ZGFwaS1wbGFudGVkKy89c2VjcmV0IDc3",
        ):
            assert form not in text
        assert "emulator-client-secret" not in text
    assert "[secret]" in said[1]


def test_no_secret_is_in_a_command_line_or_a_temporary_file(made: StackProject, tmp_path: Path) -> None:
    planted = "dapi-planted-in-a-process"
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    made.env |= {"TMPDIR": str(temporary), "ADOBE_CLIENT_SECRET": "emulator-client-secret"}
    made.set_access_token("lake", planted)
    made.emulator.fault("PATCH /connections/{id}", delayMs=3_000)

    seen: set[str] = set()

    def look() -> bool:
        seen.update(running.command_lines())
        seen.update(file.read_text(errors="replace") for file in temporary.rglob("*") if file.is_file())
        return of(made.emulator, "PATCH") != []

    running = RunningUp(made)
    running.wait_until(look)
    running.end()

    assert any("pulumi.dynamic" in each for each in seen)
    for text in seen:
        assert planted not in text
        assert "emulator-client-secret" not in text
