"""Takes secrets out of what the journal keeps: each becomes the beginning of its SHA-256."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from flow_service_emulator.catalogue import is_secret
from flow_service_emulator.sealing import digest

_LENGTH = 12
_FORM_SECRETS = frozenset({"client_secret", "access_token", "refresh_token", "jwt_token"})


def mark(value: Any) -> str:
    """``sha256:`` and the first 12 hex digits: enough to see whether two are the same."""
    return f"sha256:{digest(value)[:_LENGTH]}"


def headers(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers by lower-case name; of `Authorization` the mark of the token, without its scheme."""
    return {
        name.lower(): mark(value.partition(" ")[2] or value) if name.lower() == "authorization" else value
        for name, value in pairs
    }


def form(text: str) -> dict[str, Any]:
    """The fields of a form or of a query string; one that comes several times is a list."""
    fields: dict[str, list[str]] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        hidden = name in _FORM_SECRETS or is_secret(name)
        fields.setdefault(name, []).append(mark(value) if hidden else value)
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}


def body(raw: bytes, content_type: str) -> Any:
    """A request's body as JSON or as form fields; of one that is neither, its size only."""
    if not raw:
        return None
    text = raw.decode("utf-8", "replace")
    if content_type.startswith("application/x-www-form-urlencoded"):
        return form(text)
    try:
        return redact_json(json.loads(text))
    except (ValueError, RecursionError):
        return f"({len(raw)} bytes that are no JSON)"


def redact_json(value: Any) -> Any:
    """JSON with whatever stands under a secret parameter's name, or is patched there, replaced."""
    if isinstance(value, list):
        return [redact_json(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    patched = is_secret(str(value.get("path", "")).rpartition("/")[2])
    return {
        key: mark(each) if is_secret(key) or (key == "value" and patched) else redact_json(each)
        for key, each in value.items()
    }
