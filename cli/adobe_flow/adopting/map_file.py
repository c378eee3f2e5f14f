"""Reads which connection each resource is, as an export has written it down."""

from __future__ import annotations

from pathlib import Path

from adobe_flow.documents import parse_document
from adobe_flow.problem import Problem


def read_map(file: Path) -> dict[str, str]:
    """Its ids by resource. Raises Problem where it is no object of ids by resource."""
    try:
        found = parse_document(file.read_text("utf-8"))
    except (OSError, ValueError):
        raise Problem(f"{file} is no JSON.", "Give the adoption.json that `adobe-flow export --out` wrote.") from None
    if not isinstance(found, dict) or not all(isinstance(id_, str) for id_ in found.values()):
        raise Problem(f"{file} is no object of ids by resource.", 'It looks like {"acme-lake": "<id>"}.')
    return found
