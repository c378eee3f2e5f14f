"""What `pulumi preview` writes of a program: its plan and its import file, for the fake Pulumi."""

from __future__ import annotations

import json
from typing import Any, Final

from adobe_flow.importing.entries import PROVIDER_TYPE
from adobe_flow.pulumi_cli.stack import Stack
from pulumi_adobe.plugin.state_format import DYNAMIC, NATIVE, PROVIDER_TYPES, StateFormat, find_class_name
from pulumi_adobe.resource_names import STACK_TYPE, build_urn, parse_urn
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import ORG
from tests.provider.plugin.test_state_values import LATER, encrypt

ROOT: Final = f"urn:pulumi:dev::project::{STACK_TYPE}::project-dev"
TYPE: Final = "pulumi-python:dynamic/adobe:"
LAKE: Final = f"{TYPE}DatabricksSourceConnection"


class Program:
    """The resources of a program that a stack does not have."""

    def __init__(self, emulator: EmulatorProcess, state_format: StateFormat = DYNAMIC) -> None:
        self.plans: dict[str, Any] = {}
        self.entries: list[dict[str, Any]] = []
        self.name_table: dict[str, str] = {}
        self.add(STACK_TYPE, "project-dev", custom=False)
        config = {
            "endpoint": emulator.url,
            "imsEndpoint": emulator.url,
            "orgId": ORG,
            "sandbox": "dev",
            "clientId": "emulator-client-id",
        }
        self.settings = {**config, "clientSecret": encrypt("emulator-client-secret")}
        if state_format is NATIVE:
            self.provider = self.add(NATIVE.provider_type, "default", {**self.settings, "version": "0.1.0"})
        else:
            adobe = {f"adobe:{name}": value for name, value in self.settings.items()}
            self.provider = self.add(PROVIDER_TYPE, "default", adobe)

    def add(
        self,
        type_token: str,
        name: str,
        inputs: dict[str, Any] | None = None,
        *,
        parent: str = ROOT,
        creates: bool = True,
        **goal: Any,
    ) -> str:
        """Add a resource, and return its URN. The import file lacks the stack and the default provider."""
        urn = ROOT if type_token == STACK_TYPE else build_urn(parent, type_token, name)
        is_ours = find_class_name(type_token) is not None
        provider = f"{self.provider}::{LATER}" if is_ours else None
        goal = {
            "type": type_token,
            "custom": True,
            "inputDiff": {"adds": inputs or {}},
            "parent": "" if urn == ROOT else parent,
            **({"provider": provider} if provider else {}),
            **goal,
        }
        self.plans[urn] = {"goal": goal, "steps": ["create" if creates else "same"], "state": inputs or {}}
        if type_token != STACK_TYPE and name != "default":
            if creates:
                self.entries.append(self._build_entry(type_token, name, inputs or {}, goal))
            else:
                self.name_table[name] = urn
        return urn

    def add_entity(self, kind: str, name: str, **inputs: Any) -> str:
        """Add a resource of ours, that is called like its entity unless ``name`` is among the inputs."""
        goal = {key: inputs.pop(key) for key in ("parent", "provider", "propertyDependencies") if key in inputs}
        declared = {"name": name, "owner": f"project/dev/{name}", "__provider": "gASV", **inputs}
        return self.add(f"{TYPE}{kind}", name, declared, **goal)

    def save(self, stack: Stack) -> Stack:
        """Let the fake Pulumi of this stack preview the program."""
        (stack.folder / "plan.json").write_text(json.dumps({"resourcePlans": self.plans}))
        document = {"nameTable": self.name_table, "resources": self.entries}
        (stack.folder / "import.json").write_text(json.dumps(document))
        return stack

    def _build_entry(self, type_token: str, name: str, inputs: dict[str, Any], goal: dict[str, Any]) -> dict[str, Any]:
        entry: dict[str, Any] = {"type": type_token, "name": name}
        if goal["parent"] != ROOT:
            entry["parent"] = parse_urn(goal["parent"]).name
        if not goal["custom"]:
            return {**entry, "component": True}
        if type_token in PROVIDER_TYPES:
            return {**entry, "inputs": inputs}
        return {**entry, "id": "<PLACEHOLDER>"}
