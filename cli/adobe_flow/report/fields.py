"""The fields of a change: old and new values as JSON texts, and for a secret whether it changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from adobe_flow.report.plan import CREATE, DELETE, REPLACE, UPDATE, Diagnostic, PlannedResource
from pulumi_adobe.flow_service.redaction import PLACEHOLDER

KNOWN_LATER: Final = "(known after the update)"
_UNKNOWN: Final = frozenset(
    {
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
    }
)
"""The texts that Pulumi writes for a value that only the update will know (sdk/go/common/resource/plugin/rpc.go)."""

_HIDDEN: Final = ("owner",)
_NOTICE: Final = re.compile(
    r"^(?P<resource>.+): (?P<fields>[\w., ]+) changes \(a secret, of which Pulumi shows no line\)$", re.MULTILINE
)
"""The dynamic provider's message about each secret that changes: the plan has the same "[secret]" on both sides."""

Field = dict[str, Any]


def find_changed_secrets(diagnostics: Iterable[Diagnostic]) -> frozenset[tuple[str, str]]:
    """Return the resource and the field of every secret that changes, as the provider says."""
    return frozenset(
        (notice["resource"].strip(), field.strip().rpartition(".")[2])
        for diagnostic in diagnostics
        for notice in _NOTICE.finditer(diagnostic.message)
        for field in notice["fields"].split(",")
    )


def compare_fields(resource: PlannedResource, changed_secrets: frozenset[tuple[str, str]]) -> list[Field]:
    """Return the fields that differ, and all secrets, in the order of their names."""
    old, new = dict(_flatten_members(resource.old or {})), dict(_flatten_members(resource.new or {}))
    fields = []
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if PLACEHOLDER in {before, after}:
            secret = _describe_secret(resource, name, changed_secrets, before=before, after=after)
            fields.append({"name": name, "old": None, "new": None, "secret": secret})
        elif before != after:
            fields.append({"name": name, "old": before, "new": after, "secret": None})
    return fields


def _describe_secret(
    resource: PlannedResource,
    name: str,
    changed_secrets: frozenset[tuple[str, str]],
    *,
    before: str | None,
    after: str | None,
) -> str:
    if resource.operation == CREATE or before is None:
        return "set"
    if resource.operation == DELETE or after is None:
        return "removed"
    if not resource.is_ours or resource.operation not in {UPDATE, REPLACE}:
        return "not told"
    is_changed = name in resource.differences or (resource.name, name.rpartition(".")[2]) in changed_secrets
    return "changed" if is_changed else "unchanged"


def _flatten_members(properties: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in properties.items():
        if not prefix and name in _HIDDEN:
            continue
        path = f"{prefix}{name}"
        if isinstance(value, dict) and value:
            yield from _flatten_members(value, f"{path}.")
        else:
            yield path, format_value(value)


def format_value(value: Any) -> str:
    """Return a value as JSON; a secret and an unknown value in words."""
    if isinstance(value, str) and value == PLACEHOLDER:
        return PLACEHOLDER
    if isinstance(value, str) and value in _UNKNOWN:
        return KNOWN_LATER
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    for unknown in _UNKNOWN:
        text = text.replace(json.dumps(unknown), KNOWN_LATER)
    return text
