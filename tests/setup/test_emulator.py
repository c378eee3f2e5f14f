"""Where the emulator listens."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.emulator import read_port, start_emulator
from engine.messages import Problem
from engine.project import Project


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("  adobe:endpoint: http://127.0.0.1:8765\n", 8765),
        ("  adobe:imsEndpoint: http://localhost:9000\n", 9000),
        ("  adobe:endpoint: https://platform.adobe.io\n", 8765),
    ],
)
def test_port_of_the_emulator_is_read_from_the_stack_file(tmp_path: Path, text: str, port: int) -> None:
    stack_file = tmp_path / "Pulumi.dev.yaml"
    stack_file.write_text(f"config:\n{text}", encoding="utf-8")

    assert read_port(stack_file) == port


def test_different_port_in_the_environment_is_an_error_that_names_where_to_change_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMULATOR_PORT", "9999")

    with pytest.raises(Problem, match=r"port 8765.*Pulumi\.dev\.yaml to port 9999"):
        start_emulator(Project(tmp_path))
