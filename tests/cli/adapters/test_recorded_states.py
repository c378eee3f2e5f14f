"""Every command finds this project's resources in a state, whichever provider has written it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.command_line import Outcome
from tests.cli.malformed.conftest import MalformedWorld
from tests.stack.states.recorded import RecordedState

pytestmark = pytest.mark.slow

BASE_CONNECTIONS = {
    "2026-11": {
        "lake",
        "crm",
        "snowflake",
        "bigquery",
        "s3",
        "azure-blob",
        "postgresql",
        "mysql",
        "customers-connection",
        "elsewhere",
    },
    "2026-11-native": {"lake", "exports", "elsewhere"},
}
"""The base connections of each recorded state, by their names in the program."""


@pytest.fixture(params=BASE_CONNECTIONS)
def name(request: pytest.FixtureRequest, world: MalformedWorld) -> str:
    """The name of a recorded state, which the stack has; Flow Service has its entities."""
    recorded = RecordedState(request.param)
    world.emulator.load(json.loads(recorded.entities_file.read_text("utf-8")))
    world.write(state=json.loads(recorded.stack_file.read_text("utf-8")))
    return str(request.param)


def run(world: MalformedWorld, *arguments: str) -> Outcome:
    return world(*arguments, "--stack", "dev", "--json")


def read_state(name: str) -> list[dict[str, Any]]:
    resources = json.loads(RecordedState(name).stack_file.read_text("utf-8"))["deployment"]["resources"]
    return list(resources)


def test_list_show_and_export_name_what_the_stack_manages(world: MalformedWorld, name: str) -> None:
    listed = run(world, "list", "--all-sandboxes").json["connections"]
    shown = run(world, "show", "Lake of the shop").json
    exported = run(world, "export").json

    assert {row["managedAs"] for row in listed} == BASE_CONNECTIONS[name]
    assert shown["managedAs"] == "lake"
    assert exported["resources"] == []
    assert {"lake", "orders"} <= {row["resource"] for row in exported["managed"]}


def test_runs_names_the_dataflows_of_the_stack(world: MalformedWorld, name: str) -> None:
    rows = run(world, "runs").json["dataflows"]

    assert "orders-daily" in {row["managedAs"] for row in rows}, name


def test_expiring_finds_the_end_of_the_token(world: MalformedWorld, name: str) -> None:
    expiring = run(world, "expiring", "--tokens-only", "--days", "3650").json

    assert [(row["name"], row["endsAt"]) for row in expiring["ends"]] == [("lake", "2126-01-31")], name
    assert "elsewhere" in expiring["undeclared"]


def test_compare_finds_no_difference_between_the_stack_and_its_sandbox(world: MalformedWorld, name: str) -> None:
    said = world("compare", "stack:dev", "dev", "--json").json

    missing = [each["a"]["resource"] for each in said["differences"] if each["kind"] == "missing-in-b"]
    assert (missing, len(said["differences"])) == (["elsewhere"], 1)
    assert said["equal"] >= (5 if name == "2026-11-native" else 15)


def test_doctor_asks_for_the_sources_that_the_stack_uses(world: MalformedWorld, name: str) -> None:
    checks = {each["check"]: each["text"] for each in run(world, "doctor").json["checks"]}

    count = sum(each["type"] != "pulumi:pulumi:Stack" and "providers" not in each["type"] for each in read_state(name))
    # A component of the dynamic package is a resource of the state, but none of Experience Platform.
    assert f"{count - (name == '2026-11')} of them of Experience Platform" in checks["stack"]
    assert {"databricks", "amazon-s3"} <= set(checks["sources"].replace(",", " ").split())


def test_rotate_finds_the_connection(world: MalformedWorld, name: str) -> None:
    said = world("rotate", "lak", "--stack", "dev", "--yes", "--resume")

    assert "Did you mean lake" in said.stderr, name


def test_landing_zone_credentials_of_a_native_state_are_found(world: MalformedWorld) -> None:
    recorded = RecordedState("2026-11-native")
    world.write(state=json.loads(recorded.stack_file.read_text("utf-8")))

    said = run(world, "expiring", "--days", "1").json

    assert ("landing zone", "2027-02-27") in {(row["what"], row["endsAt"]) for row in said["ends"]}
