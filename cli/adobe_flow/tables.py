"""Tables for people, in the width of the terminal: no column vanishes without a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

_GAP: Final = 2
"""The distance of two columns."""

_READABLE_WIDTH: Final = 16
"""The width in which a text can be read, though it may be folded."""

_LEAST_WIDTH: Final = 4
"""The width below which a folded column is of no use to anybody."""


def create_table(*columns: str) -> Table:
    """Return a table without lines, which can be searched with grep and copied."""
    new_table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        new_table.add_column(column, overflow="fold")
    return new_table


def print_table(console: Console, table: Table, least_needed_first: Sequence[str] = ()) -> None:
    """Print a table; on a narrow terminal, omit columns, and print their titles.

    Columns that do not wrap, such as ids, stay on one line as long as the omission of others gives them room. Then
    their texts are folded, too.

    Args:
        console: The console to print on.
        table: A table of `create_table`.
        least_needed_first: The titles of the columns to omit, in this order.
    """
    columns = list(table.columns)
    omitted: list[str] = []
    for title in least_needed_first:
        if _compute_table_width(columns) <= console.width:
            break
        omitted += [title for column in columns if column.header == title]
        columns = [column for column in columns if column.header != title]
    if _compute_table_width(columns, _LEAST_WIDTH) > console.width:
        for column in columns:
            column.no_wrap = False
    while len(columns) > 1 and _compute_table_width(columns, _LEAST_WIDTH) > console.width:
        omitted.append(str(columns.pop().header))
    console.print(_copy_table(table, columns))
    if omitted:
        console.print(
            f"columns omitted for lack of room: {', '.join(omitted)}; a wider terminal, a pipe or --json shows them"
        )


def _copy_table(table: Table, columns: Sequence[Column]) -> Table:
    copy = create_table(*(str(column.header) for column in columns))
    copy.show_header = table.show_header
    for copied, column in zip(copy.columns, columns, strict=True):
        copied.no_wrap = column.no_wrap
        copied.min_width = min(_compute_text_width(column), _LEAST_WIDTH)
    for cells in zip(*(column.cells for column in columns), strict=True):
        copy.add_row(*cells)
    return copy


def _compute_table_width(columns: Sequence[Column], folded_width: int = _READABLE_WIDTH) -> int:
    """Return the width in which unfolded columns stand on one line, and the others have at most ``folded_width``."""
    widths = [(column.no_wrap, _compute_text_width(column)) for column in columns]
    sum_of_widths = sum(width if is_unfolded else min(width, folded_width) for is_unfolded, width in widths)
    return sum_of_widths + _GAP * (len(widths) - 1)


def _compute_text_width(column: Column) -> int:
    lines = [line for cell in (column.header, *column.cells) for line in str(cell).split("\n")]
    return max((Text.from_markup(line).cell_len for line in lines), default=0)
