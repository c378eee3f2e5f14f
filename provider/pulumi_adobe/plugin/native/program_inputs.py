"""The inputs of a native program, and the inputs of the life cycle that follow from them.

A program gives only what it decides. The owner follows from the URN, the connection spec from the type or the name of
the source, and defaults stay out of the state. So a state has nothing that the program does not say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Any, Final

from pulumi_adobe.json_values import get_member
from pulumi_adobe.resource_names import Urn, build_owner
from pulumi_adobe.resource_types.flow_spec_rules import choose_flow_spec
from pulumi_adobe.resource_types.landing_zone import DATABRICKS
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.resource_types.source_forms import find_default_format
from pulumi_adobe.resource_types.target_connection import DEFAULT_SCHEMA_VERSION
from pulumi_adobe.schema.resource_schema import SPEC_VERSION_DECLARED
from pulumi_adobe.schema.values import UNKNOWN, Properties
from pulumi_adobe.sources import ConnectionSpec, connection_specs, find_spec_by_id
from pulumi_adobe.suggestions import suggest_name

SOURCE: Final = "source"
"""The input that names the source in the catalogue, in the place of its connection spec."""

_DIAGNOSTICS: Final = "errorDiagnostics"
_FALSE_IS_ABSENT: Final = ("draft", _DIAGNOSTICS)
"""The inputs of which the life cycle knows only True or none. A program that says False turns a default off."""

_SPEC: Final = "connectionSpec"
_DEFAULT_SPEC_VERSION: Final = "1.0"
_FIXED_INPUT_MODULES: Final[Mapping[str, str]] = {
    "DatabricksSourceConnection": "databricks",
    "TargetConnection": "target_connection",
}
"""The module of each resource type that itself determines some of its inputs."""

_TYPES_WITH_SOURCE: Final = frozenset({"BaseConnection", "SourceConnection"})
_FOUND_OUT: Final = frozenset({"flowSpec", "effectiveStart", "mappingSetId", "mappingSetVersion", "transformations"})
"""The computed values that no program gives."""

NAMED_AFTER_RESOURCE: Final = frozenset({"SourceConnection", "TargetConnection", "Dataflow"})
DEFAULTED: Final = ("name", "authSpec", "format", "schemaVersion", "flowSpecName", "enabled", "kind")


@cache
def list_input_names(type_name: str) -> tuple[str, ...]:
    """Return the names of the inputs that a program may give."""
    hidden = {*get_fixed_inputs(type_name), *_FOUND_OUT, SPEC_VERSION_DECLARED}
    fields = get_resource_type(type_name).schema.fields
    own = tuple(field.name for field in fields if not field.reported and field.name not in hidden)
    return (*own, *((SOURCE,) if type_name in _TYPES_WITH_SOURCE else ()))


def find_input_problems(type_name: str, given: Mapping[str, Any]) -> Iterator[str]:
    """Return what is wrong with the given inputs, beyond what the life cycle finds in the completed ones."""
    names = list_input_names(type_name)
    for name in given:
        if name not in names:
            yield f"{name}: a {type_name} has no such input{suggest_name(name, names)}"
    source = given.get(SOURCE)
    if type_name not in _TYPES_WITH_SOURCE or source is UNKNOWN:
        return
    if (source is None) == (given.get(_SPEC) is None):
        yield f"{SOURCE}: give either {SOURCE} or {_SPEC}"
    elif source is not None and not isinstance(source, str):
        yield f"{SOURCE}: must be the name of a source"
    elif source is not None and source not in connection_specs():
        yield f"{SOURCE}: the catalogue has no source {source}{suggest_name(source, connection_specs())}"


def complete_inputs(type_name: str, given: Mapping[str, Any], urn: Urn) -> Properties:
    """Return the inputs of the life cycle for what a program gives to the resource with this URN."""
    inputs = {name: value for name, value in given.items() if name != SOURCE}
    if type_name in NAMED_AFTER_RESOURCE:
        inputs.setdefault("name", urn.name)
    if type_name in _TYPES_WITH_SOURCE:
        inputs.update(_complete_spec(type_name, given))
    inputs.update(_list_defaults(type_name, inputs))
    for name in _FALSE_IS_ABSENT:
        if inputs.get(name) is False:
            del inputs[name]
    inputs.update(get_fixed_inputs(type_name))
    inputs["owner"] = build_owner(urn.project, urn.stack, urn.name)
    return inputs


def select_given(type_name: str, inputs: Mapping[str, Any], prior: Mapping[str, Any], urn: Urn) -> Properties:
    """Return what a program would give for these inputs of the life cycle: defaults only if it has given them before.

    Args:
        type_name: The name of the resource type.
        inputs: The inputs of the life cycle, not flat.
        prior: The inputs that the state has; empty for an import.
        urn: The URN of the resource.
    """
    names = list_input_names(type_name)
    given = {name: value for name, value in inputs.items() if name in names and value is not None}
    spec = _find_source(inputs)
    if type_name in _TYPES_WITH_SOURCE and spec is not None and _SPEC not in prior:
        given = {SOURCE: spec.source, **{name: value for name, value in given.items() if name != _SPEC}}
    elif _SPEC in given and get_member(prior, _SPEC) == {"id": get_member(given, _SPEC, "id")}:
        given[_SPEC] = prior[_SPEC]
    for name in DEFAULTED:
        if name in given and name not in prior:
            others = {other: value for other, value in given.items() if other != name}
            if complete_inputs(type_name, others, urn).get(name) == given[name]:
                given = others
    completed = complete_inputs(type_name, given, urn)
    turned_off = {
        name: False
        for name in _FALSE_IS_ABSENT
        if inputs.get(name) is None and (completed.get(name) or prior.get(name) is False)
    }
    return {**given, **turned_off}


def _complete_spec(type_name: str, given: Mapping[str, Any]) -> Properties:
    source, spec = given.get(SOURCE), given.get(_SPEC)
    if source is UNKNOWN or spec is UNKNOWN:
        return {_SPEC: UNKNOWN}
    catalogued = connection_specs().get(str(source)) if source is not None else None
    if catalogued is not None:
        return {_SPEC: {"id": catalogued.id, "version": catalogued.version}}
    if not isinstance(spec, Mapping):
        return {}
    completed = {_SPEC: {"id": spec.get("id"), "version": spec.get("version") or _DEFAULT_SPEC_VERSION}}
    # A version that the program gives counts; one that the provider fills in is no change when Flow Service moves it.
    is_declared = type_name == "BaseConnection" and bool(spec.get("version"))
    return {**completed, **({SPEC_VERSION_DECLARED: True} if is_declared else {})}


def _list_defaults(type_name: str, inputs: Mapping[str, Any]) -> Properties:
    """Return the defaults of the inputs that are absent, as the Python classes of the dynamic adapter have them."""
    list_own_defaults = _DEFAULTS.get(type_name)
    defaults = list_own_defaults(inputs) if list_own_defaults is not None else {}
    return {name: value for name, value in defaults.items() if value is not None and name not in inputs}


def _list_base_connection_defaults(inputs: Mapping[str, Any]) -> Properties:
    source = _find_source(inputs)
    auth_specs = () if source is None else tuple(source.auth_specs)
    return {"authSpec": auth_specs[0] if len(auth_specs) == 1 else None}


def _list_source_connection_defaults(inputs: Mapping[str, Any]) -> Properties:
    reads_table = inputs.get("path") is None and inputs.get("params") is None
    return {"format": find_default_format(_find_source(inputs), reads_table=reads_table)}


def _list_dataflow_defaults(inputs: Mapping[str, Any]) -> Properties:
    return {
        "flowSpecName": choose_flow_spec(None, has_mapping=inputs.get("mapping") is not None),
        "enabled": True,
        # As Adobe's user interface does.
        _DIAGNOSTICS: inputs.get("partialIngestionPercent") is not None or None,
    }


_DEFAULTS: Final[Mapping[str, Callable[[Mapping[str, Any]], Properties]]] = {
    "BaseConnection": _list_base_connection_defaults,
    "SourceConnection": _list_source_connection_defaults,
    "TargetConnection": lambda _inputs: {"schemaVersion": DEFAULT_SCHEMA_VERSION},
    "Dataflow": _list_dataflow_defaults,
    "LandingZoneCredentials": lambda _inputs: {"kind": DATABRICKS},
}


def _find_source(inputs: Mapping[str, Any]) -> ConnectionSpec | None:
    return find_spec_by_id(str(get_member(inputs, _SPEC, "id") or ""))


@cache
def get_fixed_inputs(type_name: str) -> Mapping[str, Any]:
    """Return the inputs that the resource type itself determines."""
    module = _FIXED_INPUT_MODULES.get(type_name)
    if module is None:
        return {}
    fixed: Mapping[str, Any] = import_module(f"pulumi_adobe.resource_types.{module}").FIXED_INPUTS
    return fixed
