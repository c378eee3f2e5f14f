"""Names are readable, unique, and the same at the next export."""

from __future__ import annotations

import builtins
import keyword
import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adobe_flow.export.declaration import BASE, FLOW, SOURCE, EntityKind
from adobe_flow.export.naming import build_config_key, build_slug, build_variable, name_resources
from tests.cli.export.hostile import entity, texts


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Databricks — Vertrieb, EU", "databricks-vertrieb-eu"),
        ("Köln/Straße 5", "koln-strasse-5"),
        ("ACME_lake (prod)", "acme-lake-prod"),
        ("日本", ""),
        ("class", "class"),
        ("x" * 99, "x" * 40),
        ("a" * 39 + " b", "a" * 39),
    ],
)
def test_entity_name_becomes_a_typable_resource_name(text: str, wanted: str) -> None:
    assert build_slug(text) == wanted


KINDS = st.sampled_from([BASE, SOURCE, FLOW])


@given(st.lists(st.tuples(KINDS, texts | st.none()), max_size=30))
def test_every_resource_name_is_unique_and_typable(named: list[tuple[EntityKind, str | None]]) -> None:
    entities = [(kind, entity(number, name)) for number, (kind, name) in enumerate(named)]
    found = name_resources(entities, "dev")

    assert len(set(found.values())) == len(found) == len(named)
    assert all(re.fullmatch(r"dev-[a-z0-9-]+", name) for name in found.values())


@given(st.lists(st.tuples(KINDS, texts), max_size=30))
def test_every_variable_is_unique_and_shadows_no_python_name(named: list[tuple[EntityKind, str]]) -> None:
    names = name_resources([(kind, entity(number, name)) for number, (kind, name) in enumerate(named)])
    variables = [build_variable(name) for name in names.values()]

    assert len(set(variables)) == len(variables)
    assert not [each for each in variables if keyword.iskeyword(each) or hasattr(builtins, each)]
    assert all(each.isidentifier() and each.isascii() for each in variables)


@given(st.lists(st.tuples(KINDS, st.sampled_from(["a b", "a-b", "a b flow", "A B", ""])), max_size=8), st.randoms())
def test_entity_created_later_renames_no_earlier_resource(named: list[tuple[EntityKind, str]], random: Random) -> None:
    every = [(kind, entity(number, name)) for number, (kind, name) in enumerate(named)]
    shuffled = every.copy()
    random.shuffle(shuffled)

    before, after = name_resources(every[: len(every) // 2]), name_resources(shuffled)

    assert {id_: after[id_] for id_ in before} == before


def test_name_that_the_program_already_uses_is_not_used_again() -> None:
    assert name_resources([(BASE, entity(7, "Lake"))], taken={"lake"}) == {"00000007-0000": "lake-0000"}


@pytest.mark.parametrize(
    ("kind", "name", "wanted"),
    [
        (BASE, "日本", "sftp"),
        (BASE, "日本 2", "sftp-2"),
        (BASE, "2024", "2024"),
        (SOURCE, "Заказы", "source"),
        (FLOW, "🚚 7", "7-flow"),
        (FLOW, "Заказы 7", "flow-7"),
        (FLOW, "Orders flow", "orders-flow"),
    ],
)
def test_generated_name_has_the_kind_and_without_any_letter_the_source(
    kind: EntityKind, name: str, wanted: str
) -> None:
    assert list(name_resources([(kind, entity(1, name))]).values()) == [wanted]


def test_parameters_with_similar_names_have_different_config_keys() -> None:
    assert build_config_key("lake", "a.b", {"lake-a-b"}) == "lake-a-b-2"
    assert build_config_key("lake", "…", ()) == "lake-secret"
