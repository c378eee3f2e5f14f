"""Look-ups for programs: each asks Flow Service while the program runs, in every preview and every update.

Adobe: tabular.md (explore), sort-and-filter.md, monitor.md (runs), the Databricks page (landing zone).
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import pulumi

from pulumi_adobe.advice import with_advice
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.expiry import days_until
from pulumi_adobe.flow_service import runs, tables
from pulumi_adobe.lookup_results import FlowRun, LandingZone
from pulumi_adobe.plugin.lookups import (
    INCOMPLETE_RUNS,
    LookUpFailed,
    find_connection_id,
    find_dataset_id,
    get_connection_spec,
    to_flow_run,
)
from pulumi_adobe.resources.base import FlowServiceResource
from pulumi_adobe.resources.flow_service import PACKAGE, FlowService
from pulumi_adobe.resources.program_messages import REDACTOR, build_run_error, show_warning
from pulumi_adobe.resources.stack_trace import describe_program_line
from pulumi_adobe.sources import ConnectionSpec
from pulumi_adobe.sources.names import SourceName

if TYPE_CHECKING:
    from pulumi_adobe.config.resolve import Settings
    from pulumi_adobe.flow_service.client import FlowServiceClient

_T = TypeVar("_T")


def connection_spec(source: SourceName) -> ConnectionSpec:
    """Return the catalogue's entry of a source. Sends no request.

    Args:
        source: The name of the source in the catalogue, such as `databricks`.

    Raises:
        pulumi.RunError: The catalogue has no such source; the message names the nearest one.
    """
    try:
        return get_connection_spec(source)
    except LookUpFailed as error:
        raise build_run_error(f"connection_spec: {error}{describe_program_line()}") from None


def explore_tables(
    connection: FlowServiceResource | pulumi.Input[str], *, provider: FlowService | None = None
) -> pulumi.Output[Sequence[str]]:
    """Return the paths of the tables of a base connection.

    Args:
        connection: The base connection's resource, or its id.
        provider: The provider of another sandbox or organization; by default that of the resource.
    """

    def fetch(service: FlowServiceClient, id_: str) -> Sequence[str]:
        return [table.path for table in tables.list_tables(service, id_)]

    return _look_up("explore_tables", fetch, _get_resource_id(connection), provider or _get_provider(connection))


def describe_table(
    connection: FlowServiceResource | pulumi.Input[str],
    table: pulumi.Input[str],
    *,
    provider: FlowService | None = None,
) -> pulumi.Output[Sequence[Mapping[str, Any]]]:
    """Return the columns of a table, in the form that `SourceConnection(columns=…)` takes.

    Args:
        connection: The base connection's resource, or its id.
        table: The table's path, as `explore_tables` returns it.
        provider: The provider of another sandbox or organization; by default that of the resource.
    """

    def fetch(service: FlowServiceClient, values: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        return tables.get_columns(service, *values)

    arguments = pulumi.Output.all(_get_resource_id(connection), table)
    return _look_up("describe_table", fetch, arguments, provider or _get_provider(connection))


def find_connection(
    name: pulumi.Input[str], *, source: SourceName | None = None, provider: FlowService | None = None
) -> pulumi.Output[str]:
    """Return the id of the base connection that has this name. None, or several, is an error.

    Args:
        name: The name in Experience Platform.
        source: The source's name in the catalogue, if the name alone is not unique.
        provider: The provider of another sandbox or organization.
    """
    spec_id = connection_spec(source).id if source else None

    def fetch(service: FlowServiceClient, wanted_name: str) -> str:
        return find_connection_id(service, wanted_name, spec_id)

    return _look_up("find_connection", fetch, name, provider)


def find_dataset(name: pulumi.Input[str], *, provider: FlowService | None = None) -> pulumi.Output[str]:
    """Return the id of the dataset that has this name. None, or several, is an error.

    The id of a dataset differs between sandboxes, so a program that names the dataset runs in each of them.

    Args:
        name: The dataset's name in Experience Platform, in the same spelling.
        provider: The provider of another sandbox or organization.
    """

    def fetch(service: FlowServiceClient, wanted_name: str) -> str:
        return find_dataset_id(service, str(wanted_name))

    return _look_up("find_dataset", fetch, name, provider)


def landing_zone_credentials(
    kind: str = "dlz_databricks_source", *, warn_days: int = 14, provider: FlowService | None = None
) -> pulumi.Output[LandingZone]:
    """Return the credentials of a landing zone, as a secret. Deprecated: use the resource `LandingZoneCredentials`.

    The look-up asks Adobe in every preview and does not know when the token ends. Adobe renews a token that has ended
    when it is asked, and every cluster that has the old one then fails.

    Args:
        kind: Adobe's type of the landing zone.
        warn_days: Show a warning if the credentials expire within so many days.
        provider: The provider of another sandbox or organization.
    """
    show_warning(
        "landing_zone_credentials() is deprecated: once the token has ended, the next preview renews it, and stops "
        "every cluster that has the old one. Declare the resource LandingZoneCredentials instead: it stores the expiry."
    )

    def fetch(service: FlowServiceClient, _: object) -> LandingZone:
        from pulumi_adobe.flow_service import platform_apis  # noqa: PLC0415 - see _get_client

        landing_zone = platform_apis.get_landing_zone(service, kind)
        expiry = landing_zone.expiry_date
        days = days_until(expiry, service.service_time())
        if days < warn_days:
            show_warning(f"The credentials of the landing zone {kind} expire on {expiry}, in {days} days.")
        return {
            "container": landing_zone.container,
            "account": landing_zone.account,
            "sas_token": landing_zone.sas_token,
            "sas_uri": landing_zone.sas_uri,
            "expiry_date": expiry,
        }

    return pulumi.Output.secret(_look_up("landing_zone_credentials", fetch, None, provider))


def flow_runs(
    dataflow: FlowServiceResource | pulumi.Input[str], *, limit: int = 10, provider: FlowService | None = None
) -> pulumi.Output[Sequence[FlowRun]]:
    """Return the last runs of a dataflow, the newest first.

    Args:
        dataflow: The dataflow's resource, or its id.
        limit: How many runs to return at most.
        provider: The provider of another sandbox or organization; by default that of the resource.
    """
    if limit < 1:
        raise build_run_error("flow_runs: limit must be a whole number of 1 or more")

    def fetch(service: FlowServiceClient, id_: str) -> Sequence[FlowRun]:
        newest = runs.list_newest_runs(service, id_, limit)
        if not newest.is_complete:
            show_warning(f"flow_runs: {INCOMPLETE_RUNS.format(id=id_)}")
        return [to_flow_run(entity, REDACTOR.to_message) for entity in newest.runs]

    return _look_up("flow_runs", fetch, _get_resource_id(dataflow), provider or _get_provider(dataflow))


def _get_resource_id(resource: FlowServiceResource | pulumi.Input[str]) -> pulumi.Input[str]:
    return resource.id if isinstance(resource, FlowServiceResource) else resource


def _get_provider(resource: FlowServiceResource | pulumi.Input[str]) -> FlowService | None:
    """Return the explicit provider of a resource, its own or that of its component; None for the stack's own."""
    if not isinstance(resource, FlowServiceResource):
        return None
    provider = resource.get_provider(f"{PACKAGE}::")
    return provider if isinstance(provider, FlowService) else None


