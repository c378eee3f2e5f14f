"""Names are readable, unique, and the same at the next export."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adobe_flow.export.naming import config_key, named, slug
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
def test_a_name_becomes_what_can_be_typed(text: str, wanted: str) -> None:
    assert slug(text) == wanted


@given(st.lists(texts | st.none(), max_size=30))
def test_every_name_is_unique_and_can_be_typed(names: list[str | None]) -> None:
    found = named([entity(number, name) for number, name in enumerate(names)], "dev")

    assert len(set(found.values())) == len(found) == len(names)
    assert all(re.fullmatch(r"dev-[a-z0-9-]+", name) for name in found.values())


@given(st.lists(st.sampled_from(["a b", "a-b", "a_b", "A B", ""]), max_size=8), st.randoms())
def test_what_is_made_later_renames_nothing(names: list[str], random: Random) -> None:
    every = [entity(number, name) for number, name in enumerate(names)]
    shuffled = every.copy()
    random.shuffle(shuffled)

    before, after = named(every[: len(every) // 2], ""), named(shuffled, "")

    assert {id_: after[id_] for id_ in before} == before


def test_a_name_that_the_program_has_is_not_taken() -> None:
    assert named([entity(7, "Lake")], "", taken={"lake"}) == {"00000007-0000": "lake-0000"}


def test_a_name_of_no_letters_is_that_of_the_source() -> None:
    assert next(iter(named([entity(1, "日本"), entity(2, None)], "").values())) == "sftp"


def test_two_parameters_that_are_written_alike_have_keys_of_their_own() -> None:
    assert config_key("lake", "a.b", {"lake-a-b"}) == "lake-a-b-2"
    assert config_key("lake", "…", ()) == "lake-secret"
