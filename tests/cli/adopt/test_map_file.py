from __future__ import annotations

from pathlib import Path

import pytest

from adobe_flow.adopting.map_file import read_map
from adobe_flow.problem import Problem


def test_it_is_ids_by_resource(tmp_path: Path) -> None:
    file = tmp_path / "adoption.json"
    file.write_text('{"lake": "1"}')

    assert read_map(file) == {"lake": "1"}


@pytest.mark.parametrize("text", ["", "[]", '{"lake": 1}', "\0"])
def test_anything_else_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    file = tmp_path / "adoption.json"
    file.write_text(text)

    with pytest.raises(Problem, match=r"adoption\.json is no"):
        read_map(file)
