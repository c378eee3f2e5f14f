"""Conversion of the values that Pulumi passes to a policy pack into plain ones.

`pulumi_policy` passes the unknown values of a preview to a validation as objects that raise when they are read, and
to a remediation as special texts. It marks secrets only for a remediation (engine 3.259.0, pulumi-policy 1.21.0).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from pulumi_policy import Secret, proxy

from pulumi_adobe.schema.values import UNKNOWN

_UNKNOWN_TEXTS: Final = frozenset(
    value for name, value in vars(proxy).items() if name.startswith("UNKNOWN_") and isinstance(value, str)
)


class HiddenValue:
    """The value in place of a secret, so that a rule can see that there is one."""

    def __repr__(self) -> str:
        return "[secret]"


HIDDEN: Final = HiddenValue()


def to_plain(value: Any) -> Any:
    """Convert a value to dicts, lists, texts, numbers and booleans, with `UNKNOWN` for unknown values."""
    if isinstance(value, Secret):
        return to_plain(value.value)
    if isinstance(value, str):
        return UNKNOWN if value in _UNKNOWN_TEXTS else value
    if isinstance(value, Mapping):
        return {str(key): _read_member(value, key) for key in value}
    if isinstance(value, Sequence):
        return [_read_member(value, index) for index in range(len(value))]
    return value


def quote(text: str) -> str:
    """Quote a text for a message: on one line, and in a form in which redaction finds a secret."""
    return json.dumps(text, ensure_ascii=False)


def iterate_texts(value: Any) -> Iterator[str]:
    """Yield every text in a plain value, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from iterate_texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from iterate_texts(member)


def _read_member(container: Any, key: Any) -> Any:
    try:
        return to_plain(container[key])
    except proxy.UnknownValueError:
        return UNKNOWN
