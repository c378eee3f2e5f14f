"""The peers are what the page says of them."""

from __future__ import annotations

import ast

from benchmarks.stack import PROGRAMS

NAIVE = (PROGRAMS / "naive" / "__main__.py").read_text("utf-8")


def test_naive_provider_has_at_most_sixty_lines() -> None:
    assert len(NAIVE.splitlines()) <= 60


def test_naive_provider_is_unpadded_and_in_one_module() -> None:
    """Its provider is a class of the program, and it keeps no session."""
    classes = [node.name for node in ast.parse(NAIVE).body if isinstance(node, ast.ClassDef)]

    assert classes == ["ConnectionProvider", "Connection"]
    assert "sleep" not in NAIVE
    assert "Session" not in NAIVE


def test_null_provider_sends_no_request() -> None:
    assert all(
        "requests" not in file.read_text("utf-8") and "http" not in file.read_text("utf-8").replace("https://adb-", "")
        for file in (PROGRAMS / "null").glob("*.py")
    )
