"""The bodies that control paths accept."""

from __future__ import annotations

from typing import Final

from flow_service_emulator.json_values import Shape

_TEXT: Final = {"type": "string"}
_OBJECTS: Final = {"type": "array", "items": {"type": "object"}}

NOTHING: Final = Shape({})
ANYTHING: Final = Shape({}, additionalProperties=True)
"""The shape of a body that the control path checks by itself."""
CLOCK: Final = Shape({"advance": {"type": "number"}, "to": _TEXT}, minProperties=1, maxProperties=1)
ROWS: Final = Shape({"dataset": _TEXT, "org": _TEXT, "sandbox": _TEXT}, "dataset")
EDIT: Final = Shape({"id": _TEXT, "patch": _OBJECTS, "client": _TEXT}, "id", "patch")
CREATE: Final = Shape(
    {"org": _TEXT, "sandbox": _TEXT, "client": _TEXT, "id": _TEXT, "state": _TEXT},
    additionalProperties=True,
)
DELETE: Final = Shape({"id": _TEXT}, "id")
ENTITIES: Final = Shape({}, additionalProperties=_OBJECTS)