def _look_up(
    lookup_name: str,
    fetch: Callable[[FlowServiceClient, Any], _T],
    arguments: pulumi.Input[Any],
    provider: FlowService | None,
) -> pulumi.Output[_T]:
    """Run the look-up once all its arguments are known. Until then, as in a preview, its result is unknown too."""

    async def run_fetch(values: Sequence[Any]) -> _T:
        provider_inputs, known_arguments = values
        try:
            service = _get_client(_resolve_settings(provider_inputs))
            return await asyncio.to_thread(fetch, service, known_arguments)
        except AdobeError as error:
            raise build_run_error(f"{lookup_name}: {with_advice(error)}") from None

    inputs = pulumi.Output.all(**provider.setting_inputs) if provider is not None else None
    # Provider inputs are secret, but that makes no secret of what Flow Service answers.
    unsecret_inputs = pulumi.Output.unsecret(inputs) if inputs is not None else None
    return pulumi.Output.all(unsecret_inputs, arguments).apply(run_fetch)


def _resolve_settings(provider_inputs: Mapping[str, Any] | None) -> Settings:
    from pulumi_adobe.config.explicit import resolve_explicit_settings  # noqa: PLC0415 - see _get_client
    from pulumi_adobe.config.resolve import resolve_settings  # noqa: PLC0415 - the same
    from pulumi_adobe.config.settings import NAMESPACE, SETTINGS_TABLE  # noqa: PLC0415 - the same

    if provider_inputs is not None:
        return resolve_explicit_settings({key: str(value) for key, value in provider_inputs.items()}, os.environ)
    config = pulumi.Config(NAMESPACE)
    values = {setting.config_key: config.get(setting.key) for setting in SETTINGS_TABLE if setting.allowed_in_config}
    return resolve_settings({key: value for key, value in values.items() if value is not None}, os.environ)


@cache
def _get_client(settings: Settings) -> FlowServiceClient:
    """Return one client, so one token, per place. Imported here: a program without look-ups needs no HTTP library."""
    from pulumi_adobe.flow_service.client import FlowServiceClient  # noqa: PLC0415 - see above

    return FlowServiceClient(settings.credentials, REDACTOR)
