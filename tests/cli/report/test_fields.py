from __future__ import annotations

from typing import Any

import pytest

from adobe_flow.report.fields import compare_fields, find_changed_secrets
from tests.cli.report.digests import TOKEN_CHANGES, UNKNOWN, digest, lake, plan, step


def compare(op: str, old: dict[str, Any] | None, new: dict[str, Any] | None, *messages: str, kind: str = "") -> Any:
    parsed = plan(digest(step(op, kind or "DatabricksSourceConnection", "lake", old, new), messages=messages))
    secrets = find_changed_secrets(parsed.diagnostics)
    return {
        each["name"]: each["secret"] or (each["old"], each["new"])
        for each in compare_fields(parsed.resources[0], secrets)
    }


def test_differing_fields_are_shown_by_path_with_both_values() -> None:
    old = {"name": "a", "params": {"host": "one", "port": 1.0}, "columns": [1], "same": True, "owner": "x"}
    new = {"name": "b", "params": {"host": "two", "port": 1.0}, "columns": [1, 2], "same": True, "owner": "y"}

    assert compare("update", old, new) == {
        "columns": ("[1]", "[1, 2]"),
        "name": ('"a"', '"b"'),
        "params.host": ('"one"', '"two"'),
    }


def test_value_that_is_unknown_until_the_update_is_shown_in_words() -> None:
    parsed = compare("update", {"id": "a", "ids": ["a"]}, {"id": UNKNOWN, "ids": [UNKNOWN, "b"]})

    assert parsed == {
        "id": ('"a"', "(known after the update)"),
        "ids": ('["a"]', '[(known after the update), "b"]'),
    }


@pytest.mark.parametrize(
    ("op", "old", "new", "messages", "how"),
    [
        ("update", lake(), lake(), (TOKEN_CHANGES,), "changed"),
        ("update", lake(), lake(description="new"), (), "unchanged"),
        ("update", lake(), lake(), ("other-lake: accessToken changes (a secret, of which …)",), "unchanged"),
        ("replace", lake(), lake(), (f"hello\n{TOKEN_CHANGES}",), "changed"),
        ("create", None, lake(), (), "set"),
        ("delete", lake(), None, (), "removed"),
        ("update", {"name": "a"}, lake(), (), "set"),
    ],
)
def test_changed_secret_is_recognized_by_the_message_of_the_provider(
    op: str, old: Any, new: Any, messages: tuple[str, ...], how: str
) -> None:
    assert compare(op, old, new, *messages)["accessToken"] == how


def test_several_changed_secrets_of_one_resource_are_distinguished() -> None:
    old = {"params": {"password": "[secret]", "privateKey": "[secret]", "passphrase": "[secret]"}}
    notice = "lake: privateKey, passphrase changes (a secret, of which Pulumi shows no line)\n"

    assert compare("update", old, old, notice) == {
        "params.passphrase": "changed",
        "params.password": "unchanged",
        "params.privateKey": "changed",
    }


def test_secret_of_another_provider_is_shown_without_whether_it_changes() -> None:
    inputs = {"value": "[secret]"}

    assert compare("update", inputs, inputs, kind="azure:keyvault/secret:Secret") == {"value": "not told"}


def test_a_changed_secret_of_the_native_provider_is_told_by_the_detailed_difference() -> None:
    """It says nothing in a message: Pulumi itself shows a line of each changed secret."""
    params = {"params": {"password": "[secret]", "privateKey": "[secret]"}, "accessToken": "[secret]"}
    kind = "adobe:index:BaseConnection"
    more = {"detailedDiff": {"params.privateKey": {"diffKind": "update", "inputDiff": False}}}
    parsed = plan(digest(step("update", kind, "warehouse", params, params, **more)))

    told = {each["name"]: each["secret"] for each in compare_fields(parsed.resources[0], frozenset())}

    assert told == {"accessToken": "unchanged", "params.password": "unchanged", "params.privateKey": "changed"}
