"""A dataflow: brings what a source connection reads to a target connection, through a mapping, on a schedule.

Adobe: crm.md ("Create a dataflow for CRM sources"), update-dataflows.md, draft.md; `/action` in flow-service.yaml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pulumi

from pulumi_adobe.declaration import UNKNOWN, Declaration, Field, Properties
from pulumi_adobe.dynamic import FlowServiceProvider
from pulumi_adobe.members import member, objects
from pulumi_adobe.moments import from_epoch, iso, moment, moment_problem, spelt, to_epoch
from pulumi_adobe.near import near
from pulumi_adobe.resources.connection_fields import ADOPT, COMMON
from pulumi_adobe.resources.declared import DeclaredResource
from pulumi_adobe.resources.drafts import DRAFT, DraftBehaviour, acted
from pulumi_adobe.resources.mapping import mapping_problems, mappings, schema_paths
from pulumi_adobe.resources.schedule import Schedule, next_start, schedule_problems
from pulumi_adobe.resources.source_connection import SourceConnection
from pulumi_adobe.resources.target_connection import TargetConnection

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.job import Job
    from pulumi_adobe.lifecycle.run import Run

_KIND: Final = "Dataflow"
TABLES: Final = "CRMToAEP"
"""Adobe's flow spec for databases, CRM and the like; that for files is CloudStorageToAEP."""
FILES: Final = "CloudStorageToAEP"
_HEAD_START = timedelta(minutes=1)
"""Without a declared start it begins so long after it is made: a start in the past would be refused."""


