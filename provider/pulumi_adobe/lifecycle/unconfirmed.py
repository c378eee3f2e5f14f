"""The secrets of a connection that was adopted by the state alone: declared, but never sent by this stack.

Flow Service masks secrets, so whether the declared one is the right one is not known before it was sent and tried.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pulumi_adobe.declaration import CONFIRMED, UNKNOWN, Declaration, Properties
from pulumi_adobe.lifecycle.difference import PARAMETERS, PARAMETERS_POINTER, Difference, completed, difference


def with_secrets(
    declaration: Declaration, olds: Mapping[str, Any], news: Mapping[str, Any], *, send: bool
) -> Difference:
    """The difference; where the secrets were never sent, it says so or, if asked to ``send`` them, sends them.

    What was not adopted by the state has nothing unconfirmed, and its difference is the plain one.
    """
    found = difference(declaration, olds, news)
    secrets = tuple(name for name, _ in declaration.secrets(news))
    if olds.get(CONFIRMED) is not False or not secrets or found.replaces:
        return found
    if found.changes_authentication:
        # They go along for the first time, which after a refused etag is as much as a change of them.
        return replace(found, secrets=secrets)
    if not send or any(news[name] is UNKNOWN for name in secrets):
        return replace(found, unconfirmed=secrets)
    value = declaration.body(news)[PARAMETERS[0]][PARAMETERS[1]]
    operation = completed({"op": "replace", "path": PARAMETERS_POINTER, "value": value}, olds)
    return replace(found, operations=(*found.operations, operation), secrets=secrets)


def confirmed(kept: Mapping[str, Any], sent: Difference) -> Properties:
    """The outputs that an update keeps, once it has sent this."""
    known = CONFIRMED in kept and sent.changes_authentication
    return {**kept, CONFIRMED: True} if known else dict(kept)


def kept_unconfirmed(olds: Mapping[str, Any]) -> Properties:
    """What the old outputs say of it, which no answer of the service does."""
    return {CONFIRMED: olds[CONFIRMED]} if CONFIRMED in olds else {}
