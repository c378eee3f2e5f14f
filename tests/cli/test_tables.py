from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.table import Table

from adobe_flow.tables import create_table, print_table

ID = "0a1b2c3d-1111-4222-8333-444455556666"


def build_table() -> Table:
    table = create_table("name", "kind", "by", "id")
    table.columns[3].no_wrap = True
    table.add_row("A lake with a long name of several words", "enabled", "somebody@example.com", ID)
    return table


def render(width: int, *least_needed_first: str, table: Table | None = None) -> list[str]:
    output = io.StringIO()
    print_table(Console(file=output, width=width), table or build_table(), least_needed_first)
    return output.getvalue().splitlines()


def test_wide_terminal_shows_all_columns_without_a_note() -> None:
    lines = render(160, "by", "kind")

    assert lines[0].split() == ["name", "kind", "by", "id"]
    assert len(lines) == 2


@pytest.mark.parametrize(("width", "omitted"), [(80, ["by"]), (60, ["by", "kind"])])
def test_a_narrow_terminal_omits_the_least_needed_columns_and_names_them(width: int, omitted: list[str]) -> None:
    lines = render(width, "by", "kind")

    assert set(lines[0].split()) == {"name", "kind", "by", "id"} - set(omitted)
    assert f"omitted for lack of room: {', '.join(omitted)};" in " ".join(lines)
    assert any(ID in line for line in lines)


@pytest.mark.parametrize("width", range(8, 80))
def test_every_column_is_shown_or_named_in_any_width(width: int) -> None:
    text = "".join(render(width)).replace(" ", "")

    assert all(title in text for title in ("name", "kind", "by", "id"))


def test_id_in_a_narrow_terminal_is_wrapped_and_not_truncated() -> None:
    table = create_table("name", "id")
    table.columns[1].no_wrap = True
    table.add_row("n", ID)

    lines = render(20, table=table)

    assert "".join(line[1:].strip() for line in lines[1:]) == ID
