"""The bodies that control paths accept."""

from __future__ import annotations

from typing import Final

from flow_service_emulator.json_values import ObjectSchema

_TEXT: Final = {"type": "string"}
_OBJECTS: Final = {"type": "array", "items": {"type": "object"}}

NOTHING: Final = ObjectSchema({})
ANYTHING: Final = ObjectSchema({}, additionalProperties=True)
"""The shape of a body that the control path checks by itself."""
CLOCK: Final = ObjectSchema({"advance": {"type": "number"}, "to": _TEXT}, minProperties=1, maxProperties=1)
ROWS: Final = ObjectSchema({"dataset": _TEXT, "org": _TEXT, "sandbox": _TEXT}, "dataset")
EDIT: Final = ObjectSchema({"id": _TEXT, "patch": _OBJECTS, "client": _TEXT}, "id", "patch")
CREATE: Final = ObjectSchema(
    {"org": _TEXT, "sandbox": _TEXT, "client": _TEXT, "id": _TEXT, "state": _TEXT},
    additionalProperties=True,
)
DELETE: Final = ObjectSchema({"id": _TEXT}, "id")
ENTITIES: Final = ObjectSchema({}, additionalProperties=_OBJECTS)
