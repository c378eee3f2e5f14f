"""The registry pairs a resource schema with the life cycle that serves it, for every provider class."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

import pulumi_adobe
from pulumi_adobe import resource_types
from pulumi_adobe.lifecycle.lifecycle import Lifecycle
from pulumi_adobe.lifecycle.operation import LifecycleHooks
from pulumi_adobe.plugin.dynamic.provider import DynamicProvider
from pulumi_adobe.resource_types.registry import (
    ENTITY_TYPE_NAMES,
    RESOURCE_TYPE_NAMES,
    get_resource_type,
    is_base_connection,
)
from pulumi_adobe.resources.base import AdobeResource
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import World

RESOURCE_CLASSES = [
    resource
    for name in pulumi_adobe.__all__
    if isinstance(resource := getattr(pulumi_adobe, name), type) and issubclass(resource, AdobeResource)
]
PROVIDER_CLASSES = sorted({resource.provider_class for resource in RESOURCE_CLASSES}, key=lambda cls: cls.__name__)


@pytest.mark.parametrize("provider_class", PROVIDER_CLASSES)
def test_every_provider_class_names_a_resource_type(provider_class: type[DynamicProvider]) -> None:
    assert get_resource_type(provider_class.resource_type).name == provider_class.resource_type


def test_every_resource_type_has_one_provider_class() -> None:
    assert sorted(cls.resource_type for cls in PROVIDER_CLASSES) == sorted(RESOURCE_TYPE_NAMES)


@pytest.mark.parametrize("name", RESOURCE_TYPE_NAMES)
def test_every_resource_type_has_a_schema_of_its_name_and_a_life_cycle(name: str, emulator: EmulatorProcess) -> None:
    resource_type = get_resource_type(name)

    lifecycle = resource_type.create_lifecycle({}, World(emulator).start_process().context)

    assert resource_type.schema.type_name == name
    assert isinstance(lifecycle, Lifecycle) == (name in ENTITY_TYPE_NAMES)


@pytest.mark.parametrize("name", ENTITY_TYPE_NAMES)
def test_every_entity_has_loadable_hooks(name: str) -> None:
    assert isinstance(get_resource_type(name).load_hooks(), LifecycleHooks)


@pytest.mark.parametrize("name", sorted(set(RESOURCE_TYPE_NAMES) - set(ENTITY_TYPE_NAMES)))
def test_life_cycle_of_another_resource_type_is_in_the_module_beside_its_schema(
    name: str, emulator: EmulatorProcess
) -> None:
    lifecycle = get_resource_type(name).create_lifecycle({}, World(emulator).start_process().context)

    schema_module = import_module(type(lifecycle).__module__.removesuffix("_lifecycle"))
    assert schema_module.SCHEMA is get_resource_type(name).schema


@pytest.mark.parametrize("name", ENTITY_TYPE_NAMES)
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
    resource: type[AdobeResource],
) -> None:
    collection = get_resource_type(resource.provider_class.resource_type).schema.collection

    assert is_base_connection(resource.__name__) == (collection == "connections")
