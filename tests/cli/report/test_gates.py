from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from adobe_flow.problem import Problem
from adobe_flow.report.gates import GateError, GateEvidence, parse_gates
from adobe_flow.report.graph import ResourceGraph
from adobe_flow.report.touched_dataflows import find_touched_dataflows
from tests.cli.report.digests import chain, digest, flow, lake, plan, source, step

A_VIOLATION = {"policy": "owner", "resource": "lake"}


def build_evidence(
    document: dict[str, Any], violations: Sequence[dict[str, Any]] | None = None, secrets: int = 0
) -> GateEvidence:
    parsed = plan(document)
    return GateEvidence(
        parsed, find_touched_dataflows(ResourceGraph(parsed)), ["lake.accessToken"] * secrets, violations
    )


def stops(gate: str, evidence: GateEvidence) -> bool:
    (parsed_gate,) = parse_gates(gate)
    return parsed_gate.fails(evidence)


UPDATED = build_evidence(chain("update", description="new"), secrets=1)
REPLACED = build_evidence(chain("replace", "replace"))
DELETED = build_evidence(digest(step("delete", "DatabricksSourceConnection", "lake", lake(), None)))
CREATED = build_evidence(digest(step("create", "DatabricksSourceConnection", "lake", None, lake())))
NOTHING = build_evidence(chain())
EMPTY = build_evidence(digest())


@pytest.mark.parametrize(
    ("gate", "plans_that_it_stops"),
    [
        ("create>0", [CREATED]),
        ("update>0", [UPDATED]),
        ("replace>0", [REPLACED]),
        ("replace>1", [REPLACED]),
        ("replace>2", []),
        ("replace>=2", [REPLACED]),
        ("delete>0", [REPLACED, DELETED]),
        ("delete>2", []),
        ("delete>49%", [REPLACED, DELETED]),
        ("delete-only>0", [DELETED]),
        ("delete-only>99%", [DELETED]),
        ("change>0", [UPDATED, REPLACED, DELETED]),
        ("change>25%", [REPLACED, DELETED]),
        ("change>=25%", [UPDATED, REPLACED, DELETED]),
        ("change > 24.9 %", [UPDATED, REPLACED, DELETED]),
        ("delete>99%", [DELETED]),
        ("secret>0", [UPDATED]),
        ("dataflow>0", [UPDATED, REPLACED]),
        ("replace-in-use", [REPLACED]),
        ("delete-in-use", []),
    ],
)
def test_each_gate_fails_only_its_own_plans(gate: str, plans_that_it_stops: list[GateEvidence]) -> None:
    every = [UPDATED, REPLACED, DELETED, CREATED, NOTHING, EMPTY]

    assert [each for each in every if stops(gate, each)] == plans_that_it_stops


def test_deleted_connection_is_in_use_if_its_dataflow_remains() -> None:
    assert stops("delete-in-use", build_evidence(chain("delete")))
    assert not stops("delete-in-use", build_evidence(chain("delete", "delete")))


def test_replaced_target_is_in_use_if_its_dataflow_remains() -> None:
    target = {"name": "profiles", "dataSetId": "a"}
    document = digest(
        step("replace", "TargetConnection", "profiles", target, {**target, "dataSetId": "b"}),
        step("replace", "Dataflow", "daily", flow("elsewhere-id"), flow("elsewhere-id")),
    )

    assert parse_gates("replace-in-use")[0].list_matches(build_evidence(document)) == ["profiles (orders daily)"]


def test_a_source_connection_without_a_dataflow_is_not_in_use() -> None:
    document = digest(step("replace", "SourceConnection", "orders", source(), source(tableName="acme.customers")))

    assert not stops("replace-in-use", build_evidence(document))


def test_policy_violations_fail_their_gate_and_missing_information_does_not_pass_it() -> None:
    assert stops("violation>0", build_evidence(chain(), [A_VIOLATION]))
    assert not stops("violation>0", build_evidence(chain(), []))
    with pytest.raises(Problem, match="violation cannot be judged"):
        stops("violation>0", build_evidence(chain()))


@pytest.mark.parametrize("gate", ["change>20%", "dataflow>0", "replace-in-use", "delete-in-use"])
def test_gate_that_needs_all_resources_does_not_pass_an_incomplete_plan(gate: str) -> None:
    partial = build_evidence(digest(changeSummary={"same": 9}))

    with pytest.raises(Problem, match="--show-sames"):
        stops(gate, partial)
    assert not stops("delete>0", partial)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("delet>0", "did you mean delete"),
        ("replace-inuse", "did you mean replace-in-use"),
        ("frobnicate", "there are create, update"),
        ("", "there is no gate"),
        ("delete>0,", "there is no gate"),
        ("delete", "needs a limit, such as delete>0"),
        ("delete=0", "needs a limit"),
        ("delete<3", "needs a limit"),
        ("delete>-1", "needs a limit"),
        ("delete>0x", "needs a limit"),
        ("delete>=0", "would stop every plan"),
        ("replace-in-use>0", "takes no number"),
        ("create>5%", "only update, replace, delete, delete-only, change take a share"),
        ("secret>5%", "take a share"),
    ],
)
def test_malformed_gate_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(GateError, match=said):
        parse_gates(text)


def test_gate_is_formatted_as_it_is_parsed() -> None:
    text = "replace-in-use,change>20%,delete>0,update>=2.5%"

    assert ",".join(map(str, parse_gates(text))) == text
