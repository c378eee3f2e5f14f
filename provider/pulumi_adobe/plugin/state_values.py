"""Property values as Pulumi writes them into states, plans and import files, and into the calls of providers.

A secret is an object with a mark; what only an update will know is a text of its own.
Pulumi: `sdk/go/common/resource/sig` and `pkg/resource/stack/deployment.go`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from pulumi_adobe.schema.values import UNKNOWN

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
"""The member whose value says what an object stands for: a secret, an asset, an archive or a resource."""

SECRET_MARK: Final = {SIGNATURE: "1b47061264138c4ac30d75fd1eb44270"}
"""The member by which Pulumi knows an object that stands for a secret."""

UNKNOWN_TEXT: Final = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
"""What stands for a text that only an update will know; it stands for a value of any other type too."""

UNKNOWN_TEXTS: Final = frozenset(
    {
        UNKNOWN_TEXT,
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # of true or false
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # of a number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # of a list
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # of an object
    }
)
"""What stands for a value that only an update will know, by the type of the value."""

PICKLED_PROVIDER: Final = "__provider"
"""The property by which Pulumi's SDK finds the code of a dynamic provider. A stack that moved to the native adapter
keeps it, for the way back."""

_CIPHERTEXT: Final = "ciphertext"
_ABSENT: Final = object()


def is_secret(value: Any) -> bool:
    """Return whether a value stands for a secret."""
    return isinstance(value, Mapping) and SECRET_MARK.items() <= value.items()


def find_ciphertexts(value: Any) -> Iterator[str]:
    """Return the ciphertext of each secret in a value; an empty one for a secret that has none."""
    if is_secret(value):
        yield _get_ciphertext(value)
    else:
        for member in _list_members(value):
            yield from find_ciphertexts(member)


def find_texts(value: Any) -> Iterator[str]:
    """Return the texts in a value; the names of members are none."""
    if isinstance(value, str):
        yield value
    for member in _list_members(value):
        yield from find_texts(member)


def reveal(value: Any, clear: Mapping[str, Any]) -> Any:
    """Return the value with its secrets in clear, and `UNKNOWN` in the place of what only an update will know.

    ``clear`` has the value of each ciphertext. A secret whose ciphertext it lacks is unknown.
    """
    if is_secret(value):
        return reveal(clear.get(_get_ciphertext(value), UNKNOWN), clear)
    if isinstance(value, Mapping):
        return {key: reveal(member, clear) for key, member in value.items()}
    if isinstance(value, list):
        return [reveal(item, clear) for item in value]
    return UNKNOWN if isinstance(value, str) and value in UNKNOWN_TEXTS else value


def is_known(value: Any) -> bool:
    """Return whether no part of a revealed value is `UNKNOWN`."""
    return value is not UNKNOWN and all(is_known(member) for member in _list_members(value))


def keep_encrypted(
    properties: Mapping[str, Any],
    revealed: Mapping[str, Any],
    encrypted: Mapping[str, Any],
    contains_secret: Callable[[str], bool],
) -> dict[str, Any]:
    """Return the properties with the ciphertexts of what the program declares as secrets.

    A value that differs from the declared secret in its place is left out, and so is one that contains another secret:
    nothing here can encrypt it.

    Args:
        properties: The properties in clear.
        revealed: What the program declares, in clear.
        encrypted: The same with its secrets encrypted.
        contains_secret: Whether a known secret is in a text.
    """
    kept = {
        name: _keep_encrypted(value, revealed.get(name), encrypted.get(name), contains_secret)
        for name, value in properties.items()
    }
    return {name: value for name, value in kept.items() if value is not _ABSENT}


def _keep_encrypted(value: Any, revealed: Any, encrypted: Any, contains_secret: Callable[[str], bool]) -> Any:
    if isinstance(value, Mapping) and not is_secret(encrypted):
        are_objects = isinstance(revealed, Mapping) and isinstance(encrypted, Mapping)
        return keep_encrypted(value, revealed if are_objects else {}, encrypted if are_objects else {}, contains_secret)
    if any(True for _ in find_ciphertexts(encrypted)):
        return encrypted if value == revealed else _ABSENT
    return _ABSENT if value != revealed and any(map(contains_secret, find_texts(value))) else value


def _get_ciphertext(secret: Mapping[str, Any]) -> str:
    ciphertext = secret.get(_CIPHERTEXT)
    return ciphertext if isinstance(ciphertext, str) else ""


def _list_members(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, Mapping) else value if isinstance(value, list) else []
