"""Plans as `pulumi preview --json --show-sames` writes them, in the shape that engine 3.259.0 gave them."""

from __future__ import annotations

import json
from typing import Any

from adobe_flow.report.plan import Plan
from adobe_flow.report.plan_parser import parse_plan
from pulumi_adobe.plugin.dynamic.state_format import TYPE_PREFIX as OURS

DATABRICKS = {"id": "e9d7ec6b-0873-4e57-ad21-b3a7c65e310b", "version": "1.0"}
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
MADE = "2026-11-25T12:00:00Z"
TOKEN_CHANGES = "lake: accessToken changes (a secret, of which Pulumi shows no line)\n\n"


def urn(kind: str, name: str) -> str:
    return f"urn:pulumi:dev::acme::{kind if ':' in kind else OURS + kind}::{name}"


def step(
    op: str,
    kind: str,
    name: str,
    old: dict[str, Any] | None = None,
    new: dict[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A step; ``old`` and ``new`` are inputs, ``id`` is the resource's name with `-id` unless given otherwise."""
    base = {"urn": urn(kind, name), "type": kind if ":" in kind else OURS + kind, "custom": True}
    document: dict[str, Any] = {"op": op, "urn": base["urn"], "detailedDiff": None}
    if old is not None:
        outputs = {**old, "sandboxName": "dev", "orgId": "0123456789ABCDEF01234567@AdobeOrg"}
        document["oldState"] = {**base, "id": more.pop("id", f"{name}-id"), "inputs": old, "outputs": outputs}
    if new is not None:
        document["newState"] = {**base, "inputs": new, "propertyDependencies": more.pop("dependencies", {})}
    return {**document, **more}


def lake(**changed: Any) -> dict[str, Any]:
    return {
        "name": "ACME lake",
        "connectionSpec": DATABRICKS,
        "authSpec": "Access Token Authentication",
        "accessToken": "[secret]",
        "domain": "https://adb-1.7.azuredatabricks.net",
        **changed,
    }


def source(base: str = "lake-id", **changed: Any) -> dict[str, Any]:
    return {"name": "orders", "baseConnectionId": base, "tableName": "acme.orders", **changed}


def flow(source_id: str = "orders-id", target: str = "profiles-id", **changed: Any) -> dict[str, Any]:
    ends = {"sourceConnectionIds": [source_id], "targetConnectionIds": [target]}
    return {"name": "orders daily", "frequency": "day", "interval": 1, **ends, **changed}


def digest(*steps: dict[str, Any], messages: tuple[str, ...] = (), **more: Any) -> dict[str, Any]:
    stack = {"urn": urn("pulumi:pulumi:Stack", "acme-dev"), "type": "pulumi:pulumi:Stack", "custom": False}
    return {
        "config": {"adobe:clientSecret": "[secret]"},
        "steps": [{"op": "same", "urn": stack["urn"], "oldState": stack, "newState": stack}, *steps],
        "diagnostics": [{"message": each, "severity": "info"} for each in messages],
        "duration": 1,
        "changeSummary": {},
        **more,
    }


def chain(operation: str = "same", flow_operation: str = "same", **changed: Any) -> dict[str, Any]:
    """A base connection, its source, a dataflow to a target; the base connection and the dataflow may change."""
    after = None if operation == "delete" else lake(**changed)
    later = None if flow_operation == "delete" else flow()
    target = {"name": "profiles", "dataSetId": "6889f4f89b982b2b90bc1207"}
    return digest(
        step(operation, "DatabricksSourceConnection", "lake", lake(), after),
        step("same", "SourceConnection", "orders", source(), source()),
        step("same", "TargetConnection", "profiles", target, target),
        step(flow_operation, "Dataflow", "daily", flow(), later),
    )


def plan(document: dict[str, Any]) -> Plan:
    return parse_plan(document)


def text(document: dict[str, Any]) -> str:
    return json.dumps(document)
