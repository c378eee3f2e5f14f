"""What is given to the engines that run a fleet on other machines has the form that they ask for."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from fleet_runner import manifests, stack_files
from fleet_runner.options import build_parser
from fleet_runner.sandboxes import read_sandboxes

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "fleet"
LISTED = read_sandboxes(EXAMPLE / "sandboxes.yaml")
STACKS = list(yaml.safe_load_all((EXAMPLE / "kubernetes" / "stacks.yaml").read_text(encoding="utf-8")))
SCHEMA = json.loads((ROOT / "tests" / "data" / "pulumi-operator-stack.schema.json").read_text(encoding="utf-8"))
WORKFLOW = EXAMPLE / "github" / "fleet.yml"


def runs() -> list[str]:
    jobs: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    return [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]


@pytest.mark.parametrize("stack", STACKS, ids=lambda stack: str(stack["metadata"]["name"]))
def test_generated_manifest_is_a_stack_resource_of_the_pulumi_operator(stack: dict[str, Any]) -> None:
    """The schema is that of the custom resource, pulumi-kubernetes-operator, August 2026."""
    jsonschema.Draft202012Validator(SCHEMA).validate(stack["spec"])
    assert (stack["apiVersion"], stack["kind"]) == ("pulumi.com/v1", "Stack")


def test_operator_schema_refuses_unknown_fields() -> None:
    with pytest.raises(jsonschema.ValidationError, match="parallel"):
        jsonschema.Draft202012Validator(SCHEMA).validate({**STACKS[0]["spec"], "parallel": 4})


def test_generated_manifests_equal_the_sandbox_list() -> None:
    """`python -m fleet_runner manifests > kubernetes/stacks.yaml`."""
    assert manifests.build_stacks(LISTED) == (EXAMPLE / "kubernetes" / "stacks.yaml").read_text(encoding="utf-8")
    assert [stack["spec"]["config"] for stack in STACKS] == [dict(sandbox.config) for sandbox in LISTED]


def test_manifest_refers_to_secrets_and_contains_none() -> None:
    assert all(
        set(stack["spec"]["envRefs"]) == {"ADOBE_CLIENT_SECRET", "DATABRICKS_TOKEN", "PULUMI_CONFIG_PASSPHRASE"}
        and all(reference["type"] == "Secret" for reference in stack["spec"]["envRefs"].values())
        for stack in STACKS
    )


def test_objects_that_the_manifests_refer_to_are_in_the_other_file() -> None:
    other_resources = list(yaml.safe_load_all((EXAMPLE / "kubernetes" / "fleet.yaml").read_text(encoding="utf-8")))

    names = {(resource["kind"], resource["metadata"]["name"]) for resource in other_resources}
    assert {("Namespace", manifests.NAMESPACE), ("ServiceAccount", STACKS[0]["spec"]["serviceAccountName"])} <= names


def test_generated_workflow_is_valid_for_github_actions() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(WORKFLOW)]

    process = subprocess.run(command, capture_output=True, text=True, check=False)

    assert process.returncode == 0, process.stdout


def test_workflow_matrix_is_bounded_and_does_not_stop_at_a_failure() -> None:
    strategy = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["up"]["strategy"]

    assert strategy["fail-fast"] is False
    assert strategy["max-parallel"] == 8


def test_workflow_runs_the_commands_of_the_fleet_runner() -> None:
    arguments = [part for run in runs() for part in re.findall(r"-m fleet_runner ([^)\n]*)", run)]
    filled = [
        argument.replace("$REFRESH", "--refresh").replace("$SANDBOXES", "emea-dev amer-dev") for argument in arguments
    ]

    listed, up = (build_parser().parse_args(shlex.split(arguments)) for arguments in filled)

    assert (listed.command, listed.jobs) == ("list", 100)
    assert (up.command, up.at_once, up.refresh, up.only) == ("up", 2, True, ["emea-dev", "amer-dev"])


def test_workflow_commands_contain_no_expression() -> None:
    """A name in `${{ }}` would be a piece of the shell's program."""
    assert [run for run in runs() if "${{" in run] == []


def test_generated_stack_file_has_the_listed_values_and_keeps_its_secrets(tmp_path: Path) -> None:
    file = tmp_path / "Pulumi.emea-dev.yaml"
    file.write_text("encryptionsalt: v1:abc\nconfig: {fleet:gone: x, fleet:databricksToken: {secure: v1:xyz}}\n")

    stack_files.write_stack_files(tmp_path, LISTED)

    config = {**LISTED[0].config, "fleet:databricksToken": {"secure": "v1:xyz"}}
    assert yaml.safe_load(file.read_text()) == {"encryptionsalt": "v1:abc", "config": config}
    assert len(list(tmp_path.glob("Pulumi.*.yaml"))) == len(LISTED)


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_pulumi_has_the_flags_that_the_deployment_settings_use() -> None:
    """That is all that can be tried without an account."""
    script = (EXAMPLE / "deployments" / "configure").read_text(encoding="utf-8").replace("\\\n", " ")

    for command in re.findall(r"^ +pulumi (.*)$", script, re.MULTILINE):
        words = re.match(r"(?:[a-z]+ )+", command)
        assert words
        help_text = subprocess.run(
            ["pulumi", *words[0].split(), "--help"], capture_output=True, text=True, check=True
        ).stdout
        assert [flag for flag in re.findall(r"--[a-z-]+", command) if f"{flag} " not in help_text] == [], help_text
