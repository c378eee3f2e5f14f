"""The tables of the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from flow_service_emulator.workspace.tables import UnreadableTableError, Workspace, build_table, merge_tables

if TYPE_CHECKING:
    from pathlib import Path


def types(folder: Path, text: str) -> dict[str, str]:
    (folder / "s.t.csv").write_text(text, encoding="utf-8")
    table = Workspace(folder).read_table("s.t")
    assert table is not None
    return {name: kind.get("meta:xdmType", kind["type"]) for name, kind in table.columns.items()}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "-20", "0"], "int"),
        (["1.5", "-2.0"], "number"),
        (["1", "1.5"], "number"),
        (["00123", "45678"], "string"),
        (["2026-01-31T12:00:00Z", "2026-01-31 12:00:00", "2026-01-31T12:00:00.123+01:00"], "date-time"),
        (["2026-01-31"], "string"),
        (["1", ""], "int"),
        ([""], "string"),
        (["one"], "string"),
    ],
    ids=str,
)
def test_type_of_a_column_fits_all_its_values(tmp_path: Path, values: list[str], kind: str) -> None:
    lines = [f"{value},x" for value in values]
    assert types(tmp_path, "\n".join(["c,other", *lines, ""]))["c"] == kind


def test_values_are_typed_and_an_empty_one_is_none(tmp_path: Path) -> None:
    (tmp_path / "s.t.csv").write_text('\ufeffid,price,text\n1,2.5,"a, b"\n,,\n2\n', encoding="utf-8")
    table = Workspace(tmp_path).read_table("s.t")

    assert table is not None
    assert table.rows == [
        {"id": 1, "price": 2.5, "text": "a, b"},
        {"id": None, "price": None, "text": None},
        {"id": 2, "price": None, "text": None},
    ]


def test_table_may_be_empty(tmp_path: Path) -> None:
    assert types(tmp_path, "id,name\n") == {"id": "string", "name": "string"}
    assert types(tmp_path, "") == {}


def test_only_a_file_in_the_workspace_folder_is_a_table(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")

    assert Workspace(tmp_path / "tables").read_table("../secret") is None
    assert Workspace(tmp_path / "nowhere").list_tables() == []
    assert Workspace(tmp_path).list_tables() == ["secret"]


def test_table_file_is_read_on_each_use(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    assert workspace.read_table("s.t") is None
    types(tmp_path, "a\n1\n")
    assert workspace.read_table("s.t") is not None


def test_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "s.t.csv").write_bytes(b"a\n\xff\xfe\n")
    with pytest.raises(UnreadableTableError, match=r"s\.t cannot be read"):
        Workspace(tmp_path).read_table("s.t")


def test_built_in_tables_have_a_delta_column() -> None:
    workspace = Workspace(None)
    assert workspace.list_tables() == ["acme.customers", "acme.orders", "acme.spring_campaign"]
    for path in workspace.list_tables():
        table = workspace.read_table(path)
        assert table is not None
        assert "date-time" in {kind.get("meta:xdmType") for kind in table.columns.values()}


@pytest.mark.parametrize("content", ["{}", "[1]", "["])
def test_records_file_without_a_list_of_objects_is_refused(tmp_path: Path, content: str) -> None:
    assert Workspace(tmp_path).read_records() == []
    (tmp_path / "rest.json").write_text(content, encoding="utf-8")

    with pytest.raises(UnreadableTableError, match=r"rest\.json"):
        Workspace(tmp_path).read_records()


def test_records_are_read_as_a_table_with_a_column_per_member() -> None:
    table = build_table([{"a": 1}, {"b": {"c": 2}}])

    assert list(table.columns) == ["a", "b"]
    assert table.rows == [{"a": 1, "b": None}, {"a": None, "b": {"c": 2}}]


def test_tables_are_merged_row_after_row(tmp_path: Path) -> None:
    for name, value in (("in.a", "1"), ("in.b", "2"), ("out.c", "3")):
        (tmp_path / f"{name}.csv").write_text(f"n\n{value}\n", encoding="utf-8")
    workspace = Workspace(tmp_path)

    merged = merge_tables([table for path in workspace.list_tables() if (table := workspace.read_table(path))][:2])

    assert merged is not None
    assert [row["n"] for row in merged.rows] == [1, 2]
    assert merge_tables([]) is None
