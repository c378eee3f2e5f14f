"""The PATCH that sets what the POST of a create cannot have, such as the access labels of a dataflow."""

from __future__ import annotations

from pulumi_adobe.flow_service.json_patch import create_json_patch
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.lifecycle.wait import retry_while_at_work, wait_until_ready
from pulumi_adobe.schema.values import Properties


def patch_after_create(operation: ResourceOperation, id_: str, outputs: Properties) -> Properties:
    """Send the values that the create could not send, and return the outputs with the new state and etag."""
    service, schema, inputs = operation.service, operation.resource_schema, operation.inputs
    patch_operations = create_json_patch(schema.to_body(schema.without_patched_values(inputs)), schema.to_body(inputs))
    if not patch_operations:
        return outputs
    etag = str(outputs["etag"])
    operation.context.existing_entities.mark_written(id_)
    retry_while_at_work(service, schema, id_, lambda: service.update(schema.collection, id_, patch_operations, etag))
    entity = wait_until_ready(service, schema, id_)
    return {**outputs, "state": entity["state"], "etag": entity["etag"]}
