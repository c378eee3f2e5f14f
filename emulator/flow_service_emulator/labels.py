"""Access labels of dataflows, and the callers that lack one.

Adobe: sources/tutorials/api/labels.md: a PATCH adds them, runs inherit them, and a caller without the label gets 404
for a read and 403 for a change or a deletion. No document says what a list shows: here it leaves the dataflow out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flow_service_emulator.checks import WRONG
from flow_service_emulator.errors import FlowServiceError, NotFoundError

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity
    from flow_service_emulator.gateway import Caller

_LABEL = re.compile(r"[^/\s]+/[^/\s]+")


def check_labels(labels: Any) -> None:
    """Refuse a value that is no list of labels such as `core/C12`."""
    is_list = isinstance(labels, list) and all(isinstance(label, str) and _LABEL.fullmatch(label) for label in labels)
    if labels is not None and not is_list:
        raise FlowServiceError(WRONG, "labels must be a list of labels such as core/C12")


def find_flow(emulator: Emulator, run: Entity) -> Entity | None:
    """Return the dataflow of a run, whose labels the run inherits; None after its deletion."""
    return emulator.stores["flows"].find(run.declared["flowId"])


def is_visible(emulator: Emulator, caller: Caller, document: Entity | None) -> bool:
    """Return whether the caller has each label of the document."""
    lacking = emulator.scenario.clients_without_labels.get(caller.client_id, ())
    labels = (document.declared.get("labels") or ()) if document is not None else ()
    return not any(label in lacking for label in labels)


def list_visible_flows(emulator: Emulator, caller: Caller) -> list[Entity]:
    """Return the dataflows of the caller's sandbox without those that labels hide from the caller, oldest first."""
    flows = emulator.stores["flows"].list_in_sandbox(caller.org, caller.sandbox)
    return [flow for flow in flows if is_visible(emulator, caller, flow)]


def list_visible_runs(emulator: Emulator, caller: Caller) -> list[Entity]:
    """Return the runs of the caller's sandbox without those of dataflows that labels hide from the caller."""
    runs = emulator.stores["runs"].list_in_sandbox(caller.org, caller.sandbox)
    return [run for run in runs if is_visible(emulator, caller, find_flow(emulator, run))]


def require_read(emulator: Emulator, caller: Caller, document: Entity | None, id_: str, kind: str = "flows") -> None:
    """Refuse a read with 404, as for an unknown id, unless the caller has each label of the entity."""
    if not is_visible(emulator, caller, document):
        raise NotFoundError(kind, id_)


def require_change(emulator: Emulator, caller: Caller, document: Entity) -> None:
    """Refuse a change, an action or a deletion unless the caller has each label of the dataflow."""
    if not is_visible(emulator, caller, document):
        text = "the caller lacks an access label of this entity"
        raise FlowServiceError("2120-403", text, {"id": document.id, "type": "flows"})
