"""Whether a refused etag matters: decides, from what is there now, what becomes of our PATCH."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pulumi_adobe.declaration import ResourceSchema
from pulumi_adobe.lifecycle.difference import ResourceDiff
from pulumi_adobe.lifecycle.entity import describe_foreign_change, entity_to_inputs
from pulumi_adobe.lifecycle.errors import ConflictingChange


class Verdict(Enum):
    """What to do after a 412."""

    ALREADY_APPLIED = "what is there is what we want: take its etag"
    RETRY = "send once more, under the new etag"
    CONFLICT = "somebody changed the same thing: a person must decide"


@dataclass(frozen=True)
class ThreeWayDiff:
    """Three sides of one connection: what this stack last saw, what it wants, and what is there now."""

    declaration: ResourceSchema
    base: Mapping[str, Any]
    desired: Mapping[str, Any]
    entity: Mapping[str, Any]
    own_client_id: str

    @property
    def current(self) -> Mapping[str, Any]:
        """What is there now, under the names of the state, without secrets."""
        return entity_to_inputs(self.declaration, self.entity)

    @property
    def comparable_fields(self) -> Sequence[str]:
        """The fields that this stack manages and that Flow Service shows."""
        fields = self.declaration.fields
        return [field.name for field in fields if field.path and not (field.secret or field.replace_on_changes)]

    @property
    def is_changed(self) -> bool:
        """Whether something that this stack manages and that Flow Service shows is not what this stack last saw."""
        theirs = self.current
        return any(theirs.get(name) != self.base.get(name) for name in self.comparable_fields)

    @property
    def has_unseen_change(self) -> bool:
        """Whether somebody else wrote since this stack last saw it, be it only a secret, which nobody can see."""
        if self.base.get("etag") in (None, self.entity.get("etag")):
            return False
        # Without a state it was never seen ready: the etag is that of the POST, and getting ready may change it.
        return self.is_changed or not (self.is_last_written_by_us or "state" not in self.base)

    @property
    def is_last_written_by_us(self) -> bool:
        """Whether the last change came with our client id."""
        return self.entity.get("updatedClient") == self.own_client_id


def judge_conflict(three_way: ThreeWayDiff, resource_diff: ResourceDiff, *, etag_from_list: bool) -> Verdict:
    """What to do; ``found`` is the update that was refused.

    ``listed``: the etag that was refused came from a list page, which may be older than our own last write.
    """
    current = three_way.current
    if all(current.get(name) == three_way.desired.get(name) for name in three_way.comparable_fields):
        if three_way.is_last_written_by_us:
            # Our own PATCH, whose answer was lost. A secret cannot be compared, so it is sent again.
            return Verdict.RETRY if resource_diff.changed_secrets else Verdict.ALREADY_APPLIED
        return Verdict.CONFLICT if resource_diff.changed_secrets else Verdict.ALREADY_APPLIED
    is_stale_list_etag = etag_from_list and three_way.is_last_written_by_us
    if not three_way.is_changed and (is_stale_list_etag or not resource_diff.changes_auth_parameters):
        return Verdict.RETRY
    return Verdict.CONFLICT


def build_conflict_error(three_way: ThreeWayDiff, resource_diff: ResourceDiff, subject: str) -> ConflictingChange:
    """The error that shows mine, theirs and base, field by field; no secret."""
    lines = [f"{describe_foreign_change(subject, three_way.entity)}. Nothing was changed now."]
    for name in three_way.comparable_fields:
        base, desired, current = (side.get(name) for side in (three_way.base, three_way.desired, three_way.current))
        if not base == desired == current:
            base_and_desired = f"this stack last saw {_quote_value(base)}, it declares {_quote_value(desired)}"
            lines.append(f"  {name}: {base_and_desired}; there it is {_quote_value(current)}")
    if resource_diff.changes_auth_parameters and not three_way.is_last_written_by_us:
        lines.append("  The update would send a secret too, which may have been rotated elsewhere: it is not shown.")
    return ConflictingChange(
        "\n".join(lines),
        "To have what is declared: `pulumi refresh`, then `pulumi up`. To keep what is there: change the program.",
    )


def _quote_value(value: object) -> str:
    return "nothing" if value is None else f'"{value}"'
