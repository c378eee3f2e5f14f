"""The table of docs/reference/run-errors.md: the error codes of flow runs, with cause, remedy and document."""

from __future__ import annotations

from collections.abc import Iterator

from pulumi_adobe.flow_service.run_errors import RUN_ERRORS


def build_run_error_table() -> str:
    """Return the table in Markdown, one line per error."""
    return "".join(f"{line}\n" for line in _build_lines())


def _build_lines() -> Iterator[str]:
    yield "| code | cause | remedy | Adobe's document |"
    yield "|---|---|---|---|"
    for error in RUN_ERRORS:
        code = f'`{error.code}` with "{error.text}"' if error.text else f"`{error.code}`"
        yield f"| {code} | {error.cause} | {error.remedy} | {error.document} |"
