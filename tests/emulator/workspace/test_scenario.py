"""The scenario of a workspace: clusters, the tables that a connection shows, and the permission to explore."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import requests

from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.workspace.scenario import parse_scenario, read_scenario
from tests.emulator.adobe_client import CLIENT, OTHER_CLIENT, TOKEN, AdobeClient, code_of, lake_with
from tests.emulator.dataflows.way import Way, source
from tests.emulator_process import EmulatorProcess


def _explore(adobe: AdobeClient, id_: str, table: str = "") -> requests.Response:
    query = {"objectType": "table", "object": table} if table else {"objectType": "root"}
    return adobe.get(f"/connections/{id_}/explore", **query)


@pytest.mark.parametrize("answer", ["1308-400", "1100-400", "1103-503"])
def test_stopped_cluster_answers_no_exploration(adobe: AdobeClient, emulator: EmulatorProcess, answer: str) -> None:
    emulator.switch(stopped_cluster=answer)
    emulator.set_scenario(clusters={"c-1": "stopped", "c-2": "running"})

    root, table = (_explore(adobe, adobe.create()["id"], name) for name in ("", "acme.orders"))
    other = _explore(adobe, adobe.create(lake_with(clusterId="c-2"))["id"])

    assert root.status_code == table.status_code == int(answer[-3:])
    assert answer in code_of(root)
    assert other.status_code == 200


def test_connection_lists_the_tables_of_its_catalog(adobe: AdobeClient, emulator: EmulatorProcess) -> None:
    views = [
        {"where": {"catalog": "main"}, "show": ["acme.c*"]},
        {"where": {"catalog": ""}, "show": ["acme.orders"]},
    ]
    emulator.set_scenario(tables=views)
    main, none, other = (adobe.create(lake_with(catalog=catalog))["id"] for catalog in ("main", None, "other"))

    assert [[table["path"] for table in _explore(adobe, id_).json()] for id_ in (main, none, other)] == [
        ["acme.customers"],
        ["acme.orders"],
        [],
    ]
    assert _explore(adobe, main, "acme.orders").status_code == 400
    assert _explore(adobe, none, "acme.orders").status_code == 200


@pytest.mark.parametrize(
    ("forbidden", "code"), [({"accessTokens": [TOKEN]}, "CONNECTOR-1106-403"), ({"clients": [CLIENT]}, "2118-403")]
)
def test_token_or_client_without_permission_cannot_explore(
    adobe: AdobeClient, emulator: EmulatorProcess, forbidden: dict[str, list[str]], code: str
) -> None:
    id_ = adobe.create()["id"]
    emulator.set_scenario(withoutExplore=forbidden)

    response = _explore(adobe, id_)

    assert (response.status_code, code_of(response)) == (403, code)
    with AdobeClient(emulator.url, OTHER_CLIENT, "emulator-other-client-secret") as other:
        allowed = _explore(other, other.create(lake_with(accessToken="another"))["id"])
    assert allowed.status_code == 200


def test_run_fails_if_its_connection_cannot_see_the_table(adobe: AdobeClient, emulator: EmulatorProcess) -> None:
    way = Way(adobe)
    flow = way.made("/flows", way.flow())
    emulator.set_scenario(tables=[{"where": {"catalog": "main"}, "show": ["*"]}])

    emulator.turn_clock(120)

    (run,) = way.runs(flow)
    assert run["metrics"]["statusSummary"]["status"] == "failed"


def test_reset_clears_the_scenario(emulator: EmulatorProcess) -> None:
    emulator.set_scenario(clusters={"c-1": "stopped"})
    emulator.reset()

    with AdobeClient(emulator.url) as client:
        assert _explore(client, client.create()["id"]).status_code == 200


def test_scenario_file_in_the_workspace_folder_is_read_on_each_use(tmp_path: Path) -> None:
    assert not read_scenario(tmp_path).is_stopped({"clusterId": "c"})

    (tmp_path / "workspace.json").write_text(json.dumps({"clusters": {"c": "stopped"}}))
    assert read_scenario(tmp_path).is_stopped({"clusterId": "c"})

    (tmp_path / "workspace.json").write_text("{")
    with pytest.raises(FlowServiceError, match=r"workspace\.json"):
        read_scenario(tmp_path)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ([], "scenario"),
        ({"cluster": {}}, "cluster"),
        ({"clusters": {"c": "off"}}, "off"),
        ({"tables": [{"show": []}]}, "where"),
        ({"withoutExplore": {"accessTokens": "t"}}, "accessTokens"),
    ],
    ids=str,
)
def test_invalid_scenario_is_refused(body: Any, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        parse_scenario(body)


@pytest.mark.parametrize(
    "params", [{"tableName": "acme.order"}, {"tableName": "acme.orders", "columns": [{"name": "amont"}]}], ids=str
)
def test_create_refuses_a_table_missing_in_the_source_if_the_switch_is_on(
    adobe: AdobeClient, emulator: EmulatorProcess, params: dict[str, Any]
) -> None:
    way = Way(adobe)
    body = {**source(way.base), "params": params}
    assert adobe.send("POST", "/sourceConnections", json=body).status_code == 201
    emulator.switch(source_names="create")

    assert adobe.send("POST", "/sourceConnections", json=body).status_code == 400
    flow = way.flow()
    flow["transformations"][0]["params"]["deltaColumn"]["name"] = "updated"
    assert adobe.send("POST", "/flows", json=flow).status_code == 400
    assert adobe.send("POST", "/flows", json=way.flow()).status_code == 201
