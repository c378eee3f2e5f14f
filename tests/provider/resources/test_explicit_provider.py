"""`providers` of a resource, or of a component above it: the right key and the obvious one work, others are refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import pulumi
import pytest

from pulumi_adobe import DatabricksSourceConnection, FlowService
from tests.provider.resources.mock_engine import DATABRICKS_ARGUMENTS, MockEngine, get_value, ignore_warnings_of_sdk

pytestmark = [ignore_warnings_of_sdk, pytest.mark.usefixtures("mock_engine")]

Providers: TypeAlias = Mapping[str, pulumi.ProviderResource] | list[pulumi.ProviderResource]


class Component(pulumi.ComponentResource):
    """A component of a program, which hands its providers on to its parts."""

    def __init__(self, name: str, opts: pulumi.ResourceOptions) -> None:
        super().__init__("tests:index:Component", name, {}, opts)


def build_provider(name: str) -> FlowService:
    return FlowService(name, org_id="ORG", sandbox=name)


def declare(opts: pulumi.ResourceOptions) -> None:
    get_value(DatabricksSourceConnection("lake", opts, **DATABRICKS_ARGUMENTS).id)


def declare_in_component(providers: Providers) -> None:
    """Declare a connection two components below the providers."""
    outer = Component("outer", pulumi.ResourceOptions(providers=providers))
    declare(pulumi.ResourceOptions(parent=Component("inner", pulumi.ResourceOptions(parent=outer))))


def used_provider(engine: MockEngine) -> str:
    """Return the name of the provider of the connection."""
    reference = next(args.provider for args in engine.registered_resources if args.name == "lake")
    return str(reference).rpartition("::")[0].rpartition("::")[2]


@pytest.mark.parametrize("key", ["adobe", "pulumi-python", None])
@pytest.mark.parametrize("of_component", [True, False], ids=["component", "resource"])
def test_explicit_provider_is_accepted_under_its_package_name_and_under_the_obvious_key(
    mock_engine: MockEngine, key: str | None, *, of_component: bool
) -> None:
    provider = build_provider("eu")
    providers: Providers = {key: provider} if key else [provider]
    if of_component:
        declare_in_component(providers)
    else:
        declare(pulumi.ResourceOptions(providers=providers))

    assert used_provider(mock_engine) == "eu"


def test_provider_of_the_resource_takes_precedence_over_that_of_a_component(mock_engine: MockEngine) -> None:
    parent = Component("outer", pulumi.ResourceOptions(providers={"adobe": build_provider("eu")}))
    declare(pulumi.ResourceOptions(parent=parent, provider=build_provider("us")))

    assert used_provider(mock_engine) == "us"


def test_providers_of_the_resource_take_precedence_over_those_of_a_component(mock_engine: MockEngine) -> None:
    parent = Component("outer", pulumi.ResourceOptions(providers=[build_provider("eu")]))
    declare(pulumi.ResourceOptions(parent=parent, providers={"adobe": build_provider("us")}))

    assert used_provider(mock_engine) == "us"


@pytest.mark.parametrize("of_component", [True, False], ids=["component", "resource"])
def test_wrong_key_of_a_provider_is_refused_with_the_right_one(mock_engine: MockEngine, *, of_component: bool) -> None:
    providers = {"pulumi_adobe": build_provider("eu")}

    with pytest.raises(pulumi.RunError, match=r'"lake": .*"pulumi_adobe".*"adobe"'):
        declare_in_component(providers) if of_component else declare(pulumi.ResourceOptions(providers=providers))
    assert "lake" not in {args.name for args in mock_engine.registered_resources}


@pytest.mark.parametrize("form", [lambda a, b: [a, b], lambda a, b: {"adobe": a, "pulumi-python": b}])
def test_two_explicit_providers_are_refused(form: Any) -> None:
    with pytest.raises(pulumi.RunError, match="provider="):
        declare(pulumi.ResourceOptions(providers=form(build_provider("eu"), build_provider("us"))))


def test_own_provider_is_used_beside_providers_under_other_keys(mock_engine: MockEngine) -> None:
    declare_in_component({"adobe": build_provider("eu"), "us": build_provider("us")})

    assert used_provider(mock_engine) == "eu"
