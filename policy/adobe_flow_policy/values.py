"""Values as Pulumi hands them to a policy pack, turned into plain ones that a rule may ask anything.

`pulumi_policy` gives a preview's unknown values as objects that raise when they are read, to a remediation as texts of
its own, and marks secrets to a remediation alone (seen with the engine 3.259.0, pulumi-policy 1.21.0).
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


class Hidden:
    """Stands where a secret is: a rule may know that there is one."""

    def __repr__(self) -> str:
        return "[secret]"


HIDDEN: Final = Hidden()


def plain(value: Any) -> Any:
    """Dicts, lists, texts, numbers and booleans; `UNKNOWN` where a value will be known only by the update."""
    if isinstance(value, Secret):
        return plain(value.value)
    if isinstance(value, str):
        return UNKNOWN if value in _UNKNOWN_TEXTS else value
    if isinstance(value, Mapping):
        return {str(key): _member(value, key) for key in value}
    if isinstance(value, Sequence):
        return [_member(value, index) for index in range(len(value))]
    return value


def quoted(text: str) -> str:
    """As messages show a text: on one line, and in a form in which a secret is found and taken out."""
    return json.dumps(text, ensure_ascii=False)


def texts(value: Any) -> Iterator[str]:
    """Every text in a plain value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from texts(member)


def _member(container: Any, key: Any) -> Any:
    try:
        return plain(container[key])
    except proxy.UnknownValueError:
        return UNKNOWN
