"""The life-cycle hooks of drafts: created with `mode=draft`, and published when the program no longer asks for one.

Adobe: draft.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pulumi_adobe.lifecycle.context import ProviderContext
from pulumi_adobe.lifecycle.operation import LifecycleHooks, ResourceOperation
from pulumi_adobe.lifecycle.wait import is_transient, retry_while_at_work, wait_until_ready
from pulumi_adobe.schema.values import Properties

_DRAFT_STATE: Final = "draft"


class DraftHooks(LifecycleHooks):
    """The hooks of a resource type that may begin as a draft."""

    def requires_replace(
        self, _context: ProviderContext, prior_outputs: Mapping[str, Any], planned_inputs: Mapping[str, Any]
    ) -> tuple[str, ...]:
        """Return `draft` if a live entity is declared as a draft, because it cannot become one again."""
        state = prior_outputs.get("state", _DRAFT_STATE)
        # While Flow Service is at work, nobody sees what the entity was and will be.
        is_live = state != _DRAFT_STATE and not is_transient(state)
        return ("draft",) if planned_inputs.get("draft") is True and is_live else ()

    def after_write(self, operation: ResourceOperation, id_: str, outputs: Properties) -> Properties:
        """Publish a draft that is not declared as one."""
        if outputs.get("state") != _DRAFT_STATE or outputs.get("draft") is True:
            return outputs
        return run_action(operation, id_, outputs, "publish")

    def find_import_inputs(self, _context: ProviderContext, entity: Mapping[str, Any]) -> Properties:
        """Return `draft` for an entity that is one."""
        return {"draft": True} if entity.get("state") == _DRAFT_STATE else {}


def run_action(operation: ResourceOperation, id_: str, outputs: Properties, action: str) -> Properties:
    """Run an action such as `publish` on an entity, and return the outputs with its new state and etag."""
    service, schema = operation.service, operation.resource_schema
    retry_while_at_work(service, schema, id_, lambda: service.run_action(operation.collection, id_, action))
    entity = wait_until_ready(service, schema, id_)
    operation.context.existing_entities.mark_written(id_)
    return {**outputs, "state": entity["state"], "etag": entity["etag"]}
