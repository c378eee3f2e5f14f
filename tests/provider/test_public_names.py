"""What `import pulumi_adobe` offers."""

from __future__ import annotations

import subprocess
import sys

import pytest

import pulumi_adobe


def test_every_name_is_found() -> None:
    assert {name: getattr(pulumi_adobe, name).__name__ for name in pulumi_adobe.__all__} == {
        name: name for name in pulumi_adobe.__all__
    }
    assert set(pulumi_adobe.__all__) <= set(dir(pulumi_adobe))


def test_another_name_is_none() -> None:
    with pytest.raises(AttributeError, match="SnowflakeConnexion"):
        _ = pulumi_adobe.SnowflakeConnexion  # type: ignore[attr-defined]  # type checkers know it too


def test_a_program_imports_what_it_uses_alone() -> None:
    code = "import sys, pulumi_adobe; pulumi_adobe.FlowService; sys.exit('pulumi_adobe.lookups' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
