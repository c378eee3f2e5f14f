"""The path of the rows: a base connection, and the dataflows that read from it. It asks for each thing once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adobe_flow.aep.entities import (
    Entity,
    EntityIdentity,
    find_entity,
    get_source_name,
    list_connections,
    list_dataflows,
)
from adobe_flow.aep.reading import read_entity
from adobe_flow.aep.source_tables import describe_table, list_tables
from adobe_flow.doctor.finding import CheckSkipped, NotApplicable
from adobe_flow.doctor.memoize import memoize
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.resources import map_managed_resources
from adobe_flow.runs.dataflow import Dataflow
from adobe_flow.runs.wait import read_newest_runs
from pulumi_adobe.advice import advise
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.flow_service.platform_apis import get_dataset, get_mapping_set, list_descriptors
from pulumi_adobe.flow_service.run_details import RunDetails
from pulumi_adobe.json_values import get_member, get_objects

DATABRICKS = "databricks"


@dataclass(frozen=True)
class Pipeline:
    """A dataflow with its source and target connections, as far as they exist."""

    dataflow: Dataflow
    sources: Sequence[Entity] = field(repr=False)
    targets: Sequence[Entity] = field(repr=False)

    @property
    def name(self) -> str:
        """The name of the dataflow."""
        return self.dataflow.name

    @property
    def tables(self) -> list[str]:
        """The tables that the dataflow reads; none for files."""
        names = (get_member(source, "params", "tableName") for source in self.sources)
        return [name for name in names if isinstance(name, str) and name]

    @property
    def dataset_id(self) -> str | None:
        """The id of the dataset that the dataflow writes to."""
        return self._get_text_member(self.targets, "params", "dataSetId")

    @property
    def schema_id(self) -> str | None:
        """The `$id` of the XDM schema that the target connection names."""
        return self._get_text_member(self.targets, "data", "schema", "id")

    @property
    def delta_column(self) -> str | None:
        """The name of the column by which the dataflow finds new rows."""
        return self._get_text_member([self.get_transformation("Copy")], "deltaColumn", "name")

    @property
    def mapping_set_id(self) -> str | None:
        """The id of the mapping set of the dataflow."""
        return self._get_text_member([self.get_transformation("Mapping")], "mappingId")

    @property
    def schedule(self) -> Mapping[str, Any]:
        """The schedule of the dataflow, as Flow Service returns it."""
        schedule = self.dataflow.entity.get("scheduleParams")
        return schedule if isinstance(schedule, Mapping) else {}

    def get_transformation(self, name: str) -> Mapping[str, Any]:
        """Return the parameters of a transformation of the dataflow."""
        transformations = get_objects(self.dataflow.entity, "transformations")
        transformation = next((member for member in transformations if member.get("name") == name), {})
        params = transformation.get("params")
        return params if isinstance(params, Mapping) else {}

    @staticmethod
    def _get_text_member(entities: Sequence[Any], *path: str) -> str | None:
        value = get_member(entities[0], *path) if entities else None
        return value if isinstance(value, str) and value else None


class ConnectionPath(EntityIdentity):
    """One base connection and its dataflows. Every method may raise an `AdobeError`."""

    def __init__(self, service: FlowServiceClient, name_or_id: str, resources: Sequence[Mapping[str, Any]]) -> None:
        """Find the base connection. Raises `Problem`, with similar names, if none has this name or id."""
        self.service = service
        self.results: dict[Any, Any] = {}
        self.entity = find_entity(list_connections(service), name_or_id)
        self._managed = map_managed_resources(resources)
        self._resources = {resource.get("id"): resource for resource in resources}

    @property
    def source(self) -> str:
        """The name of the source in the catalogue."""
        return get_source_name(self.entity)

    def require_databricks(self) -> None:
        """Raise `NotApplicable` for another source."""
        if self.source != DATABRICKS:
            raise NotApplicable

    def get_parameter(self, name: str) -> str:
        """Return an auth parameter that is no secret."""
        return str(get_member(self.entity, "auth", "params", name) or "")

    @memoize
    def list_pipelines(self) -> list[Pipeline]:
        """Return the dataflows that read from the connection."""
        everything = list_dataflows(self.service)
        sources = {source.get("id"): source for source in everything.source_connections}
        return [
            Pipeline(
                Dataflow(flow, self.service, self._managed.get(str(flow.get("id")))),
                [sources[id_] for id_ in flow.get("sourceConnectionIds") or () if id_ in sources],
                [target for id_ in flow.get("targetConnectionIds") or () if (target := self._get_target(id_))],
            )
            for flow in everything.list_reading_from(self.id)
        ]

    def is_declared_disabled(self, pipeline: Pipeline) -> bool:
        """Return whether the stack's program declares the dataflow as disabled."""
        return get_member(self._resources.get(pipeline.dataflow.id), "inputs", "enabled") is False

    @memoize
    def list_tables(self) -> list[dict[str, Any]]:
        """Return the tables of the source of the base connection."""
        return list_tables(self.service, self.id)

    @memoize
    def describe_table(self, path: str) -> dict[str, Any]:
        """Return the columns and the first rows of a table."""
        return describe_table(self.service, self.id, path, rows=True)

    @memoize
    def get_dataset(self, id_: str) -> dict[str, Any]:
        """Return the dataset with this id, from Catalog."""
        return get_dataset(self.service, id_)

    @memoize
    def get_mapping_set(self, id_: str) -> dict[str, Any]:
        """Return the newest version of the mapping set with this id, from Data Prep."""
        return get_mapping_set(self.service, id_, None)

    @memoize
    def list_descriptors(self, schema_id: str) -> list[tuple[str, dict[str, Any]]]:
        """Return the descriptors of an XDM schema, each with its type."""
        return list_descriptors(self.service, schema_id)

    def read_newest_runs(self, pipeline: Pipeline, limit: int) -> list[RunDetails]:
        """Return the newest runs of a dataflow, the newest first."""
        return read_newest_runs(pipeline.dataflow, limit)

    def judge_dataflows(self, judge: Callable[[Pipeline], str]) -> str:
        """Call ``judge`` for each dataflow, and return the texts; dataflows with the same text are named together.

        Raises:
            NotChecked: No dataflow reads from the connection.
            Problem: Something is wrong with one of them.
        """
        if not self.list_pipelines():
            raise CheckSkipped(f"no dataflow reads from {self.name}")
        names_by_text: dict[str, list[str]] = {}
        names_by_error: dict[tuple[str, str], list[str]] = {}
        for pipeline in self.list_pipelines():
            try:
                names_by_text.setdefault(judge(pipeline), []).append(pipeline.name)
            except AdobeError as error:
                names_by_error.setdefault((error.message, error.hint or advise(error)), []).append(pipeline.name)
        if names_by_error:
            text = "; ".join(f"{', '.join(names)}: {message}" for (message, _), names in names_by_error.items())
            raise Problem(text, "\n".join(dict.fromkeys(hint for _, hint in names_by_error if hint)))
        return "; ".join(f"{', '.join(names)}: {text}" for text, names in names_by_text.items())

    @memoize
    def _get_target(self, id_: str) -> Entity | None:
        try:
            return read_entity(self.service.get("targetConnections", id_))[0]
        except NotFound:
            return None
