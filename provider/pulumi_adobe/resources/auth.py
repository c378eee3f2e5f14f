"""How a connection authenticates: an auth spec of the catalogue and its parameters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pulumi

from pulumi_adobe.resources.checked_call import CheckedCall
from pulumi_adobe.schema.naming import snake_case
from pulumi_adobe.sources import ConnectionSpec, connection_specs, find_spec_by_id
from pulumi_adobe.suggestions import suggest_name


@dataclass(frozen=True)
class Auth:
    """An auth spec and its parameters, both under Adobe's names. Each parameter may be an output."""

    spec: str
    """The name of Adobe's auth spec, such as `Access Token Authentication`."""

    params: Mapping[str, pulumi.Input[Any]] = field(default_factory=dict, repr=False)
    """The parameters of the auth spec, such as `{"clusterId": "…"}`; the secret ones are secrets in the state."""


class TypedAuth(metaclass=CheckedCall):
    """The base of the typed auth classes: dataclasses with the parameters of one auth spec, in snake_case."""

    auth_spec: ClassVar[str]

    def to_auth(self, names: Collection[str]) -> Auth:
        """Return the auth with Adobe's ``names`` of the parameters, without those that are absent."""
        adobe_names = {snake_case(name): name for name in names}
        params = {adobe_names.get(name, name): value for name, value in vars(self).items() if value is not None}
        return Auth(self.auth_spec, params)


def resolve_auth(
    source: str | None, spec_id: str | None, auth: Auth | TypedAuth | Mapping[str, Any]
) -> tuple[Auth | None, list[str]]:
    """Return the auth of a connection, and what is wrong with its source and auth."""
    problem = _find_source_problem(source, spec_id) or _find_shape_problem(auth)
    if problem:
        return None, [problem]
    spec = connection_specs()[source] if source is not None else find_spec_by_id(str(spec_id))
    if isinstance(auth, TypedAuth):
        parameters = spec.auth_specs.get(auth.auth_spec, ()) if spec else ()
        return auth.to_auth([parameter.name for parameter in parameters]), []
    if isinstance(auth, Auth):
        return auth, []
    if spec is not None and not spec.source_connection.has_base_connection:
        return None, [_describe_missing_base(spec)]
    names = list(spec.auth_specs) if spec else []
    if len(names) == 1:
        return Auth(names[0], auth), []
    choice = f" (one of {', '.join(names)})" if names else ""
    return None, [f"auth must name its auth spec: Auth(spec, {{…}}){choice}"]


def validate_auth(spec_id: str, auth: Auth) -> Iterator[str]:
    """Return the problems of the parameters' names, if the catalogue has the source."""
    spec = find_spec_by_id(spec_id)
    if spec is None:
        return
    if not spec.source_connection.has_base_connection:
        yield _describe_missing_base(spec)
        return
    if auth.spec not in spec.auth_specs:
        yield f"{spec.source} has no auth spec {auth.spec}{suggest_name(auth.spec, spec.auth_specs)}"
        return
    yield from _find_unknown_parameters(spec, auth)


def _find_source_problem(source: str | None, spec_id: str | None) -> str:
    if (source is None) == (spec_id is None):
        return "give either source or connection_spec_id"
    if source is not None and source not in connection_specs():
        return f"the catalogue has no source {source}{suggest_name(source, connection_specs())}"
    return ""


def _find_shape_problem(auth: Any) -> str:
    """Return what is wrong if the parameters as a whole are an output, or no mapping: their names must be known."""
    params = auth.params if isinstance(auth, Auth) else auth
    if isinstance(params, (TypedAuth, Mapping)):
        return ""
    return "auth must be a mapping whose names are known. Only each of its values may be an output"


def _describe_missing_base(spec: ConnectionSpec) -> str:
    return f'{spec.title} has no base connections: declare SourceConnection(source="{spec.source}")'


def _find_unknown_parameters(spec: ConnectionSpec, auth: Auth) -> Iterator[str]:
    names = [parameter.name for parameter in spec.auth_specs[auth.spec]]
    for name in auth.params:
        if name not in names:
            yield f"auth.{name} is not a parameter of {auth.spec}{suggest_name(name, names)}"
