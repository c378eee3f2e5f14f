"""Suggestions for unknown names."""

from __future__ import annotations

from pulumi_adobe.suggestions import find_similar_name, find_similar_names, suggest_name

NAMES = ["sandbox", "sandboxes", "clientId"]


def test_similar_names_are_returned_most_similar_first() -> None:
    assert find_similar_names("sandbx", NAMES) == ["sandbox", "sandboxes"]
    assert find_similar_names("sandbx", NAMES, limit=1) == ["sandbox"]
    assert find_similar_names("sandbx", NAMES, cutoff=0.9) == ["sandbox"]


def test_name_unlike_all_others_has_no_similar_one() -> None:
    assert find_similar_name("zzz", NAMES) is None
    assert find_similar_name("sandbx", NAMES) == "sandbox"


def test_suggestion_names_the_similar_name_or_lists_some() -> None:
    many = [f"name-{number:02}" for number in range(13)]

    assert "sandbox?" in suggest_name("sandbx", NAMES)
    assert "clientId, sandbox, sandboxes" in suggest_name("zzz", NAMES)
    assert "name-11, …" in suggest_name("zzz", many)
    assert suggest_name("zzz", []) == ""


def test_names_that_contain_the_name_come_first_in_any_case() -> None:
    assert find_similar_names("shop", ["Shipping", "The Shop database", "Shop database", "CRM"]) == [
        "Shop database",
        "The Shop database",
        "Shipping",
    ]
    assert find_similar_names("id", ["clientId"]) == []
