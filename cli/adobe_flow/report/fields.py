"""What a change does to each field: old and new as JSON texts, a secret as whether it changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from adobe_flow.report.plan import CREATE, DELETE, REPLACE, UPDATE, Diagnostic, Resource
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
"""What Pulumi writes in the place of a value that only the update will know (sdk/go/common/resource/plugin/rpc.go)."""

_UNSHOWN: Final = ("__provider", "owner")
_NOTICE: Final = re.compile(
    r"^(?P<resource>.+): (?P<fields>[\w., ]+) changes \(a secret, of which Pulumi shows no line\)$", re.MULTILINE
)
"""What the provider says of each secret that changes, since the plan has the same "[secret]" on both sides."""

Field = dict[str, Any]


def changed_secrets(diagnostics: Iterable[Diagnostic]) -> frozenset[tuple[str, str]]:
    """Resource and field of every secret that the provider says to change."""
    return frozenset(
        (found["resource"].strip(), field.strip().rpartition(".")[2])
        for each in diagnostics
        for found in _NOTICE.finditer(each.message)
        for field in found["fields"].split(",")
    )


def fields(resource: Resource, secrets: frozenset[tuple[str, str]]) -> list[Field]:
    """The fields that differ, and all secrets, in the order of their names."""
    old, new = dict(_flat(resource.old or {})), dict(_flat(resource.new or {}))
    found = []
    for name in sorted(old.keys() | new.keys()):
        before, after = old.get(name), new.get(name)
        if PLACEHOLDER in {before, after}:
            how = _how(resource, name, secrets, before=before, after=after)
            found.append({"name": name, "old": None, "new": None, "secret": how})
        elif before != after:
            found.append({"name": name, "old": before, "new": after, "secret": None})
    return found


def _how(
    resource: Resource,
    name: str,
    secrets: frozenset[tuple[str, str]],
    *,
    before: str | None,
    after: str | None,
) -> str:
    if resource.operation == CREATE or before is None:
        return "set"
    if resource.operation == DELETE or after is None:
        return "removed"
    if not resource.ours or resource.operation not in {UPDATE, REPLACE}:
        return "not told"
    return "changed" if (resource.name, name.rpartition(".")[2]) in secrets else "unchanged"


def _flat(properties: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, str]]:
    for name, value in properties.items():
        if not within and name in _UNSHOWN:
            continue
        at = f"{within}{name}"
        if isinstance(value, dict) and value:
            yield from _flat(value, f"{at}.")
        else:
            yield at, shown(value)


def shown(value: Any) -> str:
    """A value as JSON; a secret and what is not known yet in words."""
    if isinstance(value, str) and value == PLACEHOLDER:
        return PLACEHOLDER
    if isinstance(value, str) and value in _UNKNOWN:
        return KNOWN_LATER
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    for unknown in _UNKNOWN:
        text = text.replace(json.dumps(unknown), KNOWN_LATER)
    return text
