"""The confirmation of a create: the entity as the service shows it once it is ready."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_adobe.flow_service.client import WriteResult
from pulumi_adobe.lifecycle.cache.newest_pages import AnnouncedCreate
from pulumi_adobe.lifecycle.entity import describe_foreign_change, is_complete
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.lifecycle.wait import is_ready, poll_until_ready


def confirm_create(
    operation: ResourceOperation, write_result: WriteResult, announced: AnnouncedCreate
) -> Mapping[str, Any]:
    """Return the entity once it is ready: from a shared list page, or read by id where the page does not suffice.

    The etag of the POST is kept: with a newer one, the next update would overwrite what nobody was shown. The exception
    is an entity that was not ready at first, because the service itself gives it another etag then.

    Raises:
        NotReadyInTime: The state is not final within the timeout of the settings.
        FailedState: The final state is a failure.
    """
    service, schema, id_ = operation.service, operation.resource_schema, write_result.id
    deadline = service.clock.now() + service.credentials.timeout
    listed_entity = announced.find(id_, service.credentials.timeout / 2)
    was_ready = listed_entity is None or is_ready(listed_entity)
    if listed_entity is not None and was_ready and is_complete(schema, operation.inputs, listed_entity):
        entity = listed_entity
    else:
        timeout = deadline - service.clock.now()
        entity, is_ready_at_first = poll_until_ready(service, schema, id_, timeout)
        was_ready = was_ready and is_ready_at_first
    if not was_ready or write_result.etag in (None, entity["etag"]):
        return entity
    operation.context.show_message(describe_foreign_change(operation.describe(id_), entity))
    return {**entity, "etag": write_result.etag}
