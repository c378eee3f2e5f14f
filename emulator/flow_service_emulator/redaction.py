"""The redaction of secrets in the journal: each becomes the beginning of its SHA-256."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from flow_service_emulator.catalogue import is_secret
from flow_service_emulator.sealing import compute_digest

_LENGTH = 12
_FORM_SECRETS = frozenset({"client_secret", "access_token", "refresh_token", "jwt_token"})


def build_secret_digest(value: Any) -> str:
    """Return `sha256:` and the first 12 hex digits of the digest: enough to compare two secrets."""
    return f"sha256:{compute_digest(value)[:_LENGTH]}"


def redact_headers(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the headers by lower-case name, with a digest in place of the token in `Authorization`."""
    return {
        name.lower(): build_secret_digest(value.partition(" ")[2] or value)
        if name.lower() == "authorization"
        else value
        for name, value in pairs
    }


def redact_form(text: str) -> dict[str, Any]:
    """Return the fields of a form or of a query string; a field that occurs several times is a list."""
    fields: dict[str, list[str]] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        hidden = name in _FORM_SECRETS or is_secret(name)
        fields.setdefault(name, []).append(build_secret_digest(value) if hidden else value)
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}


def redact_body(raw: bytes, content_type: str) -> Any:
    """Return the body of a request as JSON or as form fields; for any other body its size."""
    if not raw:
        return None
    text = raw.decode("utf-8", "replace")
    if content_type.startswith("application/x-www-form-urlencoded"):
        return redact_form(text)
    try:
        return redact_json(json.loads(text))
    except (ValueError, RecursionError):
        return f"({len(raw)} bytes that are no JSON)"


def redact_json(value: Any) -> Any:
    """Return JSON with a mark for each value under a secret parameter's name, or patched at one."""
    if isinstance(value, list):
        return [redact_json(item) for item in value]
    if not isinstance(value, Mapping):
        return value
    patched = is_secret(str(value.get("path", "")).rpartition("/")[2])
    return {
        key: build_secret_digest(item) if is_secret(key) or (key == "value" and patched) else redact_json(item)
        for key, item in value.items()
    }
