"""The resources that the program of a stack declares, from Pulumi's own plan and import file with encrypted secrets.

Pulumi: `pulumi preview --save-plan` (`apitype.DeploymentPlanV1`) and `--import-file` (`operations/preview.go`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from adobe_flow.documents import parse_document
from adobe_flow.importing.entries import index_entries
from adobe_flow.importing.run import explain_failed_import
from adobe_flow.private_folder import create_private_folder
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.project import find_stack_file, read_yaml
from adobe_flow.pulumi_cli.resources import find_malformed_member, get_resource_name
from adobe_flow.pulumi_cli.stack import Stack
from adobe_flow.safe_output import REDACTOR
from pulumi_adobe.json_values import get_member, get_object
from pulumi_adobe.plugin.state_format import PROVIDER_TYPES, find_entity_type
from pulumi_adobe.plugin.state_values import find_ciphertexts, find_texts, reveal
from pulumi_adobe.resource_names import STACK_TYPE
from pulumi_adobe.resource_types.registry import ResourceType
from pulumi_adobe.secret_values import validate_secret

_HINT: Final = "See: pulumi preview. Secrets that the program takes from the config have to be filled in first."
_KEYS_OF_SECRETS: Final = ("encryptionsalt", "encryptedkey", "secretsprovider")


@dataclass(frozen=True)
class PlannedResource:
    """One resource of the program. ``parent`` and ``provider`` are URNs; ``uses`` has the URNs behind each input.

    ``encrypted`` are its inputs as a state holds them.
    """

    urn: str
    type: str
    custom: bool
    creates: bool
    encrypted: Mapping[str, Any] = field(repr=False)
    uses: Mapping[str, Sequence[str]] = field(default_factory=dict)
    parent: str = ""
    provider: str = ""

    @property
    def name(self) -> str:
        """The name of the resource in the program."""
        return get_resource_name(self.urn)

    @property
    def entity_type(self) -> ResourceType | None:
        """The resource type of an entity of Flow Service that this stack does not have yet; None for all else."""
        return find_entity_type(self.type) if self.creates else None


@dataclass(frozen=True)
class Plan:
    """The resources of the program by URN, and the entries of Pulumi's import file for those that would be created.

    ``clear`` has the value of each ciphertext that an adoption needs.
    """

    resources: Mapping[str, PlannedResource]
    entries: Mapping[str, Mapping[str, Any]]
    name_table: Mapping[str, str]
    clear: Mapping[str, Any] = field(repr=False)

    def reveal_inputs(self, planned: PlannedResource) -> dict[str, Any]:
        """Return the inputs in clear, with `UNKNOWN` for each value that only an update will know."""
        return {name: reveal(value, self.clear) for name, value in planned.encrypted.items()}


def read_plan(stack: Stack) -> Plan:
    """Return the plan of the stack's program. Changes nothing, in the stack or elsewhere."""
    with create_private_folder() as folder:
        plan_file, import_file = folder / "plan.json", folder / "import.json"
        process = stack.run("preview", "--save-plan", plan_file, "--import-file", import_file)
        if process.returncode:
            raise explain_failed_import(stack, "pulumi preview of the program failed", process, _HINT)
        plans, document = get_object(_read_saved_plan(plan_file), "resourcePlans"), _read_saved_plan(import_file)
    resources = {resource.urn: resource for resource in _parse_resources(plans)}
    root = next((resource.urn for resource in resources.values() if resource.type == STACK_TYPE), None)
    adoptable = [resource for resource in resources.values() if resource.entity_type]
    providers = [resources.get(resource.provider) for resource in adoptable]
    entries = index_entries(document, root) if root else {}
    has_providers = all(provider is not None and provider.type in PROVIDER_TYPES for provider in providers)
    if not root or not has_providers or not {resource.urn for resource in adoptable} <= entries.keys():
        raise _build_format_problem()
    clear = _decrypt_secrets(stack, [resource.encrypted for resource in (*adoptable, *providers) if resource])
    return Plan(resources, entries, get_object(document, "nameTable"), clear)


def _read_saved_plan(file: Path) -> Mapping[str, Any]:
    try:
        document = parse_document(file.read_text("utf-8"))
    except (OSError, ValueError):
        document = None
    if not isinstance(document, Mapping):
        raise _build_format_problem()
    return document


def _build_format_problem() -> Problem:
    return Problem(
        "The plan that pulumi preview saved does not have the form that Pulumi 3 writes.", "See: pulumi version"
    )


def _parse_resources(plans: Mapping[str, Any]) -> Iterator[PlannedResource]:
    for urn, plan in plans.items():
        goal = plan.get("goal", {}) if isinstance(plan, dict) else {}
        if goal is None:  # It is to be deleted.
            continue
        if (
            not isinstance(goal, dict)
            or not isinstance(goal.get("type"), str)
            or find_malformed_member(goal) is not None
        ):
            raise _build_format_problem()
        # Of a provider that exists already the plan has a difference alone, but the whole as its new state.
        state = get_object(plan, "state") if goal["type"] in PROVIDER_TYPES else {}
        yield PlannedResource(
            urn=urn,
            type=goal["type"],
            custom=bool(goal.get("custom")),
            creates=isinstance(plan.get("steps"), list) and "create" in plan["steps"],
            encrypted=state or get_object(goal, "inputDiff", "adds"),
            uses=get_object(goal, "propertyDependencies"),
            parent=goal.get("parent") or "",
            provider=str(goal.get("provider") or "").rpartition("::")[0],
        )


def _decrypt_secrets(stack: Stack, properties: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the value of each ciphertext among the properties, and redact these values in all messages.

    Pulumi decrypts them as if they were secrets of a stack's config: only ciphertexts are on the disk.
    """
    ciphertexts = sorted({text for encrypted in properties for text in find_ciphertexts(encrypted) if text})
    keys = {f"adobe-flow:{number}": text for number, text in enumerate(ciphertexts)}
    if not keys:
        return {}
    stack_file = find_stack_file(stack.folder, stack.name)
    settings = read_yaml(stack_file) if stack_file.is_file() else {}
    document = {key: settings[key] for key in _KEYS_OF_SECRETS if key in settings}
    with create_private_folder() as folder:
        file = folder / stack_file.name
        file.write_text(json.dumps({**document, "config": {key: {"secure": text} for key, text in keys.items()}}))
        shown = stack.read_json_object("config", "--json", "--show-secrets", "--config-file", str(file))
    try:
        clear = {text: parse_document(get_member(shown, key, "value")) for key, text in keys.items()}
    except (TypeError, ValueError):
        raise Problem("pulumi config does not decrypt the secrets of the plan.", "See: pulumi config") from None
    for text in find_texts(list(clear.values())):
        if validate_secret(text) is None:
            REDACTOR.add_secret(text)
    return clear