class _Moving(DraftBehaviour):
    """The mapping set, the flow spec, the first start, and whether it is switched on."""

    def problems(self, run: Run, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Iterable[str]:
        """The schedule, and the mapping against the columns and the schema."""
        known = {name: None if news.get(name) is UNKNOWN else news.get(name) for name in _SCHEDULE}
        yield from schedule_problems(*known.values())
        if news.get("flowSpecName") == TABLES and news.get("frequency") not in {"once", UNKNOWN, None}:
            yield from () if news.get("deltaColumn") else ("schedule.delta_column is missing",)
        start = news.get("startTime")
        made_before = olds.get("startTime") == start or run.claims.is_remade(str(news.get("owner")))
        if isinstance(start, str) and not made_before and moment(start) < _now() - _HEAD_START:
            yield f"schedule.start has passed: {start}"
        yield from mapping_problems(news.get("mapping"))
        if isinstance(news.get("mapping"), Mapping) and news["mapping"] != olds.get("mapping"):
            yield from _unmappable(run, news)

    def planned(self, olds: Mapping[str, Any], news: Mapping[str, Any]) -> Properties:
        """The mapping set, the start and the flow spec of before, as long as what they stand for has not changed."""
        found = dict(news)
        if not olds:
            return found
        if olds.get("mapping") != news.get("mapping") and olds.get("mapping") is not None:
            found |= {"mappingSetId": UNKNOWN, "mappingSetVersion": UNKNOWN}
        if olds.get("flowSpecName") not in {None, news.get("flowSpecName")}:
            found["flowSpec"] = UNKNOWN
        start = news.get("startTime")
        if start is not None and start != olds.get("startTime") and olds.get("startTime") is not None:
            found["effectiveStart"] = start
        return {**found, "transformations": _transformations(found)}

    def replaces(self, olds: Mapping[str, Any], news: Mapping[str, Any]) -> tuple[str, ...]:
        """Adobe: once the start has passed it stays, and what runs once stays so (codes 1366, 1403)."""
        begun = olds.get("effectiveStart")
        passed = isinstance(begun, str) and moment_problem(begun) is None and moment(begun) <= _now()
        moved = passed and news.get("effectiveStart") != begun
        turned = "once" in {olds.get("frequency"), news.get("frequency")} and olds.get("frequency") != news.get(
            "frequency"
        )
        filled = passed and olds.get("backfill") != news.get("backfill")
        also = (("startTime", moved), ("frequency", turned), ("backfill", filled))
        return (*super().replaces(olds, news), *(name for name, needed in also if needed))

    def completed(self, job: Job, news: Mapping[str, Any]) -> Properties:
        """With the flow spec looked up by its name, a start that lies ahead, and a mapping set of its own."""
        found = dict(news)
        if not isinstance(found.get("flowSpec"), dict):
            found["flowSpec"] = job.run.explored.flow_spec(str(news["flowSpecName"]))
        if found.get("effectiveStart") is None:
            found["effectiveStart"] = _first_start(job, news)
        if not isinstance(found.get("mappingSetId"), str):
            target = job.service.get("targetConnections", str(news["targetConnectionIds"][0]))
            made = job.run.explored.make_mapping_set(_schema_id(target), mappings(news["mapping"]))
            found |= {"mappingSetId": made.id, "mappingSetVersion": made.version}
        return {**found, "transformations": _transformations(found)}

    def finished(self, job: Job, id_: str, outputs: Properties) -> Properties:
        """Published, and switched on or off."""
        outputs = super().finished(job, id_, outputs)
        job.run.dataflows.forget()
        wanted = "disabled" if outputs.get("enabled") is False else "enabled"
        if outputs.get("state") not in {"enabled", "disabled"} or outputs["state"] == wanted:
            return outputs
        return acted(job, id_, outputs, wanted.removesuffix("d"))

    def seen(self, entity: Mapping[str, Any], kept: Mapping[str, Any]) -> Properties:
        """Whether it is on; a start that somebody moved."""
        found: Properties = {"enabled": entity.get("state") != "disabled"}
        start = from_epoch(member(entity, "scheduleParams", "startTime"))
        if "startTime" in kept and kept.get("effectiveStart") != start:
            found["startTime"] = start
        return found


_SCHEDULE: Final = ("frequency", "interval", "backfill", "deltaColumn")


def _now() -> datetime:
    return datetime.now(timezone.utc)


def _first_start(job: Job, news: Mapping[str, Any]) -> str:
    """The declared start; where that has passed, as when its source was replaced, the next one of the schedule."""
    now, declared = job.service.time(), news.get("startTime")
    ahead = iso(now + _HEAD_START)
    if declared is None or moment(str(declared)) > now:
        return str(declared or ahead)
    again = news["frequency"] != "once"
    chosen = next_start(str(declared), str(news["frequency"]), int(news["interval"]), now) if again else ahead
    job.run.say(f"{job.named()}: its start has passed, so it begins at {chosen}")
    return chosen


def _transformations(properties: Mapping[str, Any]) -> list[dict[str, Any]]:
    delta, mapping_set = properties.get("deltaColumn"), properties.get("mappingSetId")
    copy = [{"name": "Copy", "params": {"deltaColumn": {"name": delta}}}] if delta else []
    params = {"mappingId": mapping_set, "mappingVersion": properties.get("mappingSetVersion")}
    return [*copy, {"name": "Mapping", "params": params}]


def _normal(transformations: list[Any]) -> list[Any]:
    """In one order, and with a number for the version, which Flow Service may show as a text."""
    return sorted(
        (_one(each) for each in transformations if isinstance(each, dict)), key=lambda each: str(each["name"])
    )


def _one(transformation: Mapping[str, Any]) -> dict[str, Any]:
    params = transformation.get("params")
    params = dict(params) if isinstance(params, Mapping) else {}
    version = params.get("mappingVersion")
    if isinstance(version, str) and version.isdecimal():
        params["mappingVersion"] = int(version)
    return {"name": transformation.get("name"), "params": params}


def _unmappable(run: Run, news: Mapping[str, Any]) -> Iterator[str]:
    """Columns that the source does not read, and paths that the schema does not have; unknown ones are passed over."""
    sources, targets = news.get("sourceConnectionIds"), news.get("targetConnectionIds")
    if not isinstance(sources, list) or not isinstance(targets, list) or UNKNOWN in (*sources, *targets):
        return
    try:
        source = run.service.get("sourceConnections", str(sources[0]))
        schema = run.explored.schema(_schema_id(run.service.get("targetConnections", str(targets[0]))))
    except run.errors as error:
        run.say(f"warning: the mapping could not be compared with table and schema: {error}")
        return
    columns = {str(each.get("name")) for each in objects(source, "params", "columns")}
    paths = schema_paths(schema)
    for column, path in news["mapping"].items():
        if columns and column not in columns:
            yield f"mapping.{column}: the source connection reads no such column{near(column, columns)}"
        if paths and isinstance(path, str) and path not in paths:
            yield f"mapping.{column}: the schema has no path {path}{near(path, paths)}"


def _schema_id(target: Mapping[str, Any]) -> str:
    return str(member(target, "data", "schema", "id") or "")


def _spec(value: dict[str, Any]) -> dict[str, Any]:
    return {key: value[key] for key in ("id", "version") if key in value}


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdecimal() else value


def _truth(value: Any) -> Any:
    return {"true": True, "false": False}.get(str(value).lower(), value)


class DataflowProvider(FlowServiceProvider):
    """The provider that stands, as a reference to this class, in the state of every dataflow."""

    declaration: ClassVar[Declaration] = Declaration(
        _KIND,
        "flows",
        (
            *COMMON,
            Field(
                "sourceConnectionIds", ("sourceConnectionIds",), "source_ids", required=True, replaces=True, type=list
            ),
            Field(
                "targetConnectionIds", ("targetConnectionIds",), "target_ids", required=True, replaces=True, type=list
            ),
            Field("flowSpecName", (), "flow_spec", required=True, replaces=True),
            Field(
                "flowSpec", ("flowSpec",), "flow_spec_version", type=dict, computed=True, replaces=True, normalize=_spec
            ),
            Field("startTime", (), "start_time", problem=moment_problem, normalize=spelt),
            Field(
                "effectiveStart",
                ("scheduleParams", "startTime"),
                "effective_start",
                computed=True,
                encode=to_epoch,
                decode=from_epoch,
            ),
            Field("frequency", ("scheduleParams", "frequency"), "frequency", required=True),
            Field("interval", ("scheduleParams", "interval"), "interval", type=int, decode=_number),
            Field("backfill", ("scheduleParams", "backfill"), "backfill", type=bool, decode=_truth),
            Field("deltaColumn", (), "delta_column"),
            Field("mapping", (), "mapping", required=True, type=dict),
            Field("mappingSetId", (), "mapping_set_id", computed=True),
            Field("mappingSetVersion", (), "mapping_set_version", type=int, computed=True),
            Field(
                "transformations", ("transformations",), "transformations", type=list, computed=True, normalize=_normal
            ),
            Field("enabled", (), "enabled", type=bool),
            DRAFT,
            ADOPT,
        ),
        whole=("/transformations/0", "/transformations/1"),
        scope=(),
        testable=False,
        behaviour=_Moving(),
    )


class Dataflow(DeclaredResource, module="adobe", name="Dataflow"):
    """Brings the rows of a source connection to the dataset of a target connection.

    Name, description, mapping, schedule and ``enabled`` are updated in place. Another source or target replaces it, and
    so does another start once the old one has passed. A new mapping is a new mapping set: Adobe lets nobody delete the
    old one, which then does nothing.
    """

    provider_class = DataflowProvider

    name: pulumi.Output[str]
    description: pulumi.Output[str | None]
    source_ids: pulumi.Output[Sequence[str]]
    target_ids: pulumi.Output[Sequence[str]]
    flow_spec: pulumi.Output[str]
    start_time: pulumi.Output[str | None]
    effective_start: pulumi.Output[str]
    frequency: pulumi.Output[str]
    interval: pulumi.Output[int | None]
    backfill: pulumi.Output[bool | None]
    delta_column: pulumi.Output[str | None]
    mapping: pulumi.Output[Mapping[str, str]]
    mapping_set_id: pulumi.Output[str]
    enabled: pulumi.Output[bool]

    def __init__(  # noqa: PLR0913 - the arguments of the resource
        self,
        resource_name: str,
        *,
        source: SourceConnection | pulumi.Input[str],
        target: TargetConnection | pulumi.Input[str],
        mapping: pulumi.Input[Mapping[str, pulumi.Input[str]]],
        schedule: Schedule,
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        flow_spec: str = TABLES,
        enabled: pulumi.Input[bool] = True,
        draft: bool | None = None,
        adopt_id: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare it.

        Args:
            resource_name: What Pulumi calls it.
            source: The source connection's resource, or its id.
            target: The target connection's resource, or its id.
            mapping: Each column's path in the schema, as in `{"order_id": "_id"}`.
            schedule: When it runs: `Schedule.daily(…)`, `hourly`, `weekly`, `every`, `once`.
            flow_spec: Adobe's name of the way: `CRMToAEP` for tables, `CloudStorageToAEP` for files.
            enabled: `False` switches it off; what it misses meanwhile comes with the first run after that.
            name: Its name in Experience Platform; the resource's where it is left out.
            description: What it is for.
            draft: `True` makes a draft, which is published as soon as that is taken away (Adobe: draft.md).
            adopt_id: The id of one to take over, where this one is not made yet; without effect afterwards.
            opts: Pulumi's options.
        """
        frequency, interval, backfill = schedule.frequency, schedule.interval, schedule.backfill
        problems = [
            *schedule_problems(frequency, interval, backfill, schedule.delta_column),
            *mapping_problems(mapping),
        ]
        if flow_spec == TABLES and frequency != "once" and not schedule.delta_column:
            problems.append("schedule.delta_column is missing")
        if problems:
            raise pulumi.RunError(f'{_KIND} "{resource_name}": {"; ".join(problems)}.')
        given = {
            "name": resource_name if name is None else name,
            "description": description,
            "source_ids": [source.id if isinstance(source, SourceConnection) else source],
            "target_ids": [target.id if isinstance(target, TargetConnection) else target],
            "flow_spec": flow_spec,
            "start_time": schedule.begins,
            "frequency": frequency,
            "interval": interval,
            "backfill": backfill,
            "delta_column": schedule.delta_column,
            "mapping": mapping,
            "enabled": enabled,
            "draft": draft or None,
            "adopt_id": adopt_id,
        }
        super().__init__(resource_name, given, opts)
