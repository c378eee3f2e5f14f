"""The native plugin process among hostile texts and responses: no secret is shown, no id is lost, nothing crashes."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

import pytest
from pulumi.runtime.proto import provider_pb2 as pb

from tests.emulator_process import EmulatorProcess
from tests.hostile.attacks import ATTACKS
from tests.hostile.broken_service import CREATED_ID, BrokenService
from tests.hostile.native_process import NativeProcess
from tests.hostile.trials import CLIENT_SECRET
from tests.plugin.native.native_client import build_urn, list_secrets, reveal
from tests.plugin.native.test_calls import LAKE, SNOWFLAKE, SNOWFLAKE_INPUTS
from tests.plugin.plugin_process import to_struct
from tests.provider.lifecycle.world import ORG

pytestmark = pytest.mark.slow

_NUMBERS: Final = itertools.count(1)
SECRET: Final = 'dapi-planted+/="\\ 4f1d'
INPUTS: Final[dict[str, Any]] = {
    "name": "Lake",
    "domain": "https://adb-1.7.azuredatabricks.net",
    "clusterId": "0612-200003-abc123",
    "accessToken": SECRET,
    "database": "acme-db",
}
SHOWN_FORMS: Final = ("planted", "emulator-client-secret", "Traceback", "Exception calling", 'File "', "\x1b", "\u202e")
"""What no message may have: secrets, the marks of a crash, and what a terminal would obey."""

QUICK_ATTACKS: Final = [name for name in ATTACKS if not name.startswith(("dripping", "silence", "a 103 and silence"))]
"""Those that end by themselves; the others wait for the timeout of the transport, which is below the adapters."""

STRANGE_TEXTS: Final = (
    "a\x1b[2J\x07b",
    "\x00",
    "\u202egpj.exe",
    "line\r\nline\u2028line",
    "\U0001f600 é 한 \ufeff\ufffe",
    "${adobe:clientSecret} {{x}} %s $(id) `id` '; --",
    "a::b$c/../d",
    "04da6b54-80e4-46f7-96ec",
    "4dabf18193072939515e22adb298388d",
    "x" * 200_000,
    "null",
)


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NativeProcess]:
    started = NativeProcess(tmp_path_factory.mktemp("native"), build_config("http://127.0.0.1:9"))
    # The first call imports what sends requests, which would use up the short timeout of an attack.
    started.find_error(lambda: started.create(LAKE, INPUTS))
    yield started
    started.stop()


@pytest.fixture
def provider(process: NativeProcess, emulator: EmulatorProcess) -> NativeProcess:
    """The process, which uses the emulator."""
    begin_run(process, emulator)
    process.take_texts()
    return process


def begin_run(process: NativeProcess, emulator: EmulatorProcess) -> None:
    """Configure the process anew with settings that it has not had: claims and caches of before do not count."""
    changed = {"clientSecret": "emulator-client-secret", "timeout": str(4 + next(_NUMBERS) / 1000)}
    process.configure({**build_config(emulator.url), **changed})


def build_config(url: str) -> dict[str, str]:
    return {
        "endpoint": url,
        "imsEndpoint": url,
        "orgId": ORG,
        "sandbox": "dev",
        "clientId": "emulator-client-id",
        "clientSecret": CLIENT_SECRET,
        "test": "off",
        "timeout": "2",
    }


def require_clean(text: str) -> None:
    assert [form for form in SHOWN_FORMS if form in text] == [], text[:2000]


@pytest.mark.parametrize("attack", QUICK_ATTACKS)
def test_attacked_create_keeps_its_id_and_attacked_calls_show_no_secret(process: NativeProcess, attack: str) -> None:
    with BrokenService("create", ATTACKS[attack]).run() as url:
        process.configure(build_config(url))
        id_, outputs = process.create(LAKE, INPUTS)
    calls = {
        "get": lambda: process.read(LAKE, id_, outputs, INPUTS),
        "update": lambda: process.update(LAKE, id_, outputs, {**INPUTS, "clusterId": "other"}),
        "token": lambda: process.create(LAKE, INPUTS),
    }
    texts = []
    for place, call in calls.items():
        service = BrokenService(place, ATTACKS[attack])
        service.connections.append({"id": CREATED_ID, "etag": '"1"', "state": "enabled", "name": "Lake"})
        with service.run() as url:
            process.configure(build_config(url))
            texts.append(process.find_error(call))

    assert id_ == CREATED_ID
    require_clean("\n".join([*texts, process.take_texts()]))


@pytest.mark.parametrize("text", STRANGE_TEXTS, ids=lambda text: repr(text[:12]))
def test_strange_text_is_refused_or_kept_as_it_is(
    provider: NativeProcess, emulator: EmulatorProcess, text: str
) -> None:
    given = {**INPUTS, "name": f"n{text}", "description": text, "clusterId": f"c{text}", "accessToken": f"t{text}"}
    checked, problems = provider.check(LAKE, given)
    require_clean("\n".join(problems))
    if problems:
        return

    created: list[tuple[str, dict[str, Any]]] = []
    error = provider.find_error(lambda: created.append(provider.create(LAKE, checked)))

    for id_, outputs in created:
        assert [entity["id"] for entity in emulator.connections()] == [id_]
        assert provider.diff(LAKE, id_, outputs, checked).changes == pb.DiffResponse.DIFF_NONE
        _, read, _ = provider.read(LAKE, id_, outputs, checked)
        assert (read["name"], read["description"]) == (outputs["name"], outputs["description"])
    assert created or emulator.connections() == []
    require_clean(error + provider.take_texts())


@pytest.mark.parametrize("status", [400, 403])
def test_echoed_secret_is_in_no_error_of_any_call(
    provider: NativeProcess, emulator: EmulatorProcess, status: int
) -> None:
    id_, outputs = provider.create(LAKE, INPUTS)
    snowflake, snowflake_outputs = provider.create(SNOWFLAKE, SNOWFLAKE_INPUTS)
    begin_run(provider, emulator)
    secrets = [SECRET, SNOWFLAKE_INPUTS["params"]["connectionString"], "emulator-client-secret"]
    echo = {"errorMessage": f"{' '.join(secrets)} {json.dumps(secrets)} \x1b[2J", secrets[0]: {secrets[1]: secrets[2]}}
    calls = {
        "GET /connections/{id}": lambda: provider.read(LAKE, id_, outputs, INPUTS),
        "GET /connections": lambda: provider.invoke("findConnection", {"name": SECRET}),
        "PATCH /connections/{id}": lambda: provider.update(LAKE, id_, outputs, {**INPUTS, "clusterId": "other"}),
        "POST /connections": lambda: provider.create(
            build_urn("DatabricksSourceConnection", "b"), {**INPUTS, "name": "b"}
        ),
        "DELETE /connections/{id}": lambda: provider.delete(SNOWFLAKE, snowflake, snowflake_outputs),
    }

    errors = []
    for route, call in calls.items():
        emulator.fault(route, status=status, body=echo, times=9)
        errors.append(provider.find_error(call))
        emulator.clear_faults()

    assert all(errors), errors
    require_clean("\n".join([*errors, provider.take_texts()]))


@pytest.mark.parametrize(
    "members",
    [
        {"etag": {"a": 1}},
        {"etag": 7, "name": 7, "description": ["x"], "state": {"x": 1}},
        {"auth": [], "connectionSpec": "x"},
        {"auth": {"specName": 5, "params": [SECRET]}},
        {"auth": {"params": {"clusterId": 10**400, "domain": {"x": {"y": SECRET}}, SECRET: SECRET}}},
        {"name": SECRET, "description": f"was {SECRET}\x1b[2J"},
        {"id": 7},
        {"id": {"x": 1}},
        {"createdAt": 10**30, "version": "\ud800", "name": "\ud800 \x00"},
        {"params": {"a": [[[[[[[[[]]]]]]]]]}, "sandboxName": None, "imsOrgId": {}},
    ],
    ids="-".join,
)
def test_read_of_a_malformed_entity_ends_with_a_clean_error_or_a_state_with_secrets_marked(
    provider: NativeProcess, emulator: EmulatorProcess, members: dict[str, Any]
) -> None:
    id_, outputs = provider.create(LAKE, INPUTS)
    (entity,) = emulator.connections()
    body = json.dumps({"items": [{**entity, **members}]})
    emulator.fault("GET /connections/{id}", status=200, rawBody=body, times=9)
    responses: list[pb.ReadResponse] = []

    def read(prior: dict[str, Any]) -> None:
        inputs = INPUTS if prior else {}
        request = pb.ReadRequest(urn=LAKE, id=id_, properties=to_struct(prior), inputs=to_struct(inputs))
        responses.append(provider.stub.Read(request))

    errors = [provider.find_error(partial(read, prior)) for prior in (outputs, {})]

    require_clean("\n".join([*errors, provider.take_texts()]))
    for response in responses:
        assert response.id == id_
        secrets = list_secrets(response.properties)
        shown = {name: value for name, value in reveal(response.properties).items() if name not in secrets}
        assert "planted" not in json.dumps(shown)


@pytest.mark.parametrize(
    "body",
    [{}, [], "planted", {"id": None}, {"id": 7, "etag": 5}, {"id": {"x": 1}}, {"id": 10**400}],
    ids=json.dumps,
)
def test_create_with_a_malformed_response_finds_what_it_created(
    provider: NativeProcess, emulator: EmulatorProcess, body: Any
) -> None:
    """The service has created the connection, and its answer is replaced."""
    emulator.fault("POST /connections", status=201, body=body, afterEffect=True)
    created: list[tuple[str, dict[str, Any]]] = []

    error = provider.find_error(lambda: created.append(provider.create(LAKE, INPUTS)))

    require_clean(error + provider.take_texts())
    (connection,) = emulator.connections()
    assert [id_ for id_, _ in created] == [connection["id"]], error


@pytest.mark.parametrize(
    "given",
    [
        {**SNOWFLAKE_INPUTS, "params": "planted"},
        {**SNOWFLAKE_INPUTS, "params": [{"connectionString": SECRET}]},
        {**SNOWFLAKE_INPUTS, "params": {"connectionString": {"planted": SECRET}}},
        {**SNOWFLAKE_INPUTS, "source": {"planted": SECRET}},
        {**SNOWFLAKE_INPUTS, "source": ["planted"]},
        {**SNOWFLAKE_INPUTS, "authSpec": ["planted"]},
        {**SNOWFLAKE_INPUTS, "authSpec": {"a": 1}},
        {**SNOWFLAKE_INPUTS, "name": float("inf")},
        {**SNOWFLAKE_INPUTS, "name": float("nan"), "description": {}},
        {"connectionSpec": "x", "name": "n"},
        {"connectionSpec": {"id": ["x"]}, "name": "n"},
        {"connectionSpec": {"id": 7, "version": {}}, "name": "n", "params": {"": SECRET}},
        {f"access\x1b[2J{SECRET}": SECRET},
        {},
    ],
    ids=range(14),
)
def test_malformed_inputs_are_problems_without_a_crash_or_a_secret(
    provider: NativeProcess, emulator: EmulatorProcess, given: dict[str, Any]
) -> None:
    problems: list[str] = []
    error = provider.find_error(lambda: problems.extend(provider.check(SNOWFLAKE, given)[1]))

    assert problems or error
    assert "defect" not in error
    assert emulator.connections() == []
    require_clean("\n".join([*problems, error, provider.take_texts()]))


@pytest.mark.parametrize(
    "urn", ["", "planted", "urn:pulumi:dev::p::adobe:index:Nothing::x", "::::", "urn:pulumi:a\x1b::b"]
)
def test_malformed_urn_is_a_clean_error(provider: NativeProcess, urn: str) -> None:
    calls = [lambda: provider.check(urn, INPUTS), lambda: provider.create(urn, INPUTS), lambda: provider.read(urn, "x")]

    errors = [provider.find_error(call) for call in calls]

    assert all(errors)
    require_clean("\n".join(errors).replace("planted", ""))


@pytest.mark.parametrize("key", ["clientSecret", "orgId", "endpoint", "timeout", "adopt", "planted-key"])
@pytest.mark.parametrize("value", ["\x1b[2J", "\x00", SECRET, {"planted": SECRET}, [SECRET], 5, "x" * 100_000])
def test_hostile_config_is_a_clean_problem_or_accepted(process: NativeProcess, key: str, value: Any) -> None:
    config = {**build_config("http://127.0.0.1:9"), key: value}
    request = pb.CheckRequest(urn="urn:pulumi:dev::p::pulumi:providers:adobe::default", news=to_struct(config))
    problems: list[str] = []

    error = process.find_error(
        lambda: problems.extend(failure.reason for failure in process.stub.CheckConfig(request).failures)
    )

    # Only the client secret is a secret of the config; what is no secret may be named.
    text = "\n".join([*problems, error, process.take_texts()])
    require_clean(text if key == "clientSecret" else text.replace("planted", ""))
