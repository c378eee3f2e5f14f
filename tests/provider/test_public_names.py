"""The names that `import pulumi_adobe` offers, each imported on first use."""

from __future__ import annotations

import subprocess
import sys

import pytest

import pulumi_adobe


@pytest.mark.parametrize("name", pulumi_adobe.__all__)
def test_every_public_name_exists(name: str) -> None:
    assert getattr(pulumi_adobe, name).__name__ == name
    assert name in dir(pulumi_adobe)


def test_other_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="SnowflakeConnexion"):
        _ = pulumi_adobe.SnowflakeConnexion  # type: ignore[attr-defined]  # type checkers know it too


def test_program_imports_only_what_it_uses() -> None:
    code = "import sys, pulumi_adobe; pulumi_adobe.FlowService; sys.exit('pulumi_adobe.lookups' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
