"""Look-ups for programs: each asks Flow Service while the program runs, at every preview and every update.

Adobe: tabular.md (explore), sort-and-filter.md, monitor.md (runs), the Databricks page (landing zone).
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from functools import cache
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

import pulumi

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.tables import get_columns
from pulumi_adobe.moments import from_epoch_seconds, parse_timestamp, validate_timestamp
from pulumi_adobe.near import suggest_name
from pulumi_adobe.resources.declared import FlowServiceResource
from pulumi_adobe.sources import ConnectionSpec, connection_specs

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient as Client
    from pulumi_adobe.resources.flow_service import FlowService
    from pulumi_adobe.settings import Settings

_T = TypeVar("_T")
_PAGE_SIZE = "100"


class FlowRun(TypedDict):
    """One run of a dataflow. Times are ISO 8601, UTC; ``status`` is Adobe's word, such as `success` or `failed`."""

    id: str
    status: str
    started_at: str
    completed_at: str
    records_read: int
    records_written: int
    records_failed: int
    errors: Sequence[str]


class LandingZone(TypedDict):
    """The storage that a source hands its data over in; all of it is a secret."""

    container: str
    account: str
    sas_token: str
    sas_uri: str
    expiry_date: str


def connection_spec(source: str) -> ConnectionSpec:
    """The source of that name in the catalogue; asks nobody. Raises pulumi.RunError with the nearest name."""
    if source not in connection_specs():
        raise pulumi.RunError(
            f"connection_spec: {source} is no source of the catalogue{suggest_name(source, connection_specs())}"
        )
    return connection_specs()[source]


def explore_tables(
    connection: FlowServiceResource | pulumi.Input[str], *, provider: FlowService | None = None
) -> pulumi.Output[Sequence[str]]:
    """The paths of the tables of a base connection (its resource, or its id)."""

    def fetch(service: Client, id_: str) -> Sequence[str]:
        content = service.explore(id_, (("objectType", "root"),))
        items = content.get("items") if isinstance(content, Mapping) else content
        return [str(item.get("path", item.get("name"))) for item in items or [] if isinstance(item, Mapping)]

    return _look_up("explore_tables", fetch, _get_id(connection), provider)


