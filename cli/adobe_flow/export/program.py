"""The Python program that declares connections, as `ruff format` and `mypy --strict` want it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adobe_flow.export.classes import snake_case
from adobe_flow.export.base_connections import Declared
from adobe_flow.export.literals import WIDTH, lines, literal

_HEAD = '''\
"""Base connections to sources, as `adobe-flow export` found them in Experience Platform."""

from __future__ import annotations

import pulumi
'''
_PLACES = """\
adobe = pulumi.Config("adobe")
PLACES = {{
    sandbox: pulumi.ResourceOptions(
        provider=FlowService(
            sandbox,
            org_id=adobe.require("orgId"),
            sandbox=sandbox,
            endpoint=adobe.get("endpoint"),
            ims_endpoint=adobe.get("imsEndpoint"),
            client_id=adobe.get("clientId"),
            client_secret=adobe.get_secret("clientSecret"),
            access_token=adobe.get_secret("accessToken"),
        ),
    )
    for sandbox in ({sandboxes})
}}
\"\"\"Where connections are made: the options of each, by the name of its sandbox.\"\"\"
"""
_QUIET = {"0.0.0.0": "S104", "::": "S104"}  # noqa: S104 - what ruff says of such a text
_PATHS = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - the same


def program(connections: Sequence[Declared], keys: Mapping[tuple[str, str], str], sandboxes: Sequence[str]) -> str:
    """The program; ``keys`` are the config keys of secrets by resource and parameter.

    Where ``sandboxes`` are named, each connection has the provider of its own.
    """
    several = bool(sandboxes)
    parts = [_imports(connections, several=several)]
    if keys:
        parts.append("config = pulumi.Config()\n")
    if several:
        parts.append(
            _PLACES.format(
                sandboxes="".join(f"{literal(each)}, " for each in sandboxes).removesuffix(
                    " " if len(sandboxes) == 1 else ", "
                )
            )
        )
    head = "\n".join(parts)
    bodies = ["\n".join([*_connection(each, keys, several=several), ""]) for each in connections]
    # A class that is defined or imported is two lines away from what follows; statements follow one another.
    return head + "\n" + "".join(bodies) if bodies else head


def _imports(connections: Sequence[Declared], *, several: bool) -> str:
    names = {name for each in connections for name in (each.way.kind, each.way.auth) if name}
    names |= {"Auth" for each in connections if not each.way.typed}
    names |= {"FlowService"} if several else set()
    if not names:
        return _HEAD.replace("\nimport pulumi\n", "")
    ordered = sorted(names, key=str.lower)
    line = f"from pulumi_adobe import {', '.join(ordered)}\n"
    if len(line) > WIDTH:
        line = "from pulumi_adobe import (\n" + "".join(f"    {name},\n" for name in ordered) + ")\n"
    uses_pulumi = several or any(each.secrets for each in connections)
    return (
        (_HEAD if uses_pulumi else _HEAD.replace("import pulumi\n\n", "").replace("import pulumi\n", "")) + "\n" + line
    )


def _connection(each: Declared, keys: Mapping[tuple[str, str], str], *, several: bool) -> Iterator[str]:
    yield f"{each.way.kind}("
    yield from _argument("", each.resource, 4)
    for name, value in each.way.more.items():
        if name != "validate":
            yield from _argument(f"{name}=", value, 4)
    yield from _argument("name=", each.name, 4)
    if each.description is not None:
        yield from _argument("description=", each.description, 4)
    if each.way.auth:
        yield f"    auth={each.way.auth}("
        yield from _typed(each, keys, 8)
        yield "    ),"
    elif each.way.typed:
        yield from _typed(each, keys, 4)
    else:
        yield from _auth(each, keys)
    if "validate" in each.way.more:
        yield from _argument("validate=", each.way.more["validate"], 4)
    if several:
        yield from _closed("opts=PLACES[", each.sandbox, "]")
    yield ")"


def _closed(before: str, value: str, after: str) -> list[str]:
    return [f"    {before}{literal(value)}{after},"]


def _typed(each: Declared, keys: Mapping[tuple[str, str], str], indent: int) -> Iterator[str]:
    for name in _ordered(each):
        yield from _parameter(each, f"{snake_case(name)}=", name, keys, indent)


def _auth(each: Declared, keys: Mapping[tuple[str, str], str]) -> Iterator[str]:
    yield "    auth=Auth("
    yield from _argument("", each.auth_spec, 8)
    names = _ordered(each)
    if not names:
        yield "        {},"
    else:
        yield "        {"
        for name in names:
            yield from _parameter(each, f"{literal(name)}: ", name, keys, 12)
        yield "        },"
    yield "    ),"


def _ordered(each: Declared) -> list[str]:
    return [*each.params, *(name for name in each.secrets if name not in each.params)]


def _parameter(each: Declared, before: str, name: str, keys: Mapping[tuple[str, str], str], indent: int) -> list[str]:
    if name not in each.secrets:
        return _argument(before, each.params[name], indent)
    key = literal(keys[each.resource, name])
    line = f"{' ' * indent}{before}config.require_secret({key}),"
    if len(line) <= WIDTH:
        return [line]
    return [f"{' ' * indent}{before}config.require_secret(", f"{' ' * (indent + 4)}{key},", f"{' ' * indent}),"]


def _argument(before: str, value: Any, indent: int) -> list[str]:
    written = lines(before, value, ",", indent)
    code = _QUIET.get(value) if isinstance(value, str) else None
    if isinstance(value, str) and value.startswith(_PATHS):
        code = "S108"
    if code and len(written) == 1:
        written = [f"{written[0]}  # noqa: {code} - as it is at the source"]
    return written
