"""The page and its pictures are those of the results."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import pictures, results, tables


def test_numbers_on_the_page_equal_the_results() -> None:
    """`python -m benchmarks --report` writes them."""
    assert tables.build_page(results.read()) == tables.PAGE.read_text("utf-8")


@pytest.mark.slow
@pytest.mark.skipif(
    sys.version_info < (3, 11), reason="for Python 3.10 another matplotlib is locked, which draws otherwise"
)
def test_pictures_on_the_page_equal_the_results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored_pictures = {file.name: file.read_text("utf-8") for file in pictures.FOLDER.glob("bench-*.svg")}
    monkeypatch.setattr(pictures, "FOLDER", tmp_path)

    pictures.draw_pictures(results.read())

    assert {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()} == stored_pictures


def test_results_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    stored_results = results.read()

    stored_results.write(tmp_path / "results.json")

    assert results.read(tmp_path / "results.json") == stored_results
