"""Which class declares a connection, which of its parameters, and that no mask is taken for a value."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.export.base_connections import (
    BaseConnectionArguments,
    declare_base_connection,
    find_base_connection_arguments,
)
from adobe_flow.export.declaration import BASE, FLOW, SOURCE, NotExpressible
from adobe_flow.export.duplicates import find_duplicates
from pulumi_adobe.sources import connection_specs
from tests.cli.export.hostile import entity

LAKE = {"domain": "https://adb-1.7.azuredatabricks.net", "clusterId": "c-1", "database": "d", "accessToken": "***"}


def build(source: str, auth_spec: str, params: dict[str, Any], version: str = "1.0", **changed: Any) -> dict[str, Any]:
    spec = {"id": connection_specs()[source].id, "version": version}
    return entity(1, "one", connectionSpec=spec, auth={"specName": auth_spec, "params": params}, **changed)


def find(*arguments: Any, **changed: Any) -> BaseConnectionArguments:
    return find_base_connection_arguments(build(*arguments, **changed))


def find_reason(body: dict[str, Any]) -> str:
    with pytest.raises(NotExpressible) as refused:
        declare_base_connection(body, "one", "dev")
    return str(refused.value)


def lake(**changed: Any) -> BaseConnectionArguments:
    return find("databricks", "Access Token Authentication", {**LAKE, **changed})


def test_secret_is_exported_as_a_reference_whatever_the_service_shows() -> None:
    for shown in ("***", "", None, "dapi-in-clear"):
        each = lake(accessToken=shown)
        assert each.secrets == ("accessToken",)
        assert "accessToken" not in each.params


def test_required_secret_that_the_service_hides_is_a_placeholder() -> None:
    params = {name: value for name, value in LAKE.items() if name != "accessToken"}

    assert find("databricks", "Access Token Authentication", params).secrets == ("accessToken",)


@pytest.mark.parametrize("mask", ["*****", "xxxx", "{CLUSTER}", "<hidden>"])
def test_value_that_looks_like_a_mask_is_a_placeholder(mask: str) -> None:
    each = lake(clusterId=mask)

    assert "clusterId" in each.secrets
    assert "clusterId" not in each.params


def test_parameter_that_the_service_added_is_not_exported() -> None:
    assert "region" not in {**lake(region="va7").params, **dict.fromkeys(lake(region="va7").secrets)}


def test_absent_values_are_not_written() -> None:
    assert "catalog" not in lake(catalog="").params
    assert "catalog" not in lake(catalog=None).params


def test_typed_class_is_exported_if_its_types_allow_the_values() -> None:
    typed = find("postgresql", "Basic Authentication", {"server": "s", "port": 1, "database": "d", "username": "u"})
    plain = find("postgresql", "Basic Authentication", {"server": "s", "port": True, "database": "d", "username": "u"})

    assert (typed.declared_class.kind, typed.declared_class.auth) == (
        "PostgreSQLSourceConnection",
        "PostgreSQLPassword",
    )
    assert (plain.declared_class.kind, plain.declared_class.more) == ("BaseConnection", {"source": "postgresql"})


def test_domain_that_the_typed_class_refuses_is_exported_with_the_generic_class() -> None:
    assert lake(domain="adb-1.7.azuredatabricks.net").declared_class.kind == "BaseConnection"
    assert lake(domain="https://adb-1.7.azuredatabricks.net/?o=1").declared_class.kind == "BaseConnection"
    assert lake().declared_class.kind == "DatabricksSourceConnection"


def test_missing_required_parameter_of_the_catalogue_is_no_error() -> None:
    assert find("databricks", "Access Token Authentication", {"domain": "d"}).declared_class.more["validate"] is False


def test_auth_spec_missing_in_the_catalogue_has_only_secrets() -> None:
    each = find("sftp", "of tomorrow", {"host": "h", "key": "k"})

    assert (each.params, each.secrets) == ({}, ("host", "key"))
    assert each.declared_class.more == {"source": "sftp", "validate": False}


def test_other_version_of_the_spec_is_exported() -> None:
    each = find("databricks", "Access Token Authentication", LAKE, "1.1")

    assert each.declared_class.more == {"source": "databricks", "connection_spec_version": "1.1"}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"name": None}, "no name"),
        ({"name": " \n"}, "no name"),
        ({"state": "draft"}, "publish"),
    ],
)
def test_entity_that_the_provider_would_refuse_is_noted(changed: dict[str, Any], words: str) -> None:
    assert words in find_reason(entity(1, "x") | changed)


def test_value_that_the_provider_would_refuse_is_noted_and_not_shown() -> None:
    auth_spec = "Basic Authentication for sftp"

    assert "its host begins or ends with a blank" in find_reason(build("sftp", auth_spec, {"host": " h"}))
    assert "its host is neither" in find_reason(build("sftp", auth_spec, {"host": ["h"]}))


@pytest.mark.parametrize(
    ("description", "declared"),
    [("The lake.\nManaged by Pulumi: other/dev/lake", "The lake."), ("  ", None), ("", None), (None, None)],
)
def test_ownership_line_and_blank_text_are_not_exported_as_description(
    description: str | None, declared: str | None
) -> None:
    one = declare_base_connection(
        build("databricks", "Access Token Authentication", LAKE, description=description), "one", "dev"
    )

    assert one.inputs.get("description") == declared
    assert one.call.keywords.get("description") == declared


def test_config_key_of_a_secret_is_unique_in_the_sandbox() -> None:
    one = declare_base_connection(
        build("databricks", "Access Token Authentication", LAKE), "one", "dev", ["one-accessToken"]
    )

    assert one.secrets == {"accessToken": "one-accessToken-2"}


def test_duplicates_are_those_that_the_provider_refuses() -> None:
    other = {"connectionSpec": {"id": "other", "version": "1.0"}}
    every = [entity(1, "a"), entity(2, "a"), entity(3, "a", **other), entity(4, "b")]
    on_two_bases = [entity(1, "a", baseConnectionId="x"), entity(2, "a", baseConnectionId="y")]

    assert sorted(find_duplicates(BASE, every)) == ["00000001-0000", "00000002-0000"]
    assert find_duplicates(BASE, every, {"00000001-0000"}) == {}
    assert find_duplicates(SOURCE, on_two_bases) == {}
    assert len(find_duplicates(FLOW, on_two_bases)) == 2
