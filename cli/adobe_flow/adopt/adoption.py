"""Finds out what an adoption would come to: each planned resource is matched, read and compared as by the provider."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Final

from adobe_flow.adopt.matching import NotAdopted, build_map, match_entity, require_planned
from adobe_flow.adopt.places import Places
from adobe_flow.adopt.plan import Plan, PlannedResource, read_plan
from adobe_flow.importing.entries import build_state_entry, write_import_file
from adobe_flow.managed import map_managed_resources
from adobe_flow.shown import REDACTOR
from adobe_flow.stack import Stack
from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.imported_state import note_unconfirmed_secrets
from pulumi_adobe.plugin.state_format import find_state_format
from pulumi_adobe.plugin.state_values import is_known, keep_encrypted
from pulumi_adobe.resource_types.registry import ResourceType
from pulumi_adobe.schema.resource_schema import SECRET_CONFIRMED, SERVER_PARAMETERS

_COLLECTIONS: Final = ("connections", "sourceConnections", "targetConnections", "flows")
"""In the order in which they are matched: what a resource uses is matched before it."""

_REFERENCES: Final = {
    "baseConnectionId": "connections",
    "sourceConnectionIds": "sourceConnections",
    "targetConnectionIds": "targetConnections",
}
"""The inputs with ids of other entities, and the collection of these."""


@dataclass(frozen=True)
class AdoptedResource:
    """A planned resource, the outputs that its state will have, and its entry of the import file.

    ``differs`` are the declared properties that the next update would change; ``later`` those that only an update will
    know, because they are outputs of what does not exist yet.
    """

    planned: PlannedResource
    collection: str
    id: str
    outputs: Mapping[str, Any] = field(repr=False)
    entry: Mapping[str, Any] = field(repr=False)
    differs: tuple[str, ...]
    later: tuple[str, ...]
    has_secrets: bool

    @property
    def changes(self) -> bool:
        """Whether the next update would change it."""
        return bool(self.differs or self.later)


@dataclass(frozen=True)
class Adoption:
    """What would be adopted, and what stays a create."""

    plan: Plan
    adopted: Sequence[AdoptedResource]
    left: Sequence[NotAdopted]

    def write_import_file(self) -> str:
        """Return the file that imports what is adopted, with the components and providers that it needs."""
        by_name = {str(entry["name"]): entry for entry in self.plan.entries.values()}
        entries = {str(each.entry["name"]): each.entry for each in self.adopted}
        needed = list(entries.values())
        for entry in needed:
            names = {str(entry.get("parent")), str(entry.get("provider"))} & by_name.keys() - entries.keys()
            entries |= {name: by_name[name] for name in names}
            needed += [by_name[name] for name in names]
        # Pulumi's own file has a parent before its children.
        return write_import_file([entries[name] for name in by_name if name in entries], self.plan.name_table)


@dataclass(frozen=True)
class Selection:
    """What a person says: ``given`` mappings, ``recorded`` ones, and the resources that are meant, if not all."""

    given: Sequence[str] = ()
    recorded: Mapping[str, str] = field(default_factory=dict)
    only: Sequence[str] = ()


def prepare_adoption(stack: Stack, asked: Selection, say: Callable[[str], None]) -> Adoption:
    """Work out the adoption. Nothing of the stack or the service is changed."""
    say("Reading what the program declares (pulumi preview)")
    plan = read_plan(stack)
    adoptable = [each for each in plan.resources.values() if each.entity_type]
    for name in asked.only:
        require_planned(name, adoptable)
    wanted = [each for each in adoptable if not asked.only or {each.name, each.urn} & set(asked.only)]
    mapped = build_map(asked.given, asked.recorded, wanted)
    say(f"Looking in Flow Service for what it declares: {len(wanted)}")
    search = _Search(
        plan, Places(stack.environment), mapped, map_managed_resources(stack.list_resources()) if wanted else {}
    )
    for _, group in groupby(sorted(wanted, key=_rank), key=_rank):
        search.adopt(list(group))
    return Adoption(plan, sorted(search.adopted.values(), key=lambda each: each.planned.name), search.left)


def _rank(planned: PlannedResource) -> tuple[int, int]:
    """Return what sorts resources so that what one uses, and its parent, comes before it."""
    collection = planned.entity_type.schema.collection if planned.entity_type else ""
    return _COLLECTIONS.index(collection), planned.urn.count("$")


@dataclass
class _Search:
    """What was found so far. ``mapped`` has ids by resource, ``managed`` the resources of the stack by id."""

    plan: Plan
    places: Places
    mapped: Mapping[str, str]
    managed: Mapping[str, str]
    adopted: dict[str, AdoptedResource] = field(default_factory=dict)
    left: list[NotAdopted] = field(default_factory=list)

    def adopt(self, wanted: Sequence[PlannedResource]) -> None:
        """Match, read and compare resources of one rank."""
        outcomes = [self._judge(each, each.entity_type) for each in wanted if each.entity_type]
        counts = Counter(each.id for each in outcomes if isinstance(each, AdoptedResource))
        for each in outcomes:
            if isinstance(each, NotAdopted):
                self.left.append(each)
            elif counts[each.id] > 1:
                self.left.append(NotAdopted(each.planned, f"{counts[each.id]} resources declare {each.id}", (each.id,)))
            else:
                self.adopted[each.planned.urn] = each

    def _judge(self, planned: PlannedResource, resource_type: ResourceType) -> AdoptedResource | NotAdopted:
        provider = self.plan.resources[planned.provider]
        settings = self.plan.reveal_inputs(provider)
        undecided = ", ".join(name for name, value in settings.items() if not is_known(value))
        if undecided:
            return NotAdopted(planned, f"its FlowService has inputs that an update only will know: {undecided}")
        for above in (*self._list_ancestors(planned), *self._list_ancestors(provider)):
            if above.custom and above.creates and above.urn not in self.adopted:
                return NotAdopted(planned, f"it stands below {above.name}, which has to be created first")
        declared = find_state_format(planned.type).read_properties(planned.type, self.plan.reveal_inputs(planned))
        inputs = {name: self._resolve(planned, name, value) for name, value in declared.items()}
        unresolved = next((name for name in _REFERENCES if not is_known(inputs.get(name))), None)
        if unresolved:
            return NotAdopted(planned, f"its {unresolved} is of what this stack does not have, and does not adopt")
        context, wanted = self.places.open(settings), self.mapped.get(planned.name) or self.mapped.get(planned.urn)
        entity = match_entity(planned, resource_type.schema.for_properties(inputs), inputs, context, wanted)
        if isinstance(entity, NotAdopted):
            return entity
        id_ = str(entity["id"])
        if id_ in self.managed:
            reason = f"this stack manages it already as {self.managed[id_]}; a renamed resource needs an alias"
            return NotAdopted(planned, reason, (id_,))
        return self._compare(planned, id_, inputs, resource_type, context)

    def _list_ancestors(self, resource: PlannedResource) -> Iterator[PlannedResource]:
        parent = self.plan.resources.get(resource.parent)
        while parent is not None:
            yield parent
            parent = self.plan.resources.get(parent.parent)

    def _resolve(self, planned: PlannedResource, name: str, value: Any) -> Any:
        """Return the value of an input; for the id of an adopted entity, which the plan does not know, that id."""
        if name not in _REFERENCES or is_known(value):
            return value
        used = [self.adopted[urn] for urn in planned.uses.get(name) or () if urn in self.adopted]
        ids = [each.id for each in used if each.collection == _REFERENCES[name]]
        return value if len(ids) != 1 else ids if isinstance(value, list) else ids[0]

    def _compare(
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
            return NotAdopted(planned, f"{id_} was gone, or had no version yet, when it was read", (id_,))
        outputs = {**state.outputs, **note_unconfirmed_secrets(resource_type.schema)}
        resource_diff = lifecycle.diff(id_, outputs, inputs)
        if resource_diff.replaces:
            return NotAdopted(
                planned, f"its {', '.join(resource_diff.replaces)} differs, so it would be replaced", (id_,)
            )
        later = tuple(name for name, value in inputs.items() if not is_known(value))
        places = [operation["path"] for operation in resource_diff.patch_operations]
        differs = tuple(name for name in resource_diff.changed_fields or places if name not in later)
        has_secrets = any(True for _ in resource_type.schema.for_properties(inputs).secret_values(inputs))
        entry = self._build_entry(planned, id_, state.inputs, outputs)
        collection = resource_type.schema.collection
        return AdoptedResource(
            planned, collection, id_, outputs, entry, differs if resource_diff else (), later, has_secrets
        )

    def _build_entry(
        self, planned: PlannedResource, id_: str, inputs: Mapping[str, Any], outputs: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        """Return the entry of the import file. A parameter that nobody declared may be a secret: it is left out."""
        state_format, revealed = find_state_format(planned.type), self.plan.reveal_inputs(planned)
        shown = {name: value for name, value in outputs.items() if name != SERVER_PARAMETERS}
        kept = (
            keep_encrypted(
                state_format.write_properties(planned.type, properties),
                revealed,
                planned.encrypted,
                REDACTOR.contains_secret,
            )
            for properties in (inputs, shown)
        )
        return build_state_entry(self.plan.entries[planned.urn], id_, *kept)


def to_result(adoption: Adoption) -> dict[str, Any]:
    """Return the plan as JSON, secrets by their names alone."""
    return {
        "resources": [
            {
                **_identify(each.planned),
                "id": each.id,
                "name": each.outputs.get("name"),
                "sandbox": each.outputs.get("sandboxName"),
                "differs": list(each.differs),
                "later": list(each.later),
                SECRET_CONFIRMED: False if each.has_secrets else None,
            }
            for each in adoption.adopted
        ],
        "left": [
            {**_identify(each.planned), "reason": each.reason, "candidates": list(each.ids)} for each in adoption.left
        ],
    }


def _identify(planned: PlannedResource) -> dict[str, str]:
    return {"resource": planned.name, "urn": planned.urn}
