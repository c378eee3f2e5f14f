"""The form that adds a fault: the fields of a fault, and a button for each common one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flow_service_emulator.console.masking import mask_json
from flow_service_emulator.faults import CUTS, Fault

METHODS = ("*", "GET", "POST", "PATCH", "PUT", "DELETE")
PATHS = (
    "*",
    "/connections",
    "/connections/{id}",
    "/connections/{id}/test",
    "/connections/{id}/explore",
    "/sourceConnections",
    "/targetConnections",
    "/flows",
    "/flows/{id}",
    "/runs",
    "/ims/token/v3",
    "/data/foundation/conversion/mappingSets",
)
"""The paths that the form offers; a fault accepts any path."""
_MAX_COUNT, _MAX_DELAY = 1_000_000, 600_000
_SOON = {"Retry-After": "1"}
_CUTS = {"before": "before the effect", "after": "after the effect", "mid-body": "in the answer"}


@dataclass(frozen=True)
class FaultPreset:
    """A common fault, for which the form has a button."""

    name: str
    about: str
    fault: Mapping[str, Any]


PRESETS = (
    FaultPreset("create-503", "The next create answers 503", {"route": "POST /connections", "status": 503}),
    FaultPreset(
        "busy", "Two requests of any kind answer 429", {"route": "* *", "times": 2, "status": 429, "headers": _SOON}
    ),
    FaultPreset("lost", "The answer to the next create is lost", {"route": "POST /connections", "cut": "after"}),
    FaultPreset(
        "stale", "Somebody writes just before the next update", {"route": "PATCH /connections/{id}", "staleEtag": True}
    ),
    FaultPreset("slow", "The next answer takes five seconds", {"route": "* *", "delayMs": 5000}),
    FaultPreset("no-token", "The next token request answers 500", {"route": "POST /ims/token/v3", "status": 500}),
)


def parse_fault(form: Mapping[str, str]) -> Fault:
    """Return the fault of a form. Raises `ValueError` with a message for the person at the form."""
    preset = next((candidate for candidate in PRESETS if candidate.name == form.get("preset")), None)
    if preset is not None:
        return Fault.from_json(dict(preset.fault))
    method, path = form.get("method", "*"), form.get("path", "").strip()
    if method not in METHODS or not (path == "*" or path.startswith("/")) or len(path.split()) != 1:
        raise ValueError("Path: a path such as /connections/{id}, or * for any.")
    fault = Fault(
        route=f"{method} {path}",
        nth=_parse_number(form, "nth", "First request", 1, _MAX_COUNT) or 1,
        times=_parse_number(form, "times", "How many", 1, _MAX_COUNT) or 1,
        status=_parse_status(form),
        headers=_build_retry_after(form),
        delayMs=_parse_number(form, "delayMs", "Delay", 0, _MAX_DELAY) or 0,
        cut=form["cut"] if form.get("cut") in CUTS else None,
        staleEtag="staleEtag" in form,
        afterEffect="afterEffect" in form,
    )
    if not (fault.has_own_response or fault.delayMs or fault.cut or fault.staleEtag):
        raise ValueError("Say what goes wrong: a status, a delay, a cut or a stale etag.")
    return fault


def describe_fault(fault: Fault) -> str:
    """Return what a fault does, in words."""
    own = "answers with a text of its own" if fault.rawBody is not None else "answers with a body of its own"
    parts = [f"answers {fault.status}"] if fault.status else []
    parts += [own] if fault.body is not None or fault.rawBody is not None else []
    parts += ["after the effect"] if fault.afterEffect else []
    parts += [f"{name}: {value}" for name, value in mask_json(fault.headers).items()]
    parts += [f"waits {fault.delayMs} ms"] if fault.delayMs else []
    parts += [f"cut {_CUTS[fault.cut]}"] if fault.cut else []
    parts += ["the etag is stale"] if fault.staleEtag else []
    return ", ".join(parts)


def describe_affected_requests(fault: Fault) -> str:
    """Return which requests meet a fault, counted from now."""
    start = "the next request" if fault.nth == 1 else f"request number {fault.nth} from now"
    return start if fault.times == 1 else f"{fault.times} requests, from {start} on"


def _parse_status(form: Mapping[str, str]) -> int | None:
    status = _parse_number(form, "status", "Status", 200, 599)
    if status is not None and status not in set(HTTPStatus):
        raise ValueError(f"Status: {status} is no status of HTTP.")
    return status


def _build_retry_after(form: Mapping[str, str]) -> dict[str, str]:
    seconds = _parse_number(form, "retryAfter", "Retry-After", 0, 86_400)
    return {} if seconds is None else {"Retry-After": str(seconds)}


def _parse_number(form: Mapping[str, str], name: str, label: str, least: int, most: int) -> int | None:
    """Return the number in a field of the form, or None if the field is empty."""
    written = form.get(name, "").strip()
    if not written:
        return None
    if not (written.isascii() and written.isdecimal() and least <= int(written[:9]) <= most):
        raise ValueError(f"{label}: a whole number from {least} to {most}.")
    return int(written)
