"""A service that returns a secret where it does not belong: no message shows it, and the state has it encrypted."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.plugin import process as plugin_process
from pulumi_adobe.plugin.messages import REDACTOR
from pulumi_adobe.plugin.secret_outputs import mark_secret_outputs
from pulumi_adobe.resources.databricks import DatabricksSourceConnectionProvider
from tests.emulator_process import EmulatorProcess
from tests.provider.lifecycle.world import READ_ROUTE, SECRET
from tests.provider.plugin.dynamic.test_provider import PICKLED, config, configure, create, properties_of, provider

__all__ = ["config", "provider"]

MARK = "4dabf18193072939515e22adb298388d"
ECHO = f"x {SECRET} \x1b[2J y"


def entity(emulator: EmulatorProcess, **changed: Any) -> dict[str, Any]:
    """Return the answer to a GET of the one connection, with other members."""
    (kept,) = emulator.connections()
    params = {**kept["auth"]["params"], **changed.pop("params", {})}
    return {"items": [{**kept, "auth": {**kept["auth"], "params": params}, **changed}]}


def in_clear(value: Any) -> str:
    """Return what the engine stores in clear."""
    if isinstance(value, dict):
        return " ".join(in_clear(each) for each in value.values()) if MARK not in value else ""
    return json.dumps(value)


def restart(provider: DatabricksSourceConnectionProvider) -> None:
    """Begin another process, which knows no secret yet."""
    plugin_process._CONTEXTS.clear()  # noqa: SLF001 - there is no other way to begin one
    REDACTOR.__init__()  # type: ignore[misc]  # the same
    configure(provider, dict(provider._process._config))  # noqa: SLF001 - the same


def assert_not_shown(error: object, capsys: pytest.CaptureFixture[str]) -> None:
    shown = f"{error}\n{capsys.readouterr().out}"
    assert SECRET not in shown
    assert "emulator-client-secret" not in shown
    assert "\x1b" not in shown
    assert "[secret]" in shown


@pytest.mark.parametrize(
    "members", [{"state": "failed", "errorMessage": ECHO}, {"state": f"failed {ECHO}"}], ids=["message", "state"]
)
def test_a_connection_that_fails_shows_no_secret(
    members: dict[str, Any],
    provider: DatabricksSourceConnectionProvider,
    emulator: EmulatorProcess,
    capsys: pytest.CaptureFixture[str],
) -> None:
    id_, _ = create(provider, properties_of())
    emulator.fault(READ_ROUTE, status=200, times=9, body=entity(emulator, **members))

    with pytest.raises(AdobeError) as raised:
        provider.update(id_, {}, properties_of())

    assert_not_shown(raised.value, capsys)


def test_a_conflict_shows_no_secret_of_the_foreign_value(
    provider: DatabricksSourceConnectionProvider, emulator: EmulatorProcess, capsys: pytest.CaptureFixture[str]
) -> None:
    id_, outputs = create(provider, properties_of())
    emulator.foreign_edit(id_, [{"op": "add", "path": "/description", "value": ECHO}])
    restart(provider)

    with pytest.raises(AdobeError) as raised:
        provider.update(id_, outputs, properties_of(clusterId="new"))

    assert_not_shown(raised.value, capsys)


def test_the_author_of_an_existing_connection_is_shown_without_secret(
    provider: DatabricksSourceConnectionProvider, emulator: EmulatorProcess, capsys: pytest.CaptureFixture[str]
) -> None:
    create(provider, properties_of())
    restart(provider)
    emulator.fault("GET /connections", status=200, body=entity(emulator, createdBy=ECHO), times=9)

    with pytest.raises(AdobeError) as raised:
        provider.create(properties_of())

    assert_not_shown(raised.value, capsys)


def test_a_deletion_names_a_dataflow_without_secret(
    provider: DatabricksSourceConnectionProvider, emulator: EmulatorProcess, capsys: pytest.CaptureFixture[str]
) -> None:
    id_, outputs = create(provider, properties_of())
    restart(provider)
    flow = {"id": "f", "name": ECHO, "state": "enabled", "inheritedAttributes": used(id_)}
    emulator.fault("GET /flows", status=200, body={"items": [flow]})

    with pytest.raises(AdobeError) as raised:
        provider.delete(id_, outputs)

    assert_not_shown(raised.value, capsys)


def used(id_: str) -> dict[str, Any]:
    return {"sourceConnections": [{"id": "s", "baseConnection": {"id": id_}}]}


def test_a_foreign_change_of_a_refresh_is_shown_without_secret(
    provider: DatabricksSourceConnectionProvider, emulator: EmulatorProcess, capsys: pytest.CaptureFixture[str]
) -> None:
    id_, outputs = create(provider, properties_of())
    restart(provider)
    emulator.fault(READ_ROUTE, status=200, body=entity(emulator, etag='"other"', updatedBy=ECHO))

    provider.read(id_, outputs)

    assert_not_shown("", capsys)


ECHOES: list[dict[str, Any]] = [
    {"params": {"jdbcUrl": f"jdbc:spark://host;PWD={SECRET}"}},
    {"createdBy": f"by {SECRET}"},
    {"state": f"enabled {SECRET}"},
    {"etag": f'"{SECRET}"'},
    {"sandboxName": f"dev {SECRET}"},
    {"imsOrgId": f"org {SECRET}"},
    {"description": f"with {SECRET}"},
]
each_member = pytest.mark.parametrize("echo", ECHOES, ids=lambda echo: next(iter(echo)))


@each_member
def test_outputs_of_a_refresh_have_no_secret_in_clear(
    echo: dict[str, Any], provider: DatabricksSourceConnectionProvider, emulator: EmulatorProcess
) -> None:
    id_, outputs = create(provider, properties_of())
    emulator.fault(READ_ROUTE, status=200, body=entity(emulator, **echo))

    result = provider.read(id_, outputs)

    stored = {name: value for name, value in (result.outs or {}).items() if name != "accessToken"}
    assert SECRET in json.dumps(stored)
    assert SECRET not in in_clear(stored)
    assert SECRET not in in_clear({name: value for name, value in (result.inputs or {}).items() if name in stored})


@each_member
def test_outputs_of_a_create_have_no_secret_in_clear(
    echo: dict[str, Any], provider: DatabricksSourceConnectionProvider, emulator: EmulatorProcess
) -> None:
    create(provider, properties_of())
    body = entity(emulator, **echo)
    emulator.reset()
    restart(provider)
    emulator.fault(READ_ROUTE, status=200, body=body)
    emulator.fault("POST /connections", status=201, body={"id": body["items"][0]["id"], "etag": '"1"'})

    _, outputs = create(provider, properties_of())

    assert SECRET not in in_clear({name: value for name, value in outputs.items() if name != "accessToken"})


def test_a_parameter_that_the_service_added_is_sent_back(
    provider: DatabricksSourceConnectionProvider, emulator: EmulatorProcess
) -> None:
    """The engine passes a marked value back without its mark."""
    id_, outputs = create(provider, properties_of())
    url = f"jdbc:spark://host;PWD={SECRET}"
    prior = {**outputs, "serverParams": {"jdbcUrl": url, "port": 443}}

    updated = provider.update(id_, prior, properties_of(clusterId="new")).outs or {}

    (patch,) = [each for each in emulator.journal() if each["method"] == "PATCH"]
    assert patch["body"][0]["value"]["port"] == 443
    assert "jdbcUrl" in patch["body"][0]["value"]
    assert updated["serverParams"] == {"jdbcUrl": {MARK: MARK_OF_SECRETS, "value": url}, "port": 443}
    assert provider.diff(id_, {**prior, **PICKLED}, properties_of()).changes is False


MARK_OF_SECRETS = "1b47061264138c4ac30d75fd1eb44270"


def contains(text: str) -> bool:
    return SECRET in text


@pytest.mark.parametrize(
    ("outputs", "marked"),
    [
        ({"a": ["x", SECRET]}, "a"),
        ({"a": {SECRET: "x"}}, "a"),
        ({"a": [{"b": SECRET}]}, "a"),
    ],
)
def test_a_list_and_an_object_with_a_secret_name_are_marked_as_a_whole(outputs: dict[str, Any], marked: str) -> None:
    assert mark_secret_outputs(outputs, {}, contains)[marked][MARK] == MARK_OF_SECRETS


def test_inputs_of_the_program_are_not_changed_by_redaction() -> None:
    declared: dict[str, Any] = {"description": SECRET, "params": {"password": SECRET}, "list": [SECRET]}
    keep: Callable[[dict[str, Any]], dict[str, Any]] = lambda given: mark_secret_outputs(given, declared, contains)  # noqa: E731

    assert keep(declared) == declared
