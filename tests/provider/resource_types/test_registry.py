"""The registry pairs a resource schema with its life-cycle hooks, for every provider class."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import pulumi_adobe
from pulumi_adobe import resource_types
from pulumi_adobe.lifecycle.operation import LifecycleHooks
from pulumi_adobe.plugin.dynamic.provider import DynamicProvider
from pulumi_adobe.resource_types.registry import RESOURCE_TYPE_NAMES, get_resource_type, is_base_connection
from pulumi_adobe.resources.base import FlowServiceResource

RESOURCE_CLASSES = [
    resource
    for name in pulumi_adobe.__all__
    if isinstance(resource := getattr(pulumi_adobe, name), type) and issubclass(resource, FlowServiceResource)
]
PROVIDER_CLASSES = sorted({resource.provider_class for resource in RESOURCE_CLASSES}, key=lambda cls: cls.__name__)


@pytest.mark.parametrize("provider_class", PROVIDER_CLASSES)
def test_every_provider_class_names_a_resource_type(provider_class: type[DynamicProvider]) -> None:
    assert get_resource_type(provider_class.resource_type).name == provider_class.resource_type


def test_every_resource_type_has_one_provider_class() -> None:
    assert sorted(cls.resource_type for cls in PROVIDER_CLASSES) == sorted(RESOURCE_TYPE_NAMES)


@pytest.mark.parametrize("name", RESOURCE_TYPE_NAMES)
def test_every_resource_type_has_a_schema_of_its_name_and_loadable_hooks(name: str) -> None:
    resource_type = get_resource_type(name)

    assert resource_type.schema.type_name == name
    assert isinstance(resource_type.load_hooks(), LifecycleHooks)


@pytest.mark.parametrize("name", RESOURCE_TYPE_NAMES)
def test_hooks_of_a_resource_type_are_in_the_module_beside_its_schema(name: str) -> None:
    hooks_module = type(get_resource_type(name).load_hooks()).__module__

    schema_module = import_module(hooks_module.removesuffix("_hooks"))
    assert schema_module.SCHEMA is get_resource_type(name).schema


def test_every_module_with_a_schema_is_registered() -> None:
    modules = [import_module(f"{resource_types.__name__}.{file.stem}") for file in _module_files()]
    schema_names = {module.SCHEMA.type_name for module in modules if hasattr(module, "SCHEMA")}

    assert schema_names == set(RESOURCE_TYPE_NAMES)


def _module_files() -> list[Path]:
    return sorted(Path(str(resource_types.__file__)).parent.glob("[!_]*.py"))


def test_unknown_name_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="SnowflakeConnexion"):
        get_resource_type("SnowflakeConnexion")


@pytest.mark.parametrize("resource", RESOURCE_CLASSES)
def test_base_connections_are_the_resources_of_the_collection_connections(
    resource: type[FlowServiceResource],
) -> None:
    collection = get_resource_type(resource.provider_class.resource_type).schema.collection

    assert is_base_connection(resource.__name__) == (collection == "connections")
