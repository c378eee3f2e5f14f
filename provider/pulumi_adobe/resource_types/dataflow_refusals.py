"""What Adobe refuses of a dataflow: fields that stay once it has started, options, and what an access label hides.

Adobe: update-dataflows.md; labels.md; codes 1366, 1403 and 1404 of "Sources error codes". No document shows a PATCH of
the options of a live dataflow, and none forbids it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pulumi_adobe.flow_service.errors import AccessDenied, InvalidRequest, NotFound, ResponseError
from pulumi_adobe.lifecycle.context import describe_resource
from pulumi_adobe.resource_types.dataflow import SCHEMA

_LABEL_CODE: Final = "2120-403"
_NO_PATCH_CODE: Final = "CONNECTOR-1300-400"
_ONCE: Final = "once"
_DRAFT_STATE: Final = "draft"

_REASONS: Final = {
    "startTime": "Adobe does not allow it to change once it has passed ({effectiveStart})",
    "backfill": "Adobe does not allow it to change once the start has passed ({effectiveStart})",
    "mapping": "No document of Adobe shows how a live dataflow gets or loses its mapping",
    "frequency": "Adobe does not allow a one-time dataflow to become a recurring one, or the reverse",
}


def describe_fixed_fields(
    labels: Mapping[str, str],
    prior_outputs: Mapping[str, Any],
    planned_inputs: Mapping[str, Any],
    replaces: Sequence[str],
) -> Iterator[str]:
    """Return, for each changed field that Adobe may not change in place, what the update does.

    Args:
        labels: What the program calls the fields of a dataflow.
        prior_outputs: The outputs that the state has.
        planned_inputs: The planned inputs.
        replaces: The names of the fields of the schedule whose change replaces the dataflow.
    """
    subject = describe_resource(SCHEMA, planned_inputs)
    is_one_time = _ONCE in (prior_outputs.get("frequency"), planned_inputs.get("frequency"))
    order = "the old one is deleted first" if is_one_time else "the new one is created first"
    replaced_fields = [field.name for field in SCHEMA.fields if field.replace_on_changes]
    is_replaced = any(prior_outputs.get(name) != planned_inputs.get(name) for name in replaced_fields)
    is_other_family = None in (prior_outputs.get("frequency"), planned_inputs.get("frequency")) and is_replaced
    for name in replaces:
        if name == "frequency" and is_other_family:
            continue
        reason = _REASONS[name].format(effectiveStart=prior_outputs.get("effectiveStart"))
        yield f"{subject}: {labels[name]} changes. {reason}, so the update replaces the dataflow: {order}"
    changes = _list_undocumented_changes(labels, prior_outputs, planned_inputs)
    if changes and not replaces and not is_replaced:
        yield (
            f"{subject}: {' and '.join(changes)} changes. No document of Adobe says whether it may change after the "
            "creation: the update tries it, and changes nothing if Adobe refuses"
        )


def describe_missing(subject: str) -> str:
    """Return what to know of a dataflow without a label that is not found: somebody may have given it one."""
    return (
        f"{subject} was not found, so it counts as deleted. If somebody has given it an access label that these "
        "credentials lack, it still exists: then give them the label and restore the state, or the next `pulumi up` "
        "creates a second one"
    )


def explain_refusal(
    labels: Mapping[str, str], error: ResponseError, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]
) -> str:
    """Return what to do about the error of a request about a dataflow; empty for the usual advice.

    ``labels`` has what the program calls the fields of a dataflow.
    """
    access_labels = prior_outputs.get("labels") or new_inputs.get("labels")
    is_hidden = isinstance(error, NotFound) or (isinstance(error, AccessDenied) and error.code == _LABEL_CODE)
    if access_labels and is_hidden:
        return (
            f"It has the access labels {', '.join(map(str, access_labels))}. Without them Adobe answers 404 to a read, "
            "and 403 to a change or a deletion. If it exists: give the role of these credentials the labels "
            "(Permissions > Roles > Labels in Adobe's user interface) and run the same command again. If it was "
            "deleted: run `pulumi state delete <URN>`, then `pulumi up` creates it again."
        )
    if error.code == _NO_PATCH_CODE and prior_outputs and new_inputs:
        return (
            "This request changed nothing. Adobe does not allow a change of dataflows with this flow spec "
            "(`updateSupported` of streaming.md). `pulumi up --refresh --replace <URN>` creates a new one with another "
            "id, which senders to the HTTP API must then name. Or undo the change."
        )
    changes = _list_undocumented_changes(labels, prior_outputs, new_inputs) if prior_outputs and new_inputs else []
    if changes and isinstance(error, InvalidRequest):
        return (
            f"This request changed nothing. If Adobe refused the change of {' and '.join(changes)}, which no document "
            "describes: `pulumi up --refresh --replace <URN>` creates a new dataflow with it, whose first run reads "
            f"all rows again unless {labels['backfill']} is false. Or take the change back. Otherwise correct the "
            "arguments of the resource."
        )
    return ""


def _list_undocumented_changes(
    labels: Mapping[str, str], prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]
) -> list[str]:
    """Return the labels of the changed fields of which no document says whether a live dataflow may change them.

    These are the options, and a delta column that comes or goes: only a transformation in another's place is shown.
    """
    if prior_outputs.get("state") == _DRAFT_STATE:
        return []
    changed = [field for field in SCHEMA.fields if prior_outputs.get(field.name) != new_inputs.get(field.name)]
    had_delta_column, has_delta_column = ("deltaColumn" in each for each in (prior_outputs, new_inputs))
    return [
        labels[field.name]
        for field in changed
        if field.path[:1] == ("options",) or (field.name == "deltaColumn" and had_delta_column is not has_delta_column)
    ]
