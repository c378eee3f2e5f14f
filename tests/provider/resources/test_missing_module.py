"""A state may name a provider's module that only another version of the package has."""

from __future__ import annotations

import importlib
import pickle

import pytest

from pulumi_adobe.version import VERSION

PICKLED = b"cpulumi_adobe.resources.of_tomorrow\nTomorrowProvider\n."
"""A pickle by reference: module and class."""


def test_a_missing_module_is_explained_with_version_and_environment() -> None:
    with pytest.raises(ModuleNotFoundError) as refusal:
        pickle.loads(PICKLED)  # noqa: S301 - written above
    facts = ("pulumi_adobe.resources.of_tomorrow", f"pulumi-adobe {VERSION}", "virtualenv")
    assert all(fact in str(refusal.value) for fact in facts)


@pytest.mark.parametrize("name", ["nosuch_module", "pulumi_adobe.nosuch", "pulumi_adobe.resources_of"])
def test_missing_module_of_another_package_is_not_explained(name: str) -> None:
    with pytest.raises(ModuleNotFoundError, match="No module named"):
        importlib.import_module(name)
