"""The entries of a stack's config: objects under a key, and the secrets that no message shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from adobe_flow.documents import parse_document
from adobe_flow.problem import Problem
from adobe_flow.safe_output import REDACTOR
from pulumi_adobe.secret_values import validate_secret

_SECRET_KEY: Final = re.compile(r"(secret|token|password|key)s?$", re.IGNORECASE)


def read_config_object(config: Mapping[str, str], key: str, stack: str) -> dict[str, Any]:
    """Return the object under a key of the stack's config; an empty one where there is no such key. Raises Problem."""
    try:
        entries = parse_document(config.get(key, "{}"))
    except ValueError:
        entries = None
    if not isinstance(entries, dict):
        name = key.rpartition(":")[2]
        raise Problem(
            f"{name} in the config of {stack} is not an object.", "Correct it; __main__.py says what it holds."
        )
    return entries


def add_secret(key: str, entry: Mapping[str, Any]) -> None:
    """Add the secret of a config entry to the texts that no message shows.

    Pulumi does not say which members of an object are secrets, so the name of the key decides.
    """
    value = entry.get("objectValue", entry.get("value"))
    if entry.get("secret") and (isinstance(value, str) or _SECRET_KEY.search(key)):
        for text in _list_texts(value):
            if validate_secret(text) is None:
                REDACTOR.add_secret(text)


def _list_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (Mapping, list)):
        for member in value.values() if isinstance(value, Mapping) else value:
            yield from _list_texts(member)
