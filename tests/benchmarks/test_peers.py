"""The peers are what the page says of them."""

from __future__ import annotations

import ast
import runpy

import pytest

from benchmarks.plan import NAIVE, NATIVE, NULL, NULL_NATIVE, OURS
from benchmarks.rounds import SHORT, MeasuredPeer
from benchmarks.stack import PROGRAM_FOLDERS, PROGRAMS

NAIVE_CODE = (PROGRAMS / "naive" / "__main__.py").read_text("utf-8")


def test_the_naive_one_is_at_most_sixty_lines() -> None:
    assert len(NAIVE_CODE.splitlines()) <= 60


def test_naive_provider_is_unpadded_and_in_one_module() -> None:
    """Its provider is a class of the program, and it keeps no session."""
    classes = [node.name for node in ast.parse(NAIVE_CODE).body if isinstance(node, ast.ClassDef)]

    assert classes == ["ConnectionProvider", "Connection"]
    assert "sleep" not in NAIVE_CODE
    assert "Session" not in NAIVE_CODE


@pytest.mark.parametrize("peer", ["null", "null-native"])
def test_null_sends_nothing(peer: str) -> None:
    assert all(
        "requests" not in file.read_text("utf-8") and "http" not in file.read_text("utf-8").replace("https://adb-", "")
        for name in PROGRAM_FOLDERS.get(peer, (peer,))
        for file in (PROGRAMS / name).glob("*.py")
    )


@pytest.mark.parametrize("peers", [(OURS, NULL, NAIVE), (NATIVE, NULL_NATIVE)], ids=["dynamic", "native"])
def test_peers_that_a_row_compares_run_each_operation_as_often(peers: tuple[MeasuredPeer, ...]) -> None:
    """A ratio pairs the runs of two peers one by one."""
    counts = [{operation: peer.operations.count(operation) for operation in SHORT} for peer in peers]

    assert counts == [counts[0]] * len(peers)


def test_all_peers_declare_the_same_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenTofu's configuration is in a language of its own."""
    monkeypatch.setenv("BENCH_CONNECTIONS", "1")
    ((_, connection),) = runpy.run_path(str(PROGRAMS / "shared" / "declared.py"))["connections"]()
    configuration = (PROGRAMS / "opentofu" / "main.tf").read_text("utf-8")

    fixed = [value for name, value in connection.items() if name not in {"name", "accessToken"}]
    assert [value for value in fixed if f'"{value}"' not in configuration] == []
    assert f'format("{connection["name"].replace("0000", "%04d")}", count.index)' in configuration
    assert f'format("{connection["accessToken"].replace("0000", "%04d")}", count.index)' in configuration


def test_the_native_program_differs_from_that_of_the_dynamic_adapter_in_its_import_alone() -> None:
    dynamic, native = ((PROGRAMS / peer / "__main__.py").read_text("utf-8") for peer in ("ours", "native"))

    assert native.partition("\n")[2] == dynamic.partition("\n")[2].replace("pulumi_adobe", "pulumi_adobe.native")
