"""What is known of one base connection, whether Flow Service shows it or a stack's state declares it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from adobe_flow.entities import Entity, catalogued, source_of
from adobe_flow.managed import OURS, resource_name
from adobe_flow.reading import UNREADABLE
from pulumi_adobe.json_values import get_member, get_object
from pulumi_adobe.lifecycle.ownership import remove_ownership_line


@dataclass(frozen=True)
class Facts:
    """All that two connections can be compared by, and the names of what cannot be: ``secrets``.

    ``state`` and ``dataflows`` (their names) are None where they are not known, as for what a stack declares.
    """

    id: str
    name: str
    source: str
    description: str | None = None
    auth_spec: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    secrets: frozenset[str] = frozenset()
    state: str | None = None
    dataflows: tuple[str, ...] | None = None
    resource: str | None = None
    sandbox: str | None = None


def of_entity(entity: Entity, sandbox: str, dataflows: tuple[str, ...] | None = None) -> Facts:
    """What Flow Service shows. The line in a description that names the owning stack is no part of it."""
    auth_spec = get_member(entity, "auth", "specName")
    plain, secrets = _judged(entity, str(auth_spec), get_object(entity, "auth", "params"))
    return Facts(
        id=str(entity.get("id")),
        name=str(entity.get("name")),
        source=source_of(entity),
        description=_described(entity.get("description")),
        auth_spec=auth_spec,
        parameters=plain,
        secrets=secrets,
        state=entity.get("state"),
        dataflows=dataflows,
        sandbox=sandbox,
    )


def of_resource(resource: Mapping[str, Any]) -> Facts | None:
    """What a resource of a stack's state declares, by its inputs; None for one that is no base connection."""
    inputs = get_object(resource, "inputs")
    ours = str(resource.get("type", "")).startswith(OURS) and not resource.get("external")
    if not ours or resource.get("delete") or not {"authSpec", "connectionSpec"} <= set(inputs):
        return None
    auth_spec = _text(inputs["authSpec"])
    plain, secrets = _judged(inputs, auth_spec, get_object(inputs, "params") or _flat(inputs, auth_spec))
    sandbox = get_member(resource, "outputs", "sandboxName")
    return Facts(
        id=str(resource.get("id")),
        name=_text(inputs.get("name")),
        source=source_of(inputs),
        description=_described(inputs.get("description")),
        auth_spec=auth_spec,
        parameters=plain,
        secrets=secrets,
        resource=resource_name(str(resource.get("urn"))),
        sandbox=sandbox if isinstance(sandbox, str) else None,
    )


_PLAIN: Final = (str, int, float, bool)
"""Anything else, such as what the state holds encrypted, is taken for a secret."""

_MASK: Final = re.compile(r"[*•]{3,}")
"""How a service hides what the catalogue takes for no secret."""


def _judged(spec: Mapping[str, Any], auth_spec: str, seen: Mapping[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
    """The parameters that can be compared, and the secrets; what the catalogue does not know is one.

    An empty text and null are how a service may show what is not there.
    """
    known = _known(spec, auth_spec)
    open_ = {name for name, secret in known.items() if not secret}
    there = {name: value for name, value in seen.items() if name not in open_ or value not in ("", None)}
    plain = {name: value for name, value in there.items() if name in open_ and _is_plain(value)}
    return plain, frozenset(there) - frozenset(plain)


def _is_plain(value: Any) -> bool:
    return isinstance(value, _PLAIN) and not (isinstance(value, str) and _MASK.fullmatch(value))


def _known(spec: Mapping[str, Any], auth_spec: str) -> dict[str, bool]:
    found = catalogued(spec)
    return {each.name: each.secret for each in found.auth_specs.get(auth_spec, ())} if found else {}


def _flat(inputs: Mapping[str, Any], auth_spec: str) -> dict[str, Any]:
    """The parameters of a typed resource stand among its other inputs."""
    return {name: inputs[name] for name in _known(inputs, auth_spec) if name in inputs}


def _text(value: Any) -> str:
    """A state may hold a text encrypted, or a program declare another type."""
    return value if isinstance(value, str) else UNREADABLE


def _described(text: Any) -> str | None:
    return (remove_ownership_line(text) or None) if isinstance(text, str) else None
