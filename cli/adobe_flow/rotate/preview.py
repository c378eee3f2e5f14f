"""The preview of an update of one resource alone, by Pulumi itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.resources import get_resource_name
from adobe_flow.pulumi_cli.stack import Stack
from adobe_flow.report.digest import read_preview_document
from adobe_flow.rotate.target import TOKENS, RotationTarget
from pulumi_adobe.json_values import get_objects

_NO_CHANGES: Final = frozenset({"same", "read", "refresh"})
_UPDATE: Final = "update"


@dataclass(frozen=True)
class UpdatePreview:
    """The previewed update of one connection; ``changes`` are its other changed inputs beside the token."""

    changes: tuple[str, ...] = ()


def preview_update(stack: Stack, target: RotationTarget) -> UpdatePreview:
    """Preview the update of the connection.

    Raises:
        Problem: The preview fails, or shows anything but an update of this resource in place.
    """
    arguments = ("preview", "--json", "--target", target.urn)
    process = stack.run(*arguments)
    try:
        digest = read_preview_document(process.stdout, "The plan of the preview")
    except Problem:
        digest = {}
    if process.returncode or not digest:
        raise stack.explain_failure(arguments, _join_errors(digest) or process.stderr or process.stdout)
    steps = [step for step in digest["steps"] if step["op"] not in _NO_CHANGES]
    others = [step for step in steps if step.get("op") != _UPDATE or step.get("urn") != target.urn]
    if others:
        listed = ", ".join(f"{step.get('op')} {get_resource_name(str(step.get('urn')))}" for step in others)
        raise Problem(
            f"The preview shows more than an update in place of {target.resource}: {listed}.",
            "Bring the program and the stack together first (pulumi preview, pulumi up), then rotate.",
        )
    if not steps:
        raise Problem(
            f"The preview shows no change of {target.resource}: its token does not come from {target.path(TOKENS)}.",
            "Rotate the token at the place from which the program takes it.",
        )
    return UpdatePreview(_list_changes(steps[0]))


def _join_errors(digest: Mapping[str, Any]) -> str:
    messages = [
        str(diagnostic.get("message", ""))
        for diagnostic in get_objects(digest, "diagnostics")
        if diagnostic.get("severity") == "error"
    ]
    return " ".join(" ".join(messages).split())


def _list_changes(step: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the inputs that differ, without the token: a secret is the same word on both sides."""
    old, new = ((step.get(state) or {}).get("inputs") or {} for state in ("oldState", "newState"))
    return tuple(sorted(name for name in {*old, *new} if old.get(name) != new.get(name)))
