"""Faults: errors, delays and cuts that a test orders for certain requests."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from flow_service_emulator.json_values import ObjectSchema
from flow_service_emulator.sealing import compute_digest

BASE = "/data/foundation/flowservice"
CUTS = ("before", "after", "mid-body")
_MAX_NUMBER = 1_000_000
_COUNT = {"type": "integer", "minimum": 1, "maximum": _MAX_NUMBER}
_LINE = r"^[^\x00-\x1f\x7f]*\Z"
_SHAPE = ObjectSchema(
    {
        # A method and a path.
        "route": {"type": "string", "pattern": r"^\s*\S+\s+\S+\s*\Z"},
        "nth": _COUNT,
        "times": _COUNT,
        "status": {"type": ["integer", "null"], "minimum": 200, "maximum": 599},
        "headers": {
            "type": "object",
            "patternProperties": {_LINE: {"type": ["string", "integer"], "pattern": _LINE}},
            "additionalProperties": False,
        },
        "body": {},
        "rawBody": {"type": ["string", "null"]},
        "delayMs": {"type": "integer", "minimum": 0, "maximum": _MAX_NUMBER},
        "cut": {"enum": [*CUTS, None]},
        "staleEtag": {"type": "boolean"},
        "afterEffect": {"type": "boolean"},
    },
    "route",
)


@dataclass
class Fault:
    """A fault for a route: a method and a template of a path, such as `GET /connections/{id}`; `*` stands for any.

    ``nth`` is the first request that meets it, counted from now, ``times`` the number of requests that meet it.
    """

    route: str
    nth: int = 1
    times: int = 1
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    rawBody: str | None = None  # noqa: N815 - the name in JSON
    delayMs: int = 0  # noqa: N815 - the name in JSON
    cut: str | None = None
    staleEtag: bool = False  # noqa: N815 - the name in JSON
    afterEffect: bool = False  # noqa: N815 - the name in JSON

    @classmethod
    def from_json(cls, body: Any) -> Fault:
        """Return the fault of a JSON object. Raises `ValueError` for an unknown member."""
        _SHAPE.check(body, "a fault")
        return cls(**body)

    def to_json(self) -> dict[str, Any]:
        """Return the fault with its current counts."""
        return asdict(self)

    @property
    def mark(self) -> str:
        """Digest of the fault and its counts, which identifies it in the form of the console."""
        return compute_digest(self.to_json())

    @property
    def keeps_from_service(self) -> bool:
        """True if the request never reaches the service."""
        return self.cut == "before" or (self.has_own_response and not self.afterEffect and self.cut != "after")

    @property
    def has_own_response(self) -> bool:
        """True if the fault has a response of its own; else the service's own is sent, or cut."""
        return self.status is not None or self.body is not None or self.rawBody is not None

    def matches(self, method: str, path: str) -> bool:
        """Return whether a request is one of the fault's route."""
        wanted_method, wanted_path = self.route.split()
        return wanted_method in {"*", method} and (
            wanted_path == "*" or _matches_template(wanted_path, path.removeprefix(BASE))
        )


class Faults:
    """The waiting faults."""

    def __init__(self) -> None:
        """Begin without faults."""
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Add a fault."""
        self._waiting.append(fault)

    def take_matching(self, method: str, path: str) -> Fault | None:
        """Return the fault that applies to a request, and count the request. At most one fault applies."""
        for fault in [waiting_fault for waiting_fault in self._waiting if waiting_fault.matches(method, path)]:
            if fault.nth > 1:
                fault.nth -= 1
                continue
            fault.times -= 1
            if fault.times <= 0:
                self._waiting.remove(fault)
            return fault
        return None

    def all(self) -> list[dict[str, Any]]:
        """Return the waiting faults as JSON."""
        return [fault.to_json() for fault in self._waiting]

    def list_waiting(self) -> list[Fault]:
        """Return the waiting faults."""
        return list(self._waiting)

    def remove(self, mark: str) -> bool:
        """Remove a fault with a mark, and return whether there was one."""
        for fault in self._waiting:
            if fault.mark == mark:
                self._waiting.remove(fault)
                return True
        return False

    def clear(self) -> None:
        """Remove all faults."""
        self._waiting.clear()


def _matches_template(template: str, path: str) -> bool:
    template_steps, path_steps = template.removeprefix(BASE).strip("/").split("/"), path.strip("/").split("/")
    return len(template_steps) == len(path_steps) and all(
        step == actual_step or step.startswith("{")
        for step, actual_step in zip(template_steps, path_steps, strict=True)
    )