def describe_table(
    connection: FlowServiceResource | pulumi.Input[str],
    table: pulumi.Input[str],
    *,
    provider: FlowService | None = None,
) -> pulumi.Output[Sequence[Mapping[str, Any]]]:
    """The columns of a table, as `SourceConnection(columns=…)` takes them."""

    def fetch(service: Client, values: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        return get_columns(service, *values)

    return _look_up("describe_table", fetch, pulumi.Output.all(_get_id(connection), table), provider)


def find_connection(
    name: pulumi.Input[str], *, source: str | None = None, provider: FlowService | None = None
) -> pulumi.Output[str]:
    """The id of the one base connection of that name (and source); none, or several, is an error."""
    spec = connection_spec(source).id if source else None

    def fetch(service: Client, inputs: str) -> str:
        filters = (("property", f"connectionSpec.id=={spec}"),) if spec else ()
        connections = service.list("connections", (*filters, ("limit", _PAGE_SIZE)))
        matches = [connection for connection in connections if connection.get("name") == inputs]
        if len(matches) != 1:
            names = {str(each.get("name")) for each in connections}
            suffix = ": " + ", ".join(str(each.get("id")) for each in matches) if matches else suggest_name(inputs, names)
            raise pulumi.RunError(f'find_connection: {len(matches)} connections are named "{inputs}"{suffix}')
        return str(matches[0]["id"])

    return _look_up("find_connection", fetch, name, provider)


def landing_zone_credentials(
    kind: str = "dlz_databricks_source", *, warn_days: int = 14, provider: FlowService | None = None
) -> pulumi.Output[LandingZone]:
    """The credentials of a landing zone, secret as a whole; warns where they end within ``warn_days`` days."""

    def fetch(service: Client, _: object) -> LandingZone:
        from pulumi_adobe.flow_service import neighbours  # noqa: PLC0415 - see _client

        landing_zone = neighbours.get_landing_zone(service, kind)
        if validate_timestamp(landing_zone.expiry_date) is None:
            days = (parse_timestamp(landing_zone.expiry_date) - datetime.now(timezone.utc)).days
            if days < warn_days:
                pulumi.log.warn(
                    f"The credentials of the landing zone {kind} end on {landing_zone.expiry_date}, in {days} days."
                )
        return {
            "container": landing_zone.container,
            "account": landing_zone.account,
            "sas_token": landing_zone.sas_token,
            "sas_uri": landing_zone.sas_uri,
            "expiry_date": landing_zone.expiry_date,
        }

    return pulumi.Output.secret(_look_up("landing_zone_credentials", fetch, None, provider))


def flow_runs(
    dataflow: FlowServiceResource | pulumi.Input[str], *, provider: FlowService | None = None
) -> pulumi.Output[Sequence[FlowRun]]:
    """The runs of a dataflow (its resource, or its id), the last one first."""

    def fetch(service: Client, id_: str) -> Sequence[FlowRun]:
        entities = service.list("runs", (("property", f"flowId=={id_}"), ("limit", _PAGE_SIZE)))
        return sorted((_to_flow_run(each) for each in entities), key=lambda run: run["started_at"], reverse=True)

    return _look_up("flow_runs", fetch, _get_id(dataflow), provider)


def _to_flow_run(entity: Mapping[str, Any]) -> FlowRun:
    """Adobe: monitor.md; times there are epoch milliseconds."""
    metrics = _get_object(entity, "metrics")
    times, records, status = (_get_object(metrics, f"{name}Summary") for name in ("duration", "record", "status"))
    errors = status.get("errors")
    return {
        "id": str(entity.get("id")),
        "status": str(status.get("status")),
        "started_at": _format_time(times.get("startedAtUTC")),
        "completed_at": _format_time(times.get("completedAtUTC")),
        "records_read": int(records.get("inputRecordCount") or 0),
        "records_written": int(records.get("outputRecordCount") or 0),
        "records_failed": int(records.get("failedRecordCount") or 0),
        "errors": [_describe_error(each) for each in errors] if isinstance(errors, list) else [],
    }


def _describe_error(error: Any) -> str:
    if not isinstance(error, Mapping):
        return str(error)
    return ": ".join(str(error[name]) for name in ("code", "message") if error.get(name))


def _get_object(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    member = value.get(name)
    return member if isinstance(member, Mapping) else {}


def _format_time(milliseconds: Any) -> str:
    return from_epoch_seconds(milliseconds // 1000) if isinstance(milliseconds, int) else ""


def _get_id(resource: FlowServiceResource | pulumi.Input[str]) -> pulumi.Input[str]:
    return resource.id if isinstance(resource, FlowServiceResource) else resource


def _look_up(
    lookup_name: str, fetch: Callable[[Client, Any], _T], arguments: pulumi.Input[Any], provider: FlowService | None
) -> pulumi.Output[_T]:
    """Ask once all that is given is known; in a preview of what is not made yet, the answer is not known either."""

    async def run_fetch(values: Sequence[Any]) -> _T:
        inputs, value = values
        try:
            service = _get_client(_resolve_settings(inputs))
            return await asyncio.to_thread(fetch, service, value)
        except AdobeError as error:
            raise pulumi.RunError(f"{lookup_name}: {error}") from None

    inputs = pulumi.Output.all(**provider.setting_inputs) if provider is not None else None
    # Provider inputs hold secrets; what Flow Service answers is none because of that.
    return pulumi.Output.all(pulumi.Output.unsecret(inputs) if inputs is not None else None, arguments).apply(run_fetch)


def _resolve_settings(inputs: Mapping[str, Any] | None) -> Settings:
    from pulumi_adobe.explicit_settings import resolve_explicit_settings  # noqa: PLC0415 - see _client
    from pulumi_adobe.settings import NAMESPACE, SETTINGS_TABLE, resolve_settings  # noqa: PLC0415 - see _client

    if inputs is not None:
        return resolve_explicit_settings({key: str(value) for key, value in inputs.items()}, os.environ)
    config = pulumi.Config(NAMESPACE)
    values = {setting.config_key: config.get(setting.key) for setting in SETTINGS_TABLE if setting.allowed_in_config}
    return resolve_settings({key: value for key, value in values.items() if value is not None}, os.environ)


@cache
def _get_client(settings: Settings) -> Client:
    """One client, so one token, per place; imported here: a program without look-ups needs no HTTP."""
    from pulumi_adobe.flow_service.client import FlowServiceClient as Client  # noqa: PLC0415 - see above

    return Client(settings.credentials)
