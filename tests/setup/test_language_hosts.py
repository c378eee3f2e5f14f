"""What `test_languages.py` runs is locked, and the how-to page names its versions."""

from __future__ import annotations

import json

import pytest

from engine.build import GO_MOD
from engine.language_hosts import MODULES
from engine.version import format_version, read_pulumi_version
from tests.setup.fake_project import ROOT

NODEJS = ROOT / "tests" / "setup" / "languages" / "nodejs"
PAGE = (ROOT / "docs" / "how-to" / "native-provider.md").read_text("utf-8")


@pytest.mark.parametrize(("language", "title"), [("yaml", "YAML"), ("nodejs", "TypeScript"), ("go", "Go")])
def test_page_names_the_versions_of_each_language(language: str, title: str) -> None:
    sdk = json.loads((NODEJS / "package.json").read_text("utf-8"))["dependencies"]["@pulumi/pulumi"]
    sdks = {"nodejs": sdk, "go": format_version(read_pulumi_version(GO_MOD))}
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| {title} |")]

    assert MODULES[language].version in row
    assert sdks.get(language, "") in row


def test_each_package_from_npm_has_a_hash_and_no_address() -> None:
    packages = json.loads((NODEJS / "package-lock.json").read_text("utf-8"))["packages"]

    assert [name for name, package in packages.items() if name and "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []
