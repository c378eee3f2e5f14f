"""The sealing of secrets: the emulator stores only their SHA-256."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flow_service_emulator.catalogue import is_secret

MASK = "********"
"""The mask of a secret in responses. Adobe mentions a "partial view", and shows placeholders only."""

_REJECTED_VALUES = (MASK, "", "invalid", "expired", "revoked")


class SealedSecret(str):
    """The SHA-256 of a secret, in hex; a type of its own, so that none is sealed twice."""

    __slots__ = ()


def compute_digest(value: Any) -> str:
    """Return the SHA-256 in hex of a text, or of another value's JSON."""
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def seal_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the auth parameters with each secret sealed."""
    return {name: _seal_value(value) if is_secret(name) else value for name, value in params.items()}


def restore_sealed_params(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return sealed parameters that were read from JSON, which loses the type of sealed secrets."""
    return {name: SealedSecret(value) if is_secret(name) else value for name, value in params.items()}


def are_params_accepted(params: Mapping[str, Any]) -> bool:
    """Return whether the source accepts the parameters: `invalid`, `expired`, `revoked` and the mask are refused."""
    return not any(isinstance(value, SealedSecret) and value in _REJECTED for value in params.values())


def _seal_value(value: Any) -> SealedSecret:
    return value if isinstance(value, SealedSecret) else SealedSecret(compute_digest(value))


_REJECTED = frozenset(compute_digest(value) for value in _REJECTED_VALUES)
