"""Secrets are kept as their SHA-256 only: neither the data file nor the journal can give one away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flow_service_emulator.catalogue import is_secret

MASK = "********"
"""What stands for a secret in answers. Adobe says "partial view", and shows placeholders only."""

_REJECTED_VALUES = (MASK, "", "invalid", "expired", "revoked")


class Sealed(str):
    """The SHA-256 of a secret, in hex; a type of its own, so that nothing is sealed twice."""

    __slots__ = ()


def digest(value: Any) -> str:
    """The SHA-256 in hex of a text, or of another value's JSON."""
    text = value if isinstance(value, str) else json.dumps(value, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def seal(params: Mapping[str, Any]) -> dict[str, Any]:
    """The auth parameters with each secret sealed."""
    return {name: _sealed(value) if is_secret(name) else value for name, value in params.items()}


def reseal(params: Mapping[str, Any]) -> dict[str, Any]:
    """Sealed parameters as they come back from JSON, which knows no types of ours."""
    return {name: Sealed(value) if is_secret(name) else value for name, value in params.items()}


def are_accepted(params: Mapping[str, Any]) -> bool:
    """Whether the source would let these in: a mask sent back, `invalid`, `expired` or `revoked` is no credential."""
    return not any(isinstance(value, Sealed) and value in _REJECTED for value in params.values())


def _sealed(value: Any) -> Sealed:
    return value if isinstance(value, Sealed) else Sealed(digest(value))


_REJECTED = frozenset(digest(value) for value in _REJECTED_VALUES)
