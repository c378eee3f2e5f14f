"""Which class declares a connection, which of its parameters, and that no mask is taken for a value."""

from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.export.base_connections import ConnectionArguments, declare_base_connection, find_arguments
from adobe_flow.export.declaration import BASE, FLOW, SOURCE, NotExpressible
from adobe_flow.export.duplicates import find_duplicates
from pulumi_adobe.sources import connection_specs
from tests.cli.export.hostile import entity

LAKE = {"domain": "https://adb-1.7.azuredatabricks.net", "clusterId": "c-1", "database": "d", "accessToken": "***"}


def build(source: str, auth_spec: str, params: dict[str, Any], version: str = "1.0", **changed: Any) -> dict[str, Any]:
    spec = {"id": connection_specs()[source].id, "version": version}
    return entity(1, "one", connectionSpec=spec, auth={"specName": auth_spec, "params": params}, **changed)


def find(*arguments: Any, **changed: Any) -> ConnectionArguments:
    return find_arguments(build(*arguments, **changed))


def find_reason(body: dict[str, Any]) -> str:
    with pytest.raises(NotExpressible) as refused:
        declare_base_connection(body, "one", "dev")
    return str(refused.value)


def lake(**changed: Any) -> ConnectionArguments:
    return find("databricks", "Access Token Authentication", {**LAKE, **changed})


def test_a_secret_is_never_a_value_whatever_the_service_shows_of_it() -> None:
    for shown in ("***", "", None, "dapi-in-clear"):
        each = lake(accessToken=shown)
        assert each.secrets == ("accessToken",)
        assert "accessToken" not in each.params


def test_a_required_secret_that_is_not_shown_is_to_be_filled_in() -> None:
    params = {name: value for name, value in LAKE.items() if name != "accessToken"}

    assert find("databricks", "Access Token Authentication", params).secrets == ("accessToken",)


@pytest.mark.parametrize("mask", ["*****", "xxxx", "{CLUSTER}", "<hidden>"])
def test_what_looks_like_a_mask_is_filled_in_by_a_person(mask: str) -> None:
    each = lake(clusterId=mask)

    assert "clusterId" in each.secrets
    assert "clusterId" not in each.params


def test_what_the_service_added_is_left_to_it() -> None:
    assert "region" not in {**lake(region="va7").params, **dict.fromkeys(lake(region="va7").secrets)}


def test_absent_values_are_not_written() -> None:
    assert "catalog" not in lake(catalog="").params
    assert "catalog" not in lake(catalog=None).params


def test_a_typed_class_is_used_where_its_types_allow() -> None:
    typed = find("postgresql", "Basic Authentication", {"server": "s", "port": 1, "database": "d", "username": "u"})
    plain = find("postgresql", "Basic Authentication", {"server": "s", "port": True, "database": "d", "username": "u"})

    assert (typed.declared_class.kind, typed.declared_class.auth) == (
        "PostgreSQLSourceConnection",
        "PostgreSQLPassword",
    )
    assert (plain.declared_class.kind, plain.declared_class.more) == ("BaseConnection", {"source": "postgresql"})


def test_a_domain_that_the_typed_class_refuses_is_written_for_the_plain_one() -> None:
    assert lake(domain="adb-1.7.azuredatabricks.net").declared_class.kind == "BaseConnection"
    assert lake(domain="https://adb-1.7.azuredatabricks.net/?o=1").declared_class.kind == "BaseConnection"
    assert lake().declared_class.kind == "DatabricksSourceConnection"


def test_what_the_catalogue_asks_for_and_is_not_there_is_not_judged() -> None:
    assert find("databricks", "Access Token Authentication", {"domain": "d"}).declared_class.more["validate"] is False


def test_an_auth_spec_that_the_catalogue_lacks_has_secrets_alone() -> None:
    each = find("sftp", "of tomorrow", {"host": "h", "key": "k"})

    assert (each.params, each.secrets) == ({}, ("host", "key"))
    assert each.declared_class.more == {"source": "sftp", "validate": False}


def test_another_version_of_the_spec_is_declared_as_it_is() -> None:
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
def test_what_the_provider_would_refuse_is_told(changed: dict[str, Any], words: str) -> None:
    assert words in find_reason(entity(1, "x") | changed)


def test_values_that_the_provider_would_refuse_are_told_and_not_shown() -> None:
    auth_spec = "Basic Authentication for sftp"

    assert "its host begins or ends with a blank" in find_reason(build("sftp", auth_spec, {"host": " h"}))
    assert "its host is neither" in find_reason(build("sftp", auth_spec, {"host": ["h"]}))


@pytest.mark.parametrize(
    ("description", "declared"),
    [("The lake.\nManaged by Pulumi: other/dev/lake", "The lake."), ("  ", None), ("", None), (None, None)],
)
def test_neither_the_ownership_line_nor_a_blank_is_a_description(description: str | None, declared: str | None) -> None:
    one = declare_base_connection(
        build("databricks", "Access Token Authentication", LAKE, description=description), "one", "dev"
    )

    assert one.inputs.get("description") == declared
    assert one.call.keywords.get("description") == declared


def test_the_keys_of_secrets_are_the_sandboxes_own() -> None:
    one = declare_base_connection(
        build("databricks", "Access Token Authentication", LAKE), "one", "dev", ["one-accessToken"]
    )

    assert one.secrets == {"accessToken": "one-accessToken-2"}


def test_duplicates_are_what_the_provider_refuses_to_declare_twice() -> None:
    other = {"connectionSpec": {"id": "other", "version": "1.0"}}
    every = [entity(1, "a"), entity(2, "a"), entity(3, "a", **other), entity(4, "b")]
    on_two_bases = [entity(1, "a", baseConnectionId="x"), entity(2, "a", baseConnectionId="y")]

    assert sorted(find_duplicates(BASE, every)) == ["00000001-0000", "00000002-0000"]
    assert find_duplicates(BASE, every, {"00000001-0000"}) == {}
    assert find_duplicates(SOURCE, on_two_bases) == {}
    assert len(find_duplicates(FLOW, on_two_bases)) == 2
