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
from pulumi_adobe.flow_service.tables import columns
from pulumi_adobe.moments import from_epoch, moment, moment_problem
from pulumi_adobe.near import near
from pulumi_adobe.resources.declared import DeclaredResource
from pulumi_adobe.sources import ConnectionSpec, connection_specs

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowService as Client
    from pulumi_adobe.resources.flow_service import FlowService
    from pulumi_adobe.settings import Settings

_T = TypeVar("_T")
_PAGE = "100"


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
            f"connection_spec: {source} is no source of the catalogue{near(source, connection_specs())}"
        )
    return connection_specs()[source]


def explore_tables(
    connection: DeclaredResource | pulumi.Input[str], *, provider: FlowService | None = None
) -> pulumi.Output[Sequence[str]]:
    """The paths of the tables of a base connection (its resource, or its id)."""

    def ask(service: Client, id_: str) -> Sequence[str]:
        found = service.explore(id_, (("objectType", "root"),))
        every = found.get("items") if isinstance(found, Mapping) else found
        return [str(each.get("path", each.get("name"))) for each in every or [] if isinstance(each, Mapping)]

    return _asked("explore_tables", ask, _id(connection), provider)


def describe_table(
    connection: DeclaredResource | pulumi.Input[str],
    table: pulumi.Input[str],
    *,
    provider: FlowService | None = None,
) -> pulumi.Output[Sequence[Mapping[str, Any]]]:
    """The columns of a table, as `SourceConnection(columns=…)` takes them."""

    def ask(service: Client, given: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        return columns(service, *given)

    return _asked("describe_table", ask, pulumi.Output.all(_id(connection), table), provider)


def find_connection(
    name: pulumi.Input[str], *, source: str | None = None, provider: FlowService | None = None
) -> pulumi.Output[str]:
    """The id of the one base connection of that name (and source); none, or several, is an error."""
    spec = connection_spec(source).id if source else None

    def ask(service: Client, wanted: str) -> str:
        only = (("property", f"connectionSpec.id=={spec}"),) if spec else ()
        every = service.list("connections", (*only, ("limit", _PAGE)))
        found = [each for each in every if each.get("name") == wanted]
        if len(found) != 1:
            names = {str(each.get("name")) for each in every}
            listed = ": " + ", ".join(str(each.get("id")) for each in found) if found else near(wanted, names)
            raise pulumi.RunError(f'find_connection: {len(found)} connections are named "{wanted}"{listed}')
        return str(found[0]["id"])

    return _asked("find_connection", ask, name, provider)


def landing_zone_credentials(
    kind: str = "dlz_databricks_source", *, warn_days: int = 14, provider: FlowService | None = None
) -> pulumi.Output[LandingZone]:
    """The credentials of a landing zone, secret as a whole; warns where they end within ``warn_days`` days."""

    def ask(service: Client, _: object) -> LandingZone:
        from pulumi_adobe.flow_service import neighbours  # noqa: PLC0415 - see _client

        found = neighbours.landing_zone(service, kind)
        if moment_problem(found.expiry_date) is None:
            days = (moment(found.expiry_date) - datetime.now(timezone.utc)).days
            if days < warn_days:
                pulumi.log.warn(
                    f"The credentials of the landing zone {kind} end on {found.expiry_date}, in {days} days."
                )
        return {
            "container": found.container,
            "account": found.account,
            "sas_token": found.sas_token,
            "sas_uri": found.sas_uri,
            "expiry_date": found.expiry_date,
        }

    return pulumi.Output.secret(_asked("landing_zone_credentials", ask, None, provider))


def flow_runs(
    dataflow: DeclaredResource | pulumi.Input[str], *, provider: FlowService | None = None
) -> pulumi.Output[Sequence[FlowRun]]:
    """The runs of a dataflow (its resource, or its id), the last one first."""

    def ask(service: Client, id_: str) -> Sequence[FlowRun]:
        every = service.list("runs", (("property", f"flowId=={id_}"), ("limit", _PAGE)))
        return sorted((_run(each) for each in every), key=lambda run: run["started_at"], reverse=True)

    return _asked("flow_runs", ask, _id(dataflow), provider)


def _run(entity: Mapping[str, Any]) -> FlowRun:
    """Adobe: monitor.md; times there are epoch milliseconds."""
    metrics = _object(entity, "metrics")
    times, records, status = (_object(metrics, f"{name}Summary") for name in ("duration", "record", "status"))
    errors = status.get("errors")
    return {
        "id": str(entity.get("id")),
        "status": str(status.get("status")),
        "started_at": _time(times.get("startedAtUTC")),
        "completed_at": _time(times.get("completedAtUTC")),
        "records_read": int(records.get("inputRecordCount") or 0),
        "records_written": int(records.get("outputRecordCount") or 0),
        "records_failed": int(records.get("failedRecordCount") or 0),
        "errors": [_error(each) for each in errors] if isinstance(errors, list) else [],
    }


def _error(error: Any) -> str:
    if not isinstance(error, Mapping):
        return str(error)
    return ": ".join(str(error[name]) for name in ("code", "message") if error.get(name))


def _object(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = value.get(name)
    return found if isinstance(found, Mapping) else {}


def _time(milliseconds: Any) -> str:
    return from_epoch(milliseconds // 1000) if isinstance(milliseconds, int) else ""


def _id(resource: DeclaredResource | pulumi.Input[str]) -> pulumi.Input[str]:
    return resource.id if isinstance(resource, DeclaredResource) else resource


def _asked(
    what: str, ask: Callable[[Client, Any], _T], given: pulumi.Input[Any], provider: FlowService | None
) -> pulumi.Output[_T]:
    """Ask once all that is given is known; in a preview of what is not made yet, the answer is not known either."""

    async def asked(values: Sequence[Any]) -> _T:
        inputs, value = values
        try:
            service = _client(_settings(inputs))
            return await asyncio.to_thread(ask, service, value)
        except AdobeError as error:
            raise pulumi.RunError(f"{what}: {error}") from None

    inputs = pulumi.Output.all(**provider.given) if provider is not None else None
    # Provider inputs hold secrets; what Flow Service answers is none because of that.
    return pulumi.Output.all(pulumi.Output.unsecret(inputs) if inputs is not None else None, given).apply(asked)


def _settings(inputs: Mapping[str, Any] | None) -> Settings:
    from pulumi_adobe.explicit_settings import resolve_explicit  # noqa: PLC0415 - see _client
    from pulumi_adobe.settings import NAMESPACE, TABLE, resolve  # noqa: PLC0415 - see _client

    if inputs is not None:
        return resolve_explicit({key: str(value) for key, value in inputs.items()}, os.environ)
    config = pulumi.Config(NAMESPACE)
    given = {setting.config_key: config.get(setting.key) for setting in TABLE if setting.in_config}
    return resolve({key: value for key, value in given.items() if value is not None}, os.environ)


@cache
def _client(settings: Settings) -> Client:
    """One client, so one token, per place; imported here: a program without look-ups needs no HTTP."""
    from pulumi_adobe.flow_service.client import FlowService as Client  # noqa: PLC0415 - see above

    return Client(settings.access)
