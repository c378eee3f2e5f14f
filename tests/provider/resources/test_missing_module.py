"""A state may name a provider's module that only another version of the package has."""

from __future__ import annotations

import importlib
import pickle

import pytest

from pulumi_adobe.version import VERSION

PICKLED = b"\x80\x04\x8c\x23pulumi_adobe.resources.of_tomorrow\x00\x94".replace(b"\x8c\x23", b"\x8c\x22").replace(b"\x00", b"")
"""The beginning of a by-reference pickle: the name of the module."""


def test_a_missing_module_is_explained_with_version_and_environment() -> None:
    pickled = PICKLED + b"\x8c\x10TomorrowProvider\x94\x93\x94)\x81\x94."

    with pytest.raises(ModuleNotFoundError) as refusal:
        pickle.loads(pickled)  # noqa: S301 - written above
    facts = ("pulumi_adobe.resources.of_tomorrow", f"pulumi-adobe {VERSION}", "virtualenv")
    assert all(fact in str(refusal.value) for fact in facts)


@pytest.mark.parametrize("name", ["nosuch_module", "pulumi_adobe.nosuch", "pulumi_adobe.resources_of"])
def test_other_missing_modules_are_not_ours_to_explain(name: str) -> None:
    with pytest.raises(ModuleNotFoundError, match="No module named"):
        importlib.import_module(name)
