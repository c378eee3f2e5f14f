"""The package schema of the native provider, from resource schemas, settings and the docstrings of Python classes.

`python -m docs.generate` writes it; the plugin returns it, and `make sdk` generates SDKs from it.
Pulumi: https://www.pulumi.com/docs/iac/extending-pulumi/schema/.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pulumi_adobe
from docs.package_texts import (
    ARGUMENT_TEXTS,
    FUNCTION_TEXTS,
    INPUT_TEXTS,
    OUTPUT_TEXTS,
    PACKAGE_DESCRIPTION,
    PROVIDER_TEXTS,
)
from docs.resource_pages import list_arguments, list_output_texts
from pulumi_adobe.config.settings import SETTINGS_TABLE
from pulumi_adobe.plugin.dynamic.state_format import TYPE_PREFIX as DYNAMIC_TYPE_PREFIX
from pulumi_adobe.plugin.dynamic.state_format import TYPED_CLASSES
from pulumi_adobe.plugin.native.package_schema import SCHEMA_FILE
from pulumi_adobe.plugin.native.program_inputs import SOURCE, list_input_names
from pulumi_adobe.plugin.native.state_format import TYPE_PREFIX
from pulumi_adobe.resource_types.registry import RESOURCE_TYPE_NAMES, get_resource_type
from pulumi_adobe.schema.field import Field

_ANY: Final = {"$ref": "pulumi.json#/Any"}
_TEXT: Final = {"type": "string"}
_TEXT_MAP: Final = {"type": "object", "additionalProperties": _TEXT}
_ANY_MAP: Final = {"type": "object", "additionalProperties": _ANY}
_TYPES: Final[Mapping[Any, Mapping[str, Any]]] = {
    str: _TEXT,
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    dict: _ANY_MAP,
    list: {"type": "array", "items": _TEXT},
}
_SPECIAL_TYPES: Final[Mapping[str, Mapping[str, Any]]] = {
    "accessTokenExpiresAt": _TEXT,
    "connectionSpec": _TEXT_MAP,
    "flowSpec": _TEXT_MAP,
    "sparkConf": _TEXT_MAP,
    "columns": {"type": "array", "items": _ANY_MAP},
    "transformations": {"type": "array", "items": _ANY},
}
_ALWAYS_PRESENT: Final = frozenset({"sandboxName", "orgId"})
_NUMBERS: Final = frozenset({"timeout", "requestsPerSecond"})
_FUNCTIONS: Final[Mapping[str, tuple[Mapping[str, Any], tuple[str, ...], Mapping[str, Any]]]] = {
    "exploreTables": ({"connectionId": _TEXT}, ("connectionId",), {"tables": _TYPES[list]}),
    "describeTable": (
        {"connectionId": _TEXT, "table": _TEXT},
        ("connectionId", "table"),
        {"columns": _SPECIAL_TYPES["columns"]},
    ),
    "findConnection": ({"name": _TEXT, "source": _TEXT}, ("name",), {"id": _TEXT}),
    "findDataset": ({"name": _TEXT}, ("name",), {"id": _TEXT}),
    "getConnectionSpec": (
        {"source": _TEXT},
        ("source",),
        {"id": _TEXT, "version": _TEXT, "title": _TEXT, "authSpecs": _ANY_MAP},
    ),
    "getFlowRuns": (
        {"dataflowId": _TEXT, "limit": _TYPES[int]},
        ("dataflowId",),
        {"runs": {"type": "array", "items": _ANY_MAP}},
    ),
}
"""By name: the arguments, those that are required, and the members of the result."""


def build_schema() -> dict[str, Any]:
    """Return the package schema, without version and download URL, which the plugin adds."""
    resources = {f"{TYPE_PREFIX}{name}": _build_resource(name) for name in RESOURCE_TYPE_NAMES}
    return {
        "name": "adobe",
        "displayName": "Adobe Experience Platform",
        "description": PACKAGE_DESCRIPTION,
        "keywords": ["pulumi", "adobe", "experience-platform", "category/infrastructure"],
        "license": "Apache-2.0",
        "config": {"variables": dict(_build_settings(explicit=False))},
        "provider": {
            "description": "The provider for one sandbox of one organization.",
            "inputProperties": dict(_build_settings(explicit=True)),
            "requiredInputs": [setting.key for setting in SETTINGS_TABLE if setting.key in {"orgId", "sandbox"}],
        },
        "resources": resources,
        "functions": {f"{TYPE_PREFIX}{name}": _build_function(name) for name in _FUNCTIONS},
        "language": {
            "python": {
                "packageName": "pulumi_adobe.native",
                "requires": {"pulumi": ">=3.259,<4"},
                "respectSchemaVersion": True,
                "pyproject": {"enabled": True},
            },
            "nodejs": {"packageName": "pulumi-adobe", "respectSchemaVersion": True},
            "go": {"importBasePath": "pulumi-adobe/adobe", "respectSchemaVersion": True},
        },
    }


def format_schema() -> str:
    """Return the text of the file with the package schema."""
    return json.dumps(build_schema(), indent=1, ensure_ascii=False) + "\n"


def _build_resource(type_name: str) -> dict[str, Any]:
    schema = get_resource_type(type_name).schema
    resource_class = getattr(pulumi_adobe, type_name)
    fields = {field.name: field for field in schema.fields}
    texts = _list_texts(type_name, resource_class)
    inputs = {name: _build_input(name, fields.get(name), texts) for name in list_input_names(schema)}
    required = [name for name, field in fields.items() if field.required and name in inputs]
    required_inputs = [name for name in required if fields[name].default is None and name != "connectionSpec"]
    outputs = {
        **{name: input_ for name, input_ in inputs.items() if name != SOURCE},
        **{name: _build_output(name, texts, fields.get(name)) for name in _list_output_names(type_name)},
        **{name: _build_output(name, texts, secret=name in schema.secret_outputs) for name in schema.outputs},
    }
    return {
        "description": inspect.getdoc(resource_class),
        "inputProperties": inputs,
        "requiredInputs": required_inputs,
        "properties": outputs,
        "required": [*required, *(name for name in schema.outputs if name in _ALWAYS_PRESENT)],
        "aliases": [{"type": f"{DYNAMIC_TYPE_PREFIX}{name}"} for name in _list_dynamic_names(type_name)],
    }


def _list_output_names(type_name: str) -> Iterator[str]:
    """Return the fields that are outputs alone."""
    schema = get_resource_type(type_name).schema
    names = list_input_names(schema)
    hidden = {"specVersionDeclared"}
    for field in schema.fields:
        if field.name not in names and field.name not in hidden:
            yield field.name


def _list_dynamic_names(type_name: str) -> list[str]:
    return [type_name, *(sorted(TYPED_CLASSES) if type_name == "BaseConnection" else ())]


def _list_texts(type_name: str, resource_class: type[Any]) -> dict[str, str]:
    arguments = {argument.name: argument.description for argument in list_arguments(resource_class)}
    schema = get_resource_type(type_name).schema
    by_argument = {field.name: arguments[field.argument] for field in schema.fields if field.argument in arguments}
    return {**OUTPUT_TEXTS, **list_output_texts(resource_class), **by_argument, **INPUT_TEXTS.get(type_name, {})}


def _build_input(name: str, field: Field | None, texts: Mapping[str, str]) -> dict[str, Any]:
    if field is None:
        return {**_TEXT, "description": texts[name]}
    return {
        **_get_type(field),
        "description": " ".join(texts[name].replace("``", "`").split()),
        **({"secret": True} if field.secret else {}),
        **({"willReplaceOnChanges": True} if field.replace_on_changes else {}),
    }


def _build_output(
    name: str, texts: Mapping[str, str], field: Field | None = None, *, secret: bool = False
) -> dict[str, Any]:
    type_ = _get_type(field) if field is not None else _SPECIAL_TYPES.get(name, _TEXT)
    return {**type_, "description": texts[name], **({"secret": True} if secret else {})}


def _get_type(field: Field) -> Mapping[str, Any]:
    special_type = _SPECIAL_TYPES.get(field.name)
    return special_type if special_type is not None else _TYPES.get(field.type, _ANY)


def _build_settings(*, explicit: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    for setting in SETTINGS_TABLE:
        if setting.allowed_in_config or (explicit and setting.key == "allowEndpoint"):
            text = setting.description[0].upper() + setting.description[1:] + "."
            yield (
                setting.key,
                {
                    "type": "number" if setting.key in _NUMBERS else "string",
                    "description": text,
                    **({"secret": True} if setting.secret else {}),
                },
            )
    if explicit:
        for name, text in PROVIDER_TEXTS.items():
            yield name, {**_TEXT, "description": text}


def _build_function(name: str) -> dict[str, Any]:
    arguments, required, result = _FUNCTIONS[name]
    return {
        "description": FUNCTION_TEXTS[name],
        "inputs": {
            "type": "object",
            "properties": {key: {**type_, "description": ARGUMENT_TEXTS[key]} for key, type_ in arguments.items()},
            "required": list(required),
        },
        "outputs": {
            "type": "object",
            "properties": {key: {**type_, "description": ARGUMENT_TEXTS[key]} for key, type_ in result.items()},
            "required": list(result),
        },
    }


def write_schema() -> Path:
    """Write the file with the package schema, and return its path."""
    SCHEMA_FILE.write_text(format_schema(), "utf-8")
    return SCHEMA_FILE
