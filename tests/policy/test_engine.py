"""The pack in the real engine: what it refuses, mends and takes, in previews, updates and states."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from adobe_flow_policy.rules import RULES
from tests.emulator_process import EmulatorProcess
from tests.policy.programs import PACK, list_resource_names, read_accepted_example, read_refused_example, write_program
from tests.stack.either_adapter import ADAPTERS, declare_plugin
from tests.stack.project import PROGRAMS, Outcome, StackProject

pytestmark = pytest.mark.engine

LATER = PROGRAMS / "not_known_yet"
"""Its connections take every value from a cluster that is not made yet."""
TOKEN = "dapi-policy-test-0f3a9c"
# The stack `dev` is production here, so that one preview can break every rule.
PRODUCTION = {
    "all": "mandatory",
    "production-protect": {"stacks": ["dev"]},
    "production-sandbox": {"stacks": ["dev"], "sandboxes": ["dev", "prod"]},
}
VIOLATION = re.compile(r"- \[(\w+)\]  ([\w-]+)  \(\S+: ([\w-]+)\)\n +.*\n +(.*)")


def create_project(folder: Path, emulator: EmulatorProcess, program: Path) -> StackProject:
    emulator.reset()
    stack = StackProject(folder, emulator, program)
    stack.write_config(
        **{"flow-connections:endpoint": emulator.url, "flow-connections:org": stack.config["adobe:orgId"]}
    )
    stack.set_secret("databricksToken", TOKEN)
    return stack


def write_flags(folder: Path, config: dict[str, Any]) -> tuple[str, ...]:
    file = folder.with_suffix(".json")
    file.write_text(json.dumps(config))
    return "--policy-pack", str(PACK), "--policy-pack-config", str(file)


def analyze(stack: StackProject, *options: str) -> Outcome:
    return stack.pulumi("policy", "analyze", *options, succeeds=False)


def list_violations(outcome: Outcome) -> dict[str, dict[str, str]]:
    """Return the messages by rule and resource."""
    messages: dict[str, dict[str, str]] = defaultdict(dict)
    for _, rule, resource, message in VIOLATION.findall(outcome.text):
        messages[rule][resource] = message
    return messages


@pytest.mark.parametrize("adapter", ADAPTERS)
def test_each_page_s_bad_example_is_refused_in_a_preview_and_by_its_own_rule_alone(
    tmp_path: Path, emulator: EmulatorProcess, adapter: str
) -> None:
    """A pack that passed native resources silently would be worse than none: this gates a release."""
    examples = {rule.name: read_refused_example(rule.name) for rule in RULES}
    if adapter == "native":
        # The native provider itself refuses the name, before any policy is asked.
        del examples["sandbox-case"]
    program = write_program(tmp_path / "program", list(examples.values()), adapter=adapter)
    stack = create_project(tmp_path / "bad", emulator, program)
    declare_plugin(stack.folder)

    outcome = stack.preview(*write_flags(stack.folder, PRODUCTION), succeeds=False)

    messages = list_violations(outcome)
    assert set(messages) == set(examples), outcome.text
    for rule, example in examples.items():
        assert set(messages[rule]) <= list_resource_names(example), rule
        for message in messages[rule].values():
            assert re.match(r"[\w:, ]+: .*\. [A-Z]", message), message
    assert TOKEN not in outcome.text
    assert [request for request in emulator.journal() if request["effect"]] == []


def test_good_example_on_each_rule_page_passes(tmp_path: Path, emulator: EmulatorProcess) -> None:
    program = write_program(tmp_path / "program", [read_accepted_example(rule.name) for rule in RULES])
    stack = create_project(tmp_path / "good", emulator, program)

    outcome = stack.preview(*write_flags(stack.folder, PRODUCTION))

    assert list_violations(outcome) == {}
    assert "✅ adobe-flow" in outcome.text


def test_unknown_value_passes_a_preview_and_is_judged_in_the_update_before_the_create(
    tmp_path: Path, emulator: EmulatorProcess
) -> None:
    stack = create_project(tmp_path / "later", emulator, LATER)

    assert list_violations(stack.preview(*write_flags(stack.folder, {"all": "mandatory"}))) == {}
    # Whatever is refused first ends the run: of all rules it may be another one's, as of a provider's sandbox.
    outcome = stack.up(*write_flags(stack.folder, {"all": "disabled", "cluster-id": "mandatory"}), succeeds=False)

    assert list_violations(outcome)["cluster-id"].keys() & {"lake", "pond", "elsewhere"}, outcome.text
    assert "dapi-of-cluster" not in outcome.text
    assert emulator.connections() == []


@dataclass(frozen=True)
class Remediation:
    """A stack that the pack has mended, what was said, and where its connections came to be."""

    stack: StackProject
    output: str
    sandboxes: dict[str, str]


@pytest.fixture(scope="module")
def remediation(tmp_path_factory: pytest.TempPathFactory, shared_emulator: EmulatorProcess) -> Remediation:
    stack = create_project(tmp_path_factory.mktemp("policy") / "mended", shared_emulator, LATER)
    config = {"all": "disabled", "name-blanks": "remediate", "sandbox-case": "remediate"}
    output = stack.up(*write_flags(stack.folder, config)).text
    return Remediation(
        stack, output, {entity["name"]: entity["sandboxName"] for entity in shared_emulator.connections()}
    )


def test_names_and_sandboxes_are_remediated_in_the_request_and_secrets_stay_secret(remediation: Remediation) -> None:
    assert remediation.sandboxes["Lake of the shop"] == "dev"
    assert remediation.sandboxes["Lake of the other shop"] == "stage"
    assert "[remediate]  name-blanks" in remediation.output
    assert "ciphertext" in remediation.stack.resource("lake")["inputs"]["accessToken"]
    assert "dapi-of-cluster" not in remediation.output


def test_exported_state_is_judged_without_its_program(remediation: Remediation, tmp_path: Path) -> None:
    stack, file = remediation.stack, tmp_path / "state.json"
    stack.pulumi("stack", "export", "--file", str(file))
    options = write_flags(stack.folder, {"all": "mandatory"})

    for state in (analyze(stack, *options), analyze(stack, "--file", str(file), *options)):
        assert set(list_violations(state)["cluster-id"]) == {"lake", "pond", "elsewhere"}
        assert "dapi-of-cluster" not in state.text


def test_configuration_that_breaks_its_schema_is_refused_before_any_rule_runs(remediation: Remediation) -> None:
    outcome = analyze(remediation.stack, *write_flags(remediation.stack.folder, {"schedule-limits": {"minMinutes": 0}}))

    assert "schedule-limits: minMinutes: Must be greater than or equal to 1" in outcome.text
    assert list_violations(outcome) == {}
