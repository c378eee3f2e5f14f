"""Access labels: who lacks one gets 404 and 403, for the dataflow and for its runs (labels.md)."""

from __future__ import annotations

import time
from typing import Any

import pytest
import requests

from tests.emulator.adobe_client import AdobeClient, code_of
from tests.emulator.dataflows.way import Way
from tests.emulator_process import EmulatorProcess

LABELS = ["core/C12"]


def _create_labelled(way: Way) -> str:
    flow = way.made(
        "/flows",
        way.flow(
            scheduleParams={"frequency": "once", "startTime": int(time.time()) + 60}, transformations=_mapping_only(way)
        ),
    )
    way.adobe.send("POST", "/runs", json={"flowId": flow})
    answer = _patch(way, flow, "/labels", LABELS)
    assert answer.status_code == 200, answer.text
    return flow


def _patch(way: Way, flow: str, path: str, value: Any) -> requests.Response:
    headers = {"If-Match": way.read(f"/flows/{flow}")["etag"]}
    operations = [{"op": "add", "path": path, "value": value}]
    return way.adobe.send("PATCH", f"/flows/{flow}", json=operations, headers=headers)


def _mapping_only(way: Way) -> list[object]:
    return [{"name": "Mapping", "params": {"mappingId": way.mapping, "mappingVersion": 0}}]


def test_runs_inherit_the_labels_of_their_dataflow(adobe: AdobeClient) -> None:
    way = Way(adobe)
    flow = _create_labelled(way)

    (run,) = way.runs(flow)

    assert run["labels"] == way.read(f"/flows/{flow}")["labels"] == LABELS
    for path, entity in (("/flows", flow), ("/runs", run["id"])):
        assert [each["id"] for each in adobe.get(path, property="labels[]==core/C12").json()["items"]] == [entity]


def test_caller_without_the_label_can_neither_see_nor_change_the_dataflow(
    adobe: AdobeClient, emulator: EmulatorProcess
) -> None:
    way = Way(adobe)
    flow = _create_labelled(way)
    (run,) = way.runs(flow)
    emulator.set_scenario(withoutLabels={"emulator-client-id": LABELS})

    reads = [adobe.get(path) for path in (f"/flows/{flow}", f"/runs/{run['id']}")]
    changes = [
        adobe.send("PATCH", f"/flows/{flow}", json=[{"op": "add", "path": "/name", "value": "x"}]),
        adobe.send("POST", f"/flows/{flow}/action", params={"op": "disable"}),
        adobe.send("POST", "/runs", json={"flowId": flow}),
        adobe.send("DELETE", f"/flows/{flow}"),
    ]

    assert [(each.status_code, code_of(each)) for each in reads] == [(404, "1439-404")] * 2
    assert [(each.status_code, code_of(each)) for each in changes] == [(403, "2120-403")] * 4
    assert adobe.get("/flows").json()["items"] == way.runs(flow) == []


@pytest.mark.parametrize("mode", [{}, {"mode": "draft"}], ids=str)
@pytest.mark.parametrize("labels", [5, "core/C12", ["C12"], [None]], ids=str)
def test_malformed_labels_are_refused_for_a_draft_too(adobe: AdobeClient, mode: dict[str, str], labels: object) -> None:
    way = Way(adobe)
    flow = way.made("/flows", way.flow(), **mode)

    assert code_of(_patch(way, flow, "/labels", labels)) == "CONNECTOR-1312-400"


def test_post_with_labels_is_refused(adobe: AdobeClient) -> None:
    way = Way(adobe)
    flow = way.made("/flows", way.flow(labels=LABELS))

    assert "labels" not in way.read(f"/flows/{flow}")
