"""The life cycle that `make contract` judges has every request that the provider sends."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.life_cycle import record

KINDS = ("connections", "sourceConnections", "targetConnections", "flows")
SERVICE = "/data/foundation/flowservice/"


@pytest.mark.engine
@pytest.mark.usefixtures("engine")
def test_life_cycle_test_writes_every_kind_and_calls_every_look_up(tmp_path: Path) -> None:
    exchanges = record(tmp_path)

    sent = {(each.method, each.path.removeprefix(SERVICE).split("/")[0]) for each in exchanges}
    tails = {each.path.rpartition("/")[2] for each in exchanges}
    assert {(method, kind) for kind in KINDS for method in ("GET", "POST", "PATCH", "DELETE")} <= sent
    assert {"test", "explore", "action", "runs", "flowSpecs", "mappingSets"} <= tails
    assert [each.target for each in exchanges if each.status >= 400] == []
