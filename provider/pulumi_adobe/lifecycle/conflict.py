"""The judgement of a 412: whether a refused etag matters, decided from a three-way diff."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from pulumi_adobe.lifecycle.diff import ResourceDiff
from pulumi_adobe.lifecycle.entity import describe_foreign_change, entity_to_inputs
from pulumi_adobe.lifecycle.errors import ConflictingChange
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.lifecycle.wait import is_transient
from pulumi_adobe.schema.field import Field
from pulumi_adobe.schema.resource_schema import ResourceSchema


class Verdict(Enum):
    """What to do after a 412."""

    ALREADY_APPLIED = "the entity is what is declared: take its etag"
    RETRY = "send the patch once more, with the new etag"
    CONFLICT = "the patch could overwrite a foreign change: a person must decide"


@dataclass(frozen=True)
class ThreeWayDiff:
    """Three versions of one entity.

    Attributes:
        resource_schema: The schema of the resource.
        base: The outputs that this stack last saw.
        desired: The inputs that the program declares.
        entity: The entity as Flow Service has it now.
        own_client_id: The client id with which this process writes.
        earlier_entity: The entity as it was while Flow Service was at work on it; None if this process did not see it.
    """

    resource_schema: ResourceSchema
    base: Mapping[str, Any]
    desired: Mapping[str, Any]
    entity: Mapping[str, Any]
    own_client_id: str
    earlier_entity: Mapping[str, Any] | None = None

    @property
    def current(self) -> Mapping[str, Any]:
        """The properties of the entity as it is now, without secrets."""
        return entity_to_inputs(self.resource_schema, self.entity)

    @property
    def comparable_fields(self) -> Sequence[Field]:
        """The fields that this stack may change and that Flow Service shows."""
        fields = self.resource_schema.fields
        return [field for field in fields if field.path and not (field.secret or field.replace_on_changes)]

    @property
    def is_changed(self) -> bool:
        """Whether a comparable field differs from what this stack last saw."""
        current = self.current
        return any(current.get(field.name) != self.base.get(field.name) for field in self.comparable_fields)

    @property
    def has_unseen_change(self) -> bool:
        """Whether somebody else wrote since this stack last saw the entity, be it only a secret, which nobody sees."""
        if self.base.get("etag") in (None, self.entity.get("etag")):
            return False
        return self.is_changed or not (self.is_last_written_by_us or self.is_etag_outdated_by_service)

    @property
    def is_etag_outdated_by_service(self) -> bool:
        """Whether Flow Service has finished its work on what this stack last saw, which changes etag and author.

        Without a state, the state file has the etag of a POST. While the service is at work, nobody else can write.
        """
        if "state" not in self.base or is_transient(self.base["state"]):
            return True
        earlier = self.earlier_entity
        return earlier is not None and (
            earlier.get("etag") == self.base.get("etag") or earlier.get("updatedClient") == self.own_client_id
        )

    @property
    def is_last_written_by_us(self) -> bool:
        """Whether the last change came with our client id."""
        return self.entity.get("updatedClient") == self.own_client_id


def judge_conflict(three_way: ThreeWayDiff, resource_diff: ResourceDiff, *, etag_from_list: bool) -> Verdict:
    """Return what to do after Flow Service refused an update with 412.

    Args:
        three_way: The three versions of the entity.
        resource_diff: The update that was refused.
        etag_from_list: Whether the refused etag came from a list page, which may be older than our own last write.
    """
    current = three_way.current
    if all(current.get(field.name) == three_way.desired.get(field.name) for field in three_way.comparable_fields):
        if three_way.is_last_written_by_us or three_way.is_etag_outdated_by_service:
            # Our own PATCH, whose response was lost. A secret cannot be compared, so it is sent again.
            return Verdict.RETRY if resource_diff.changed_secrets else Verdict.ALREADY_APPLIED
        return Verdict.CONFLICT if resource_diff.changed_secrets else Verdict.ALREADY_APPLIED
    is_stale_list_etag = etag_from_list and three_way.is_last_written_by_us
    is_etag_outdated = is_stale_list_etag or three_way.is_etag_outdated_by_service
    if not three_way.is_changed and (is_etag_outdated or not resource_diff.changes_auth_parameters):
        return Verdict.RETRY
    return Verdict.CONFLICT


def build_conflict_error(
    operation: ResourceOperation, id_: str, three_way: ThreeWayDiff, resource_diff: ResourceDiff
) -> ConflictingChange:
    """Return the error that shows base, desired and current values, field by field, and no secret."""
    subject, get_label = operation.describe(id_), operation.context.get_label
    lines = [f"{describe_foreign_change(subject, three_way.entity)}. This update changed nothing."]
    for field in three_way.comparable_fields:
        base, desired, current = (
            version.get(field.name) for version in (three_way.base, three_way.desired, three_way.current)
        )
        if not base == desired == current:
            lines.append(
                f"  {get_label(field)}: this stack last saw {_quote_value(base)}, it declares {_quote_value(desired)}; "
                f"now it is {_quote_value(current)}"
            )
    if resource_diff.changes_auth_parameters and not three_way.is_last_written_by_us:
        lines.append("  The update would also send a secret, which somebody may have rotated: it is not shown.")
    return ConflictingChange(
        "\n".join(lines),
        "To restore what is declared, run `pulumi refresh`, then `pulumi up`. To keep the current values, change the "
        "program.",
    )


def _quote_value(value: object) -> str:
    return "nothing" if value is None else f'"{value}"'
