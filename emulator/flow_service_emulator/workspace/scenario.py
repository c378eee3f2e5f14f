"""The scenario of a workspace: the state of clusters, the visible tables, the permissions, the failures of runs.

Adobe: tabular.md (the cluster must be running; explore does not start it); "Flow Service error codes" and "Sources
error codes". No document says with which code a stopped cluster or a missing table is answered: the switches
`stopped_cluster` and `missing_table` choose.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

from flow_service_emulator.errors import FlowServiceError
from flow_service_emulator.json_values import ObjectSchema
from flow_service_emulator.sealing import compute_digest
from flow_service_emulator.workspace.failures import RULE_SCHEMA, RunRule

FILE_NAME: Final = "workspace.json"
RUNNING: Final = "running"
STOPPED: Final = "stopped"

_NOT_ALLOWED_BY_SOURCE = "CONNECTOR-1106-403"
_NOT_ALLOWED_BY_ADOBE = "2118-403"


@dataclass(frozen=True)
class VisibleTables:
    """The tables that connections with these auth parameters show, as patterns such as `acme.*`."""

    where: Mapping[str, str]
    show: tuple[str, ...]

    def matches(self, params: Mapping[str, Any]) -> bool:
        """Return whether a connection has all of these parameters; an empty text stands for a missing one."""
        return all((params.get(name) or "") == value for name, value in self.where.items())


@dataclass(frozen=True)
class Cluster:
    """A Databricks cluster; without a Spark configuration the key of the landing zone is not checked."""

    state: str = RUNNING
    spark_conf: Mapping[str, str] | None = None

    @classmethod
    def from_json(cls, body: str | Mapping[str, Any]) -> Cluster:
        """Return the cluster that an entry of the scenario describes: its state alone, or an object."""
        if isinstance(body, str):
            return cls(body)
        return cls(body.get("state", RUNNING), body.get("sparkConf"))


@dataclass(frozen=True)
class Scenario:
    """The state of the sources. Without a scenario every cluster runs, and every connection shows all tables.

    Attributes:
        clusters: The clusters, by the auth parameter `clusterId`; one that is not named runs.
        views: The tables by auth parameters; the first matching view counts, and without one there are no tables.
        tokens_without_explore: The source's own tokens that may not read its metadata.
        clients_without_explore: The client ids to which Adobe does not allow explore.
        clients_without_labels: The access labels that a client id lacks.
        runs: The rules for the runs of dataflows; the first matching rule counts.
    """

    clusters: Mapping[str, Cluster] = field(default_factory=dict)
    views: tuple[VisibleTables, ...] = ()
    tokens_without_explore: frozenset[str] = frozenset()
    clients_without_explore: frozenset[str] = frozenset()
    clients_without_labels: Mapping[str, frozenset[str]] = field(default_factory=dict)
    runs: tuple[RunRule, ...] = ()

    def shows_table(self, params: Mapping[str, Any], table: str) -> bool:
        """Return whether a connection with these auth parameters shows a table."""
        if not self.views:
            return True
        view = next((candidate for candidate in self.views if candidate.matches(params)), None)
        return view is not None and any(fnmatchcase(table, pattern) for pattern in view.show)

    def is_stopped(self, params: Mapping[str, Any]) -> bool:
        """Return whether the connection's cluster is stopped."""
        return self._get_cluster(params).state == STOPPED

    def get_spark_conf(self, params: Mapping[str, Any]) -> Mapping[str, str] | None:
        """Return the Spark configuration of the connection's cluster; None if the scenario has none."""
        return self._get_cluster(params).spark_conf

    def _get_cluster(self, params: Mapping[str, Any]) -> Cluster:
        return self.clusters.get(str(params.get("clusterId"))) or Cluster()

    def check_permission(self, params: Mapping[str, Any], client_id: str) -> None:
        """Raise the error of a caller, or of a token, that may not explore."""
        if client_id in self.clients_without_explore:
            raise FlowServiceError(_NOT_ALLOWED_BY_ADOBE, "the permission to explore sources is missing")
        if any(isinstance(value, str) and value in self.tokens_without_explore for value in params.values()):
            raise FlowServiceError(_NOT_ALLOWED_BY_SOURCE, "Error from flow provider: the token may not read metadata")


def read_scenario(folder: Path) -> Scenario:
    """Return the scenario of a folder's `workspace.json`, read anew on each use; an empty one without a file."""
    file = folder / FILE_NAME
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Scenario()
    try:
        return parse_scenario(json.loads(text))
    except ValueError as error:
        raise FlowServiceError("1102-500", f"{FILE_NAME} cannot be used: {error}") from None


def parse_scenario(body: Any) -> Scenario:
    """Return the scenario of a JSON object. Raises `ValueError` with what is wrong with it."""
    _SHAPE.check(body, "the scenario")
    forbidden = body.get("withoutExplore", {})
    return Scenario(
        clusters={id_: Cluster.from_json(cluster) for id_, cluster in body.get("clusters", {}).items()},
        views=tuple(VisibleTables(view["where"], tuple(view["show"])) for view in body.get("tables", [])),
        tokens_without_explore=frozenset(compute_digest(token) for token in forbidden.get("accessTokens", [])),
        clients_without_explore=frozenset(forbidden.get("clients", [])),
        clients_without_labels={id_: frozenset(labels) for id_, labels in body.get("withoutLabels", {}).items()},
        runs=tuple(map(RunRule.from_json, body.get("runs", []))),
    )


_TEXTS: Final = {"type": "array", "items": {"type": "string"}}
_STATE: Final = {"enum": [RUNNING, STOPPED]}
_SPARK_CONF: Final = {"type": "object", "additionalProperties": {"type": "string"}}
_CLUSTER: Final = {"anyOf": [_STATE, ObjectSchema({"state": _STATE, "sparkConf": _SPARK_CONF}).schema]}
_SHAPE: Final = ObjectSchema(
    {
        "clusters": {"type": "object", "additionalProperties": _CLUSTER},
        "tables": {
            "type": "array",
            "items": ObjectSchema(
                {"where": {"type": "object", "additionalProperties": {"type": "string"}}, "show": _TEXTS},
                "where",
                "show",
            ).schema,
        },
        "runs": {"type": "array", "items": RULE_SCHEMA},
        "withoutLabels": {"type": "object", "additionalProperties": _TEXTS},
        "withoutExplore": ObjectSchema({"accessTokens": _TEXTS, "clients": _TEXTS}).schema,
    }
)
