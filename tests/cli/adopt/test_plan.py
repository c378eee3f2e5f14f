"""Pulumi's plan: what would be created, by which provider, below what, and with which secrets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from adobe_flow.adopt.plan import read_plan
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.stack import Stack
from adobe_flow.safe_output import REDACTOR
from tests.cli.adopt.programs import LAKE, ROOT, TYPE, Program
from tests.emulator_process import EmulatorProcess
from tests.provider.plugin.test_state_values import encrypt


@pytest.fixture
def program(emulator: EmulatorProcess) -> Program:
    return Program(emulator)


def test_each_planned_resource_has_its_inputs_provider_and_references(program: Program, stack: Stack) -> None:
    group = program.add("acme:Group", "group", custom=False)
    uses: dict[str, Any] = {"propertyDependencies": {"accessToken": [group]}}
    lake = program.add(LAKE, "lake", {"name": "Lake", "accessToken": encrypt("dapi-1")}, parent=group, **uses)
    program.plans["gone"] = {"goal": None, "steps": ["delete"]}

    plan = read_plan(program.save(stack))

    planned = plan.resources[lake]
    assert (planned.name, planned.parent, planned.provider, planned.custom) == ("lake", group, program.provider, True)
    assert planned.uses == {"accessToken": [group]}
    assert plan.reveal_inputs(planned) == {"name": "Lake", "accessToken": "dapi-1"}
    assert planned.encrypted["accessToken"] == encrypt("dapi-1")
    assert plan.entries[lake] == {"type": LAKE, "name": "lake", "parent": "group", "id": "<PLACEHOLDER>"}
    assert set(plan.resources) == {ROOT, program.provider, group, lake}


def test_existing_provider_has_all_its_inputs_in_the_plan(program: Program, stack: Stack) -> None:
    program.add(LAKE, "lake")
    program.plans[program.provider]["goal"]["inputDiff"] = {"updates": {"b": 2}}

    plan = read_plan(program.save(stack))

    provider = plan.resources[program.provider]
    assert plan.reveal_inputs(provider)["adobe:clientSecret"] == "emulator-client-secret"


def test_secrets_are_decrypted_with_the_stacks_key_and_shown_by_no_message(program: Program, stack: Stack) -> None:
    (stack.folder / "Pulumi.dev.yaml").write_text("encryptionsalt: v1:salt\nconfig:\n  project:key: value\n")
    program.add(LAKE, "lake", {"accessToken": encrypt("dapi-decrypted-1")})

    read_plan(program.save(stack))

    calls = json.loads((stack.folder / "calls.json").read_text("utf-8"))
    (config,) = [call for call in calls if call[0] == "config"]
    assert config[config.index("--config-file") + 1].endswith("/Pulumi.dev.yaml")
    assert REDACTOR.contains_secret("dapi-decrypted-1")


def test_a_program_without_our_resources_needs_no_secret(program: Program, stack: Stack) -> None:
    program.add("aws:s3:Bucket", "bucket", {"key": encrypt("k")})

    plan = read_plan(program.save(stack))

    assert not any(each.entity_type for each in plan.resources.values())
    assert "config" not in {call[0] for call in json.loads((stack.folder / "calls.json").read_text("utf-8"))}


@pytest.mark.parametrize(
    ("kind", "creates", "adoptable"),
    [
        (LAKE, True, True),
        (f"{TYPE}S3SourceConnection", True, True),
        (f"{TYPE}SourceConnection", True, True),
        (f"{TYPE}TargetConnection", True, True),
        (f"{TYPE}Dataflow", True, True),
        (f"{TYPE}Dataflow", False, False),
        (f"{TYPE}LandingZoneCredentials", True, False),
        ("aws:s3:Bucket", True, False),
    ],
)
def test_adoptable_resources_are_those_that_the_update_would_create(
    program: Program, stack: Stack, kind: str, *, creates: bool, adoptable: bool
) -> None:
    urn = program.add(kind, "one", creates=creates)

    assert (read_plan(program.save(stack)).resources[urn].entity_type is not None) is adoptable


def test_failing_program_is_reported_with_the_reason(program: Program, stack: Stack) -> None:
    """As one whose secret was never given."""
    (program.save(stack).folder / "fails.txt").write_text("preview Missing required variable 'lake'")

    with pytest.raises(Problem) as problem:
        read_plan(stack)

    assert "preview of the program failed: error: Missing required variable 'lake'" in str(problem.value)
    assert "filled in" in str(problem.value)


@pytest.mark.parametrize(
    ("file", "document"),
    [
        ("plan.json", []),
        ("plan.json", {"resourcePlans": {"urn": {"goal": {"type": 1}}}}),
        ("plan.json", {"resourcePlans": {"urn": {"goal": {"type": LAKE, "parent": 1}}}}),
        ("plan.json", {"resourcePlans": {"urn": {"goal": {"type": LAKE}, "steps": ["create"]}}}),
        ("plan.json", {"resourcePlans": {"urn": []}}),
        ("import.json", []),
    ],
)
def test_plan_in_an_unknown_format_is_refused(program: Program, stack: Stack, file: str, document: Any) -> None:
    program.add(LAKE, "lake")
    Path(program.save(stack).folder / file).write_text(json.dumps(document), "utf-8")

    with pytest.raises(Problem, match="the form that Pulumi 3 writes"):
        read_plan(stack)
