"""What would declare a connection as it is: its class, its parameters, and the secrets that a person fills in."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adobe_flow.entities import Entity, auth_spec_of, catalogued, source_of, spec_id_of
from adobe_flow.export.classes import AUTH, DATABRICKS, NUMBERS, TYPED, Way
from adobe_flow.parameters import parameters
from adobe_flow.reading import is_readable
from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.ownership import remove_ownership_line
from pulumi_adobe.schema.values import is_masked
from pulumi_adobe.sources import Parameter

_HOST = re.compile(r"https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:\d+)?/?")


@dataclass(frozen=True)
class Declared:
    """A connection as a program declares it. ``secrets`` are the parameters that nobody can read back."""

    resource: str
    sandbox: str
    entity: Entity = field(repr=False)
    way: Way
    params: Mapping[str, Any] = field(repr=False)
    secrets: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name in Experience Platform."""
        return str(self.entity["name"])

    @property
    def description(self) -> str | None:
        """What it is for, without the line of ownership; a blank one is none."""
        text = remove_ownership_line(str(self.entity.get("description") or ""))
        return text if text.strip() else None

    @property
    def source(self) -> str:
        """The source's name in the catalogue, or the connection spec's id."""
        return source_of(self.entity)

    @property
    def auth_spec(self) -> str:
        """Adobe's name of the way to authenticate."""
        return auth_spec_of(self.entity)


def declared(entity: Entity, resource: str, sandbox: str) -> Declared | str:
    """How it is declared, or why it cannot be."""
    known = _known(entity)
    shown = {name: value for name, value in parameters(entity).items() if known is None or name in known}
    # A mask in the place of what the catalogue takes for no secret is no value either.
    secrets = tuple(name for name, value in shown.items() if known is None or known[name].secret or _masked(value))
    there = {name: value for name, value in shown.items() if value is not None and value != ""}
    params = {name: value for name, value in there.items() if name not in secrets}
    problem = _problem(entity, params)
    if not is_readable(entity):
        problem = "Flow Service shows a part of it in a form that cannot be read; look at it with adobe-flow show"
    if problem:
        return problem
    return Declared(resource, sandbox, entity, _way(entity, known, params, secrets), params, secrets)


def _known(entity: Entity) -> Mapping[str, Parameter] | None:
    """The parameters of its auth spec; None where the catalogue does not have them."""
    spec = catalogued(entity)
    found = spec.auth_specs.get(auth_spec_of(entity)) if spec else None
    return None if found is None else {each.name: each for each in found}


def _masked(value: Any) -> bool:
    return isinstance(value, str) and value != "" and is_masked(value)


def _problem(entity: Entity, params: Mapping[str, Any]) -> str | None:
    """What the provider would refuse, whichever class declares it."""
    name = entity.get("name")
    if not isinstance(name, str) or not name.strip():
        return "it has no name; give it one in Experience Platform"
    for parameter, value in params.items():
        if not isinstance(value, (str, int, float)):
            return f"its {parameter} is neither a text nor a number nor true or false"
        if isinstance(value, str) and value != value.strip():
            return f"its {parameter} begins or ends with a blank, which the provider takes for a mistake"
    return None


def _way(
    entity: Entity, known: Mapping[str, Parameter] | None, params: Mapping[str, Any], secrets: tuple[str, ...]
) -> Way:
    source, auth_spec = source_of(entity), auth_spec_of(entity)
    spec, version = catalogued(entity), get_member(entity, "connectionSpec", "version")
    complete = known is not None and all(
        not each.required or name in {*params, *secrets} for name, each in known.items()
    )
    auth = AUTH.get((source, auth_spec))
    if spec and complete and version == spec.version and _fits(source, params) and (auth or source == DATABRICKS):
        return Way(TYPED[source], auth)
    more: dict[str, Any] = {"source": source} if spec else {"connection_spec_id": source}
    if version not in {None, "1.0"}:
        more["connection_spec_version"] = str(version)
    # What stands at Adobe works, whatever the catalogue says of it.
    return Way("BaseConnection", None, more if complete else {**more, "validate": False})


def _fits(source: str, params: Mapping[str, Any]) -> bool:
    """Whether the typed class takes these values."""
    right = all(_is_number(value) if name in NUMBERS else isinstance(value, str) for name, value in params.items())
    return right and (source != DATABRICKS or _HOST.fullmatch(str(params.get("domain"))) is not None)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def twins(entities: Sequence[Entity], meant: Collection[str] = ()) -> Iterator[str]:
    """The ids of those that one program cannot declare: of one name and one connection spec.

    Where ids are ``meant``, only those count.
    """
    by_name: dict[tuple[Any, Any], list[str]] = {}
    for each in entities:
        if not meant or each.get("id") in meant:
            key = (each.get("name"), spec_id_of(each))
            by_name.setdefault(key, []).append(str(each.get("id")))
    return (id_ for ids in by_name.values() if len(ids) > 1 for id_ in ids)
