"""What goes wrong is told in a paragraph that says what to do, and nothing is changed: the real engine's own output."""

from __future__ import annotations

import re
import shlex
from typing import Any

import pytest

from tests.stack.project import CONNECTION, OTHER_ORG, StackProject

CONNECTIONS = "flow-connections:connections"


def refused(project: StackProject, *words: str) -> None:
    """`up` fails, says all of these words, shows no traceback, and has sent nothing that changes anything."""
    project.emulator.clear_journal()
    text = project.up(succeeds=False).text
    for word in words:
        assert word in text
    assert "Traceback" not in text
    assert [each["path"] for each in project.emulator.journal() if each["effect"]] == []


def test_empty_map_of_connections_explains_how_to_add_one(project: StackProject) -> None:
    refused(project, "connections is empty", "pulumi config set --path")


def test_a_missing_access_token_names_the_key_and_the_command(project: StackProject) -> None:
    project.write_config(**{CONNECTIONS: {"lake": CONNECTION, "pond": CONNECTION}})

    refused(
        project,
        "pulumi config set --secret --path 'accessTokens.lake'",
        "pulumi config set --secret --path 'accessTokens.pond'",
    )


def test_printed_commands_work_as_they_are_for_names_of_any_characters(project: StackProject) -> None:
    names = ["eu.lake", 'the "big" one', "it's", "a\\b"]
    project.write_config(**{CONNECTIONS: {name: {**CONNECTION, "name": name} for name in names}})
    text = project.preview(succeeds=False).text
    commands = set(re.findall(r"pulumi (config set --secret --path .*)", text))

    for command in commands:
        project.pulumi(*shlex.split(command), "dapi-engine-test-4f1d2c3b")

    assert len(commands) == len(names)
    assert "5 to create" in project.preview().text  # the stack itself, too


def test_plain_text_tokens_are_refused_and_not_shown(project: StackProject) -> None:
    project.write_config(**{CONNECTIONS: {"lake": CONNECTION}, "flow-connections:accessTokens": {"lake": "dapi-clear"}})

    refused(project, "accessTokens is not encrypted", "pulumi config set --secret --path")
    assert "dapi-clear" not in project.up(succeeds=False).text


def test_unknown_field_is_named_with_the_known_ones(project: StackProject) -> None:
    project.declare(lake={"cluster": "xxxx"})

    refused(project, "connections.lake has no field cluster", "clusterId")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"domain": "http://adb-1.7.azuredatabricks.net"}, ["domain must begin with https://"]),
        ({"domain": "https://adb-1.7.azuredatabricks.net/sql"}, ["domain", "without a path"]),
        ({"domain": "https://adb"}, ["domain must name the workspace's host"]),
        ({"name": " ", "clusterId": "", "database": "\t"}, ["name must not be empty", "cluster_id", "database"]),
        ({"database": 7}, ["database must be a string"]),
    ],
)
def test_malformed_fields_are_named(project: StackProject, fields: dict[str, Any], words: list[str]) -> None:
    project.declare(lake=fields)

    refused(project, 'DatabricksSourceConnection "lake"', *words)


def test_a_blank_token_is_named_and_not_shown(project: StackProject) -> None:
    project.declare(lake={})
    project.set_access_token("lake", " \t ")

    refused(project, "access_token must not be empty or blank")


def test_missing_settings_are_named_all_at_once(project: StackProject) -> None:
    project.declare(lake={})
    for key in ("adobe:orgId", "adobe:sandbox", "adobe:clientId"):
        del project.config[key]
    project.write_config()

    refused(project, "adobe:orgId (ADOBE_ORG_ID) is missing", "adobe:sandbox", "adobe:clientId", "pulumi config set")


def test_an_unknown_setting_is_named_with_the_nearest(project: StackProject) -> None:
    project.declare(lake={})
    project.write_config(**{"adobe:sandboxName": "dev"})

    refused(project, "adobe:sandboxName", "did you mean adobe:sandbox?")


def test_a_wrong_organization_and_a_wrong_sandbox_are_refused(project: StackProject) -> None:
    project.declare(lake={})
    project.write_config(**{"adobe:orgId": "FFFFFFFFFFFFFFFFFFFFFFFF@AdobeOrg"})
    refused(project, "adobe:orgId")
    project.write_config(**{"adobe:orgId": OTHER_ORG, "adobe:sandbox": "nosuch"})
    refused(project, "adobe:sandbox")


def test_wrong_credentials_error_names_where_they_come_from(project: StackProject) -> None:
    project.declare(lake={})
    project.env["ADOBE_CLIENT_SECRET"] = "wrong-secret-123"

    refused(project, "ADOBE_CLIENT_SECRET")


def test_expired_ready_token_is_reported(project: StackProject) -> None:
    project.declare(lake={})
    project.env["ADOBE_ACCESS_TOKEN"] = "expired-token-123"

    refused(project, "401", "ADOBE_ACCESS_TOKEN")


def test_unreachable_service_is_reported_with_its_address(project: StackProject) -> None:
    project.declare(lake={})
    project.write_config(**{"adobe:endpoint": "http://127.0.0.1:9", "adobe:timeout": "1"})

    refused(project, "127.0.0.1:9", "adobe:endpoint")


@pytest.mark.parametrize(
    ("key", "value"), [("adobe:sandbox", "stage"), ("adobe:orgId", OTHER_ORG)], ids=["sandbox", "org"]
)
def test_state_of_another_sandbox_names_the_value_to_restore(made: StackProject, key: str, value: str) -> None:
    before = made.config[key]
    made.write_config(**{key: value})
    made.declare(lake={"clusterId": "changed"})

    refused(made, key, f'Restore the value "{before}"')
