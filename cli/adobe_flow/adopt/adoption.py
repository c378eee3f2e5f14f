"""The preparation of an adoption: each planned resource is matched, read and compared, as by the provider."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from adobe_flow.adopt.matching import NotAdopted, match_entity, merge_ids_by_resource, require_planned_resource
from adobe_flow.adopt.places import ProviderContexts
from adobe_flow.adopt.plan import Plan, PlannedResource, read_plan
from adobe_flow.importing.entries import build_state_entry, write_import_file
from adobe_flow.pulumi_cli.resources import map_managed_resources
from adobe_flow.pulumi_cli.stack import Stack
from adobe_flow.safe_output import REDACTOR
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.imported_state import note_unconfirmed_secrets
from pulumi_adobe.plugin.state_format import find_state_format, read_inputs, read_settings
from pulumi_adobe.plugin.state_values import is_known, keep_encrypted
from pulumi_adobe.resource_types.registry import ResourceType
from pulumi_adobe.schema.resource_schema import SECRET_CONFIRMED, SERVER_PARAMETERS

_COLLECTIONS: Final = ("connections", "sourceConnections", "targetConnections", "flows")
"""The order of matching: a resource is matched after those that it uses."""

_REFERENCES: Final = {
    "baseConnectionId": "connections",
    "sourceConnectionIds": "sourceConnections",
    "targetConnectionIds": "targetConnections",
}
"""The inputs with ids of other entities, and the collection of these."""


@dataclass(frozen=True)
class AdoptedResource:
    """A planned resource, the outputs that its state will have, and its entry of the import file.

    Attributes:
        planned: The resource of the plan.
        collection: The collection of the entity in Flow Service.
        id: The id of the entity.
        outputs: The outputs that the state will have.
        entry: The entry of the import file.
        changed_fields: The declared properties that the next update would change.
        unknown_fields: The properties that only an update will know, as outputs of resources that do not exist yet.
        has_secrets: Whether the program declares secrets of the entity.
    """

    planned: PlannedResource
    collection: str
    id: str
    outputs: Mapping[str, Any] = field(repr=False)
    entry: Mapping[str, Any] = field(repr=False)
    changed_fields: tuple[str, ...]
    unknown_fields: tuple[str, ...]
    has_secrets: bool

    @property
    def has_changes(self) -> bool:
        """True if the next update would change the resource."""
        return bool(self.changed_fields or self.unknown_fields)


@dataclass(frozen=True)
class Adoption:
    """The planned adoption: the resources to adopt, and those that the update would create instead."""

    plan: Plan
    adopted: Sequence[AdoptedResource]
    not_adopted: Sequence[NotAdopted]

    def write_import_file(self) -> str:
        """Return the file that imports the adopted resources, with their components and providers."""
        by_name = {str(entry["name"]): entry for entry in self.plan.entries.values()}
        entries = {str(resource.entry["name"]): resource.entry for resource in self.adopted}
        needed = list(entries.values())
        for entry in needed:
            names = {str(entry.get("parent")), str(entry.get("provider"))} & by_name.keys() - entries.keys()
            entries |= {name: by_name[name] for name in names}
            needed += [by_name[name] for name in names]
        # Pulumi's own file has a parent before its children.
        return write_import_file([entries[name] for name in by_name if name in entries], self.plan.name_table)


@dataclass(frozen=True)
class AdoptionSelection:
    """The resources to adopt and the ids that they get, as the command line gives them.

    Attributes:
        mappings: Texts such as ``resource=id``.
        recorded: The ids by resource that an export has written.
        only: The names or URNs of the resources to adopt; all if empty.
    """

    mappings: Sequence[str] = ()
    recorded: Mapping[str, str] = field(default_factory=dict)
    only: Sequence[str] = ()


def prepare_adoption(stack: Stack, selection: AdoptionSelection, write_line: Callable[[str], None]) -> Adoption:
    """Return the plan of an adoption. Change neither the stack nor Experience Platform."""
    write_line("Reading what the program declares (pulumi preview)")
    plan = read_plan(stack)
    adoptable = [resource for resource in plan.resources.values() if resource.entity_type]
    for name in selection.only:
        require_planned_resource(name, adoptable)
    selected = [
        resource for resource in adoptable if not selection.only or {resource.name, resource.urn} & set(selection.only)
    ]
    mapped = merge_ids_by_resource(selection.mappings, selection.recorded, selected)
    write_line(f"Looking in Flow Service for what it declares: {len(selected)}")
    search = _EntitySearch(
        plan,
        ProviderContexts(stack.environment),
        mapped,
        map_managed_resources(stack.list_resources()) if selected else {},
    )
    for _, group in groupby(sorted(selected, key=_get_dependency_order), key=_get_dependency_order):
        search.adopt(list(group))
    return Adoption(
        plan, sorted(search.adopted.values(), key=lambda resource: resource.planned.name), search.not_adopted
    )


def _get_dependency_order(planned: PlannedResource) -> tuple[int, int]:
    """Return the key that sorts a resource after its parent and after the resources that it uses."""
    collection = planned.entity_type.schema.collection if planned.entity_type else ""
    return _COLLECTIONS.index(collection), planned.urn.count("$")


@dataclass
class _EntitySearch:
    """The search for the existing entity of each planned resource, and its results.

    ``mapped`` has ids by resource, ``managed`` the resources of the stack by id.
    """

    plan: Plan
    places: ProviderContexts
    mapped: Mapping[str, str]
    managed: Mapping[str, str]
    adopted: dict[str, AdoptedResource] = field(default_factory=dict)
    not_adopted: list[NotAdopted] = field(default_factory=list)

    def adopt(self, resources: Sequence[PlannedResource]) -> None:
        """Find, read and compare the entities of resources that do not depend on each other."""
        outcomes = [self._adopt_or_skip(planned, planned.entity_type) for planned in resources if planned.entity_type]
        counts = Counter(outcome.id for outcome in outcomes if isinstance(outcome, AdoptedResource))
        for outcome in outcomes:
            if isinstance(outcome, NotAdopted):
                self.not_adopted.append(outcome)
            elif counts[outcome.id] > 1:
                self.not_adopted.append(
                    NotAdopted(outcome.planned, f"{counts[outcome.id]} resources declare {outcome.id}", (outcome.id,))
                )
            else:
                self.adopted[outcome.planned.urn] = outcome

    def _adopt_or_skip(self, planned: PlannedResource, resource_type: ResourceType) -> AdoptedResource | NotAdopted:
        provider = self.plan.resources[planned.provider]
        settings = read_settings(provider.type, self.plan.reveal_inputs(provider))
        undecided = ", ".join(name for name, value in settings.items() if not is_known(value))
        if undecided:
            return NotAdopted(planned, f"its FlowService has inputs that are known only after an update: {undecided}")
        for above in (*self._list_ancestors(planned), *self._list_ancestors(provider)):
            if above.custom and above.creates and above.urn not in self.adopted:
                return NotAdopted(planned, f"it is below {above.name}, which has to be created first")
        declared = resource_type.schema.flatten(read_inputs(planned.urn, self.plan.reveal_inputs(planned)))
        inputs = {name: self._resolve_reference(planned, name, value) for name, value in declared.items()}
        unresolved = next((name for name in _REFERENCES if not is_known(inputs.get(name))), None)
        if unresolved:
            return NotAdopted(planned, f"its {unresolved} belongs to a resource that this stack neither has nor adopts")
        context = self.places.open(settings, find_state_format(planned.type))
        mapped_id = self.mapped.get(planned.name) or self.mapped.get(planned.urn)
        entity = match_entity(planned, resource_type.schema.for_properties(inputs), inputs, context, mapped_id)
        if isinstance(entity, NotAdopted):
            return entity
        id_ = str(entity["id"])
        if id_ in self.managed:
            reason = f"this stack manages it already as {self.managed[id_]}; a renamed resource needs an alias"
            return NotAdopted(planned, reason, (id_,))
        return self._compare_with_entity(planned, id_, inputs, resource_type, context)

    def _list_ancestors(self, resource: PlannedResource) -> Iterator[PlannedResource]:
        parent = self.plan.resources.get(resource.parent)
        while parent is not None:
            yield parent
            parent = self.plan.resources.get(parent.parent)

    def _resolve_reference(self, planned: PlannedResource, name: str, value: Any) -> Any:
        """Return the value of an input; for the id of an adopted entity, which the plan does not know, that id."""
        if name not in _REFERENCES or is_known(value):
            return value
        used = [self.adopted[urn] for urn in planned.uses.get(name) or () if urn in self.adopted]
        ids = [resource.id for resource in used if resource.collection == _REFERENCES[name]]
        return value if len(ids) != 1 else ids if isinstance(value, list) else ids[0]

    def _compare_with_entity(
        self,
        planned: PlannedResource,
        id_: str,
        inputs: Mapping[str, Any],
        resource_type: ResourceType,
        context: ProviderContext,
    ) -> AdoptedResource | NotAdopted:
        """Read the entity, and compare it with what is declared, as a refresh and the next update would."""
        lifecycle = resource_type.create_lifecycle(inputs, context)
        state = lifecycle.read(id_, {name: value for name, value in inputs.items() if is_known(value)})
        if state is None or "etag" not in state.outputs:
            return NotAdopted(planned, f"{id_} did not exist, or had no version yet, when it was read", (id_,))
        outputs = {**state.outputs, **note_unconfirmed_secrets(resource_type.schema)}
        resource_diff = lifecycle.diff(id_, outputs, inputs)
        if resource_diff.replaces:
            return NotAdopted(
                planned, f"its {', '.join(resource_diff.replaces)} differs, so it would be replaced", (id_,)
            )
        unknown_fields = tuple(name for name, value in inputs.items() if not is_known(value))
        places = [operation["path"] for operation in resource_diff.patch_operations]
        changed_fields = tuple(name for name in resource_diff.changed_fields or places if name not in unknown_fields)
        has_secrets = any(True for _ in resource_type.schema.for_properties(inputs).secret_values(inputs))
        entry = self._build_import_entry(planned, id_, state.inputs, outputs)
        collection = resource_type.schema.collection
        return AdoptedResource(
            planned,
            collection,
            id_,
            outputs,
            entry,
            changed_fields if resource_diff else (),
            unknown_fields,
            has_secrets,
        )

    def _build_import_entry(
        self, planned: PlannedResource, id_: str, inputs: Mapping[str, Any], outputs: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Return the entry of the import file. A parameter that nobody declared may be a secret: it is left out."""
        state_format, revealed = find_state_format(planned.type), self.plan.reveal_inputs(planned)
        declared_outputs = {name: value for name, value in outputs.items() if name != SERVER_PARAMETERS}
        inputs_and_outputs = (
            keep_encrypted(properties, revealed, planned.encrypted, REDACTOR.contains_secret)
            for properties in (
                state_format.write_inputs(planned.type, inputs, revealed),
                state_format.write_outputs(planned.type, declared_outputs),
            )
        )
        return build_state_entry(self.plan.entries[planned.urn], id_, *inputs_and_outputs)


def build_adoption_result(adoption: Adoption) -> dict[str, Any]:
    """Return the adoption plan as JSON; of each secret it has only the name."""
    return {
        "resources": [
            {
                **_build_resource_identity(resource.planned),
                "id": resource.id,
                "name": resource.outputs.get("name"),
                "sandbox": resource.outputs.get("sandboxName"),
                "differs": list(resource.changed_fields),
                "later": list(resource.unknown_fields),
                SECRET_CONFIRMED: False if resource.has_secrets else None,
            }
            for resource in adoption.adopted
        ],
        "left": [
            {**_build_resource_identity(resource.planned), "reason": resource.reason, "candidates": list(resource.ids)}
            for resource in adoption.not_adopted
        ],
    }


def _build_resource_identity(planned: PlannedResource) -> dict[str, str]:
    return {"resource": planned.name, "urn": planned.urn}
