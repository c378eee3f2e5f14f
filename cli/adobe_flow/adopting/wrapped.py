"""Property values as a state holds them: secrets in a wrapping, values that only an update will know as a marker.

Pulumi: `sdk/go/common/resource/sig` and `pkg/resource/stack/deployment.go` (the signature of secrets, the placeholder
of computed values).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from adobe_flow.documents import parse_document

SIGNATURE: Final = "4dabf18193072939515e22adb298388d"
_OF_SECRETS: Final = "1b47061264138c4ac30d75fd1eb44270"
_UNKNOWN: Final = frozenset(
    {
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",  # of a text
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",  # of true or false
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",  # of a number
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",  # of a list
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",  # of an object
    }
)


def is_secret(value: Any) -> bool:
    """Whether a value of a state is a secret, encrypted or not."""
    return isinstance(value, Mapping) and value.get(SIGNATURE) == _OF_SECRETS


def plain(value: Any) -> Any:
    """The value itself, without the wrapping of the secrets in it; these must have been decrypted."""
    if is_secret(value):
        return plain(parse_document(value["plaintext"]))
    if isinstance(value, Mapping):
        return {key: plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [plain(member) for member in value]
    return value


def is_unknown(value: Any) -> bool:
    """Whether only an update will know the value, or a part of it; of a secret that is encrypted it cannot be told."""
    if is_secret(value) and "plaintext" not in value:
        return False
    bare = plain(value)
    if isinstance(bare, Mapping):
        return any(is_unknown(member) for member in bare.values())
    if isinstance(bare, list):
        return any(is_unknown(member) for member in bare)
    return isinstance(bare, str) and bare in _UNKNOWN


def known(properties: Mapping[str, Any]) -> dict[str, Any]:
    """The properties without what only an update will know; of an object, the members that are known stay."""
    kept: dict[str, Any] = {}
    for name, value in properties.items():
        if isinstance(value, Mapping) and not is_secret(value):
            kept[name] = known(value)
        elif not is_unknown(value):
            kept[name] = value
    return kept


def unknown_names(properties: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """What `known` leaves out, with a dot between an object and its member."""
    for name, value in properties.items():
        if isinstance(value, Mapping) and not is_secret(value):
            yield from unknown_names(value, f"{at}{name}.")
        elif is_unknown(value):
            yield f"{at}{name}"


def secret_names(properties: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """The secrets among the properties."""
    for name, value in properties.items():
        if is_secret(value):
            yield f"{at}{name}"
        elif isinstance(value, Mapping):
            yield from secret_names(value, f"{at}{name}.")


def differing(there: Mapping[str, Any], declared: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """The properties, known ones alone, in which two sides differ."""
    for name in dict.fromkeys((*declared, *there)):
        ours, theirs = declared.get(name), there.get(name)
        objects = [isinstance(each, Mapping) and not is_secret(each) for each in (ours, theirs)]
        if all(objects) and ours is not None and theirs is not None:
            yield from differing(theirs, ours, f"{at}{name}.")
        elif not is_unknown(ours) and plain(ours) != plain(theirs):
            yield f"{at}{name}"
