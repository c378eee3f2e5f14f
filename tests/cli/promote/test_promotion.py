"""Which entries of the stack config bring one side to the other."""

from __future__ import annotations

from typing import Any

from adobe_flow.compare.comparison import ComparedSide, compare
from adobe_flow.compare.facts import EntityFacts
from adobe_flow.promote.promotion import Promotion, plan_promotion

SETTINGS = {"domain": "https://acme.example", "clusterId": "c-1", "database": "acme"}
TOKEN = frozenset({"accessToken"})


def lake(name: str = "Lake of Acme", **changed: Any) -> EntityFacts:
    about = {"id": name, "source": "databricks", "description": "about", "auth_spec": "Access Token Authentication"}
    return EntityFacts(**{**about, "name": name, "parameters": SETTINGS, "secrets": TOKEN, **changed})


def entry(name: str = "Lake of Acme", **changed: Any) -> dict[str, Any]:
    return {"name": name, "description": "about", **SETTINGS, **changed}


def promoted(
    a: list[EntityFacts],
    b: list[EntityFacts],
    *ignored: str,
    connections: dict[str, dict[str, Any]] | None = None,
    tokens: tuple[str, ...] = (),
) -> Promotion:
    comparison = compare(ComparedSide("stage", a), ComparedSide("prod", b), ignored)
    return plan_promotion(comparison, connections or {}, frozenset(tokens))


def test_equal_sandboxes_need_no_promotion() -> None:
    found = promoted([lake()], [lake()], connections={"lake": entry()})

    assert (found.changes, found.unpromoted) == ([], [])


def test_missing_connection_becomes_an_entry_with_a_readable_name_and_a_token_to_enter() -> None:
    found = promoted([lake("Köln / Lake")], [])

    assert found.build_fragment() == {"koln-lake": entry("Köln / Lake")}
    assert [(each.new, each.token) for each in found.changes] == [(True, True)]


def test_new_entry_gets_an_unused_name() -> None:
    found = promoted([lake("lake!"), lake("lake?")], [], connections={"lake": entry("other")})

    assert sorted(found.build_fragment()) == ["lake-2", "lake-3"]
    assert found.apply({"lake": entry("other")})["lake"] == entry("other")


def test_promotion_changes_only_differing_fields_and_removes_extra_ones() -> None:
    a = lake(description=None, parameters={**SETTINGS, "clusterId": "new"})
    connections = {"mine": entry(database="as it is in the file"), "other": entry("other")}

    found = promoted([a], [lake()], connections=connections, tokens=("mine", "other"))

    assert [dict(each.fields) for each in found.changes] == [
        {"description": ("about", None), "clusterId": ("c-1", "new")}
    ]
    assert found.changes[0].token is False
    expected = entry(clusterId="new", database="as it is in the file")
    del expected["description"]
    assert found.apply(connections) == {"mine": expected, "other": entry("other")}


def test_ignored_field_is_not_promoted() -> None:
    a = lake(description="new", parameters={**SETTINGS, "clusterId": "stage"})
    b = lake(parameters={**SETTINGS, "clusterId": "prod"})

    found = promoted([a], [b], "parameters.clusterId", connections={"mine": entry(clusterId="prod")})

    assert found.apply({"mine": entry(clusterId="prod")})["mine"] == entry(description="new", clusterId="prod")


def test_connection_in_the_target_without_an_entry_is_to_be_adopted() -> None:
    a, b = lake(description="new"), lake(id="theirs", parameters={**SETTINGS, "clusterId": "prod"})

    (change,) = promoted([a], [b], "parameters.clusterId").changes

    assert change.unmanaged == "theirs"
    assert change.fields["clusterId"] == (None, "prod")


def test_renamed_connection_keeps_its_config_entry() -> None:
    found = promoted([lake("LAKE")], [lake("lake")], connections={"mine": entry("lake")}, tokens=("mine",))

    assert {each.resource: dict(each.fields) for each in found.changes} == {"mine": {"name": ("lake", "LAKE")}}


def test_entry_of_the_stack_config_is_found_by_connection_name() -> None:
    connections = {"one": entry(), "two": entry()}

    found = promoted([lake(description="new")], [lake(resource="two")], connections=connections)

    assert [each.resource for each in found.changes] == ["two"]


def test_value_that_is_already_set_is_no_change_and_its_token_is_still_asked_for() -> None:
    (change,) = promoted([lake()], [], connections={"mine": entry()}).changes
    done = promoted([lake()], [], connections={"mine": entry()}, tokens=("mine",))

    assert (dict(change.fields), change.token) == ({}, True)
    assert done.changes == []


def test_secret_of_the_source_sandbox_must_be_entered() -> None:
    a = lake(parameters={"domain": "https://acme.example"}, secrets=TOKEN | {"clusterId"})

    (change,) = promoted([a], []).changes

    assert change.missing == ("clusterId",)
    assert "clusterId" not in change.fields


def test_difference_that_the_stack_config_cannot_express_is_omitted_and_noted() -> None:
    a = [lake("states", state="enabled"), EntityFacts("1", "crm", "mysql"), lake("moved")]
    b = [lake("states", state="failed"), lake("only in prod"), EntityFacts("2", "moved", "mysql")]

    found = promoted(a, b, connections={"states": entry("states")}, tokens=("states",))

    reasons = {each.name: each.reason for each in found.unpromoted}
    assert "adobe-flow export" in reasons["crm"]
    assert reasons["only in prod"] == "not in stage: it stays in prod"
    assert "another source" in reasons["moved"]
    assert reasons["states"].startswith("state:")
    assert [each.name for each in found.changes] == ["moved"]
