"""The catalogue compared with the connection specs that an organization has.

Adobe: flow-service.yaml, `GET /connectionSpecs`; draft.md prints a whole entry, with `attributes.isSource`,
`attributes.connectorName`, and the JSON Schema of each auth spec.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from adobe_flow.aep.reading import read_entities
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.json_values import get_member, get_objects
from pulumi_adobe.sources import ConnectionSpec, connection_specs

COLLECTION: Final = "connectionSpecs"

_AuthSpecs: TypeAlias = Mapping[str, Mapping[str, bool]]
"""By auth spec: whether each parameter is required. No parameters: the entry does not describe them."""


@dataclass(frozen=True)
class OrganizationSourceSpec:
    """A connection spec as the organization has it.

    Attributes:
        name: Adobe's name, such as `adls-gen2`.
        title: The name of the connector, such as `Azure Data Lake Storage Gen2`.
        is_source: Whether the entry says that it is a source; the others are destinations and targets.
    """

    id: str
    name: str | None
    title: str | None
    is_source: bool
    auth_specs: _AuthSpecs


def read_organization_specs(service: FlowServiceClient) -> list[OrganizationSourceSpec]:
    """Return all connection specs of the organization, from all pages."""
    return [_parse_organization_spec(entity) for entity in read_entities(service.list(COLLECTION), "connection spec")]


def compare_sources(specs: Sequence[OrganizationSourceSpec]) -> dict[str, list[dict[str, Any]]]:
    """Return what differs between the catalogue and these connection specs; empty lists if nothing does."""
    in_organization = {spec.id: spec for spec in specs}
    catalogue = {spec.id: spec for spec in connection_specs().values()}
    missing = [spec for id_, spec in catalogue.items() if id_ not in in_organization]
    new = [spec for id_, spec in in_organization.items() if id_ not in catalogue and spec.is_source]
    renamed = _match_by_name(missing, new)
    common = [(spec, in_organization[id_]) for id_, spec in catalogue.items() if id_ in in_organization]
    return {
        "new": [_build_new_row(spec) for spec in new if spec not in renamed.values()],
        "missing": [_build_missing_row(spec) for spec in missing if spec.source not in renamed],
        "differentIds": [
            {"source": source, "catalogueId": connection_specs()[source].id, "id": spec.id, "name": spec.name}
            for source, spec in renamed.items()
        ],
        "differentAuthSpecs": [row for spec, other in common for row in _compare_auth_specs(spec, other)],
    }


def _parse_organization_spec(entity: Mapping[str, Any]) -> OrganizationSourceSpec:
    title = get_member(entity, "attributes", "connectorName")
    return OrganizationSourceSpec(
        id=str(entity["id"]),
        name=entity.get("name"),
        title=title if isinstance(title, str) else None,
        is_source=get_member(entity, "attributes", "isSource") is True,
        auth_specs={
            str(auth_spec.get("name")): _parse_parameters(auth_spec.get("spec"))
            for auth_spec in get_objects(entity, "authSpec")
        },
    )


def _parse_parameters(schema: Any) -> Mapping[str, bool]:
    properties, required = get_member(schema, "properties"), get_member(schema, "required")
    if not isinstance(properties, Mapping):
        return {}
    return {name: isinstance(required, list) and name in required for name in properties}


def _match_by_name(
    missing: Sequence[ConnectionSpec], new: Sequence[OrganizationSourceSpec]
) -> dict[str, OrganizationSourceSpec]:
    """Return the new connection spec that has the name of a missing source, by source."""
    matches: dict[str, OrganizationSourceSpec] = {}
    for spec in missing:
        names = _normalize_names(spec.source, spec.title, spec.spec_name)
        match = next((other for other in new if names & _normalize_names(other.name, other.title)), None)
        if match is not None:
            matches[spec.source] = match
    return matches


def _normalize_names(*names: str | None) -> set[str]:
    """Return the names without case, blanks and signs: Adobe spells `azure-file-storage` and `Azure File Storage`."""
    return {"".join(filter(str.isalnum, name.lower())) for name in names if name} - {""}


def _build_new_row(spec: OrganizationSourceSpec) -> dict[str, Any]:
    return {"id": spec.id, "name": spec.name, "title": spec.title, "authSpecs": sorted(spec.auth_specs)}


def _build_missing_row(spec: ConnectionSpec) -> dict[str, Any]:
    return {"source": spec.source, "id": spec.id, "status": spec.status}


def _compare_auth_specs(spec: ConnectionSpec, other: OrganizationSourceSpec) -> Iterator[dict[str, Any]]:
    catalogue = {
        name: {parameter.name: parameter.required for parameter in parameters}
        for name, parameters in spec.auth_specs.items()
    }
    new, missing = sorted(other.auth_specs.keys() - catalogue), sorted(catalogue.keys() - other.auth_specs)
    parameters = [
        {"authSpec": auth_spec, **row}
        for auth_spec in catalogue
        for row in _compare_parameters(catalogue[auth_spec], other.auth_specs.get(auth_spec, {}))
    ]
    if new or missing or parameters:
        yield {"source": spec.source, "id": spec.id, "new": new, "missing": missing, "parameters": parameters}


def _compare_parameters(catalogue: Mapping[str, bool], other: Mapping[str, bool]) -> Iterator[dict[str, str]]:
    """Return the parameters that differ; none if the organization's entry does not describe any."""
    for name in dict.fromkeys((*catalogue, *other)) if other else ():
        states = {"catalogue": _describe_parameter(catalogue, name), "organization": _describe_parameter(other, name)}
        if states["catalogue"] != states["organization"]:
            yield {"name": name, **states}


def _describe_parameter(parameters: Mapping[str, bool], name: str) -> str:
    if name not in parameters:
        return "absent"
    return "required" if parameters[name] else "optional"
