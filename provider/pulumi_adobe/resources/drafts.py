"""Drafts: made with `mode=draft`, and published when the program says so.

Adobe: draft.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pulumi_adobe.behaviour import LifecycleHooks
from pulumi_adobe.declaration import Field, Properties

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.job import ResourceOperation

DRAFT = Field("draft", argument="draft", type=bool)
_DRAFT_STATE = "draft"


class DraftHooks(LifecycleHooks):
    """A kind that may be a draft first."""

    def requires_replace(self, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> tuple[str, ...]:
        """Nobody can make a draft again of what is live."""
        return ("draft",) if new_inputs.get("draft") is True and prior_outputs.get("state", _DRAFT_STATE) != _DRAFT_STATE else ()

    def after_write(self, operation: ResourceOperation, id_: str, outputs: Properties) -> Properties:
        """Publish what is a draft and is not declared as one."""
        if outputs.get("state") != _DRAFT_STATE or outputs.get("draft") is True:
            return outputs
        return run_action(operation, id_, outputs, "publish")


def run_action(operation: ResourceOperation, id_: str, outputs: Properties, action: str) -> Properties:
    """The outputs after an action."""
    from pulumi_adobe.lifecycle.settling import wait_until_ready  # noqa: PLC0415 - a program imports this module

    operation.service.run_action(operation.collection, id_, action)
    entity = wait_until_ready(operation.service, operation.resource_schema, id_)
    operation.context.list_pages.clear()
    return {**outputs, "state": entity["state"], "etag": entity["etag"]}
