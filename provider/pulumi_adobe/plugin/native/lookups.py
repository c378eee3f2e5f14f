"""The functions of the package: the look-ups of the Python classes, for programs in any language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service import runs, tables
from pulumi_adobe.plugin.lookups import (
    INCOMPLETE_RUNS,
    find_connection_id,
    find_dataset_id,
    get_connection_spec,
    to_flow_run,
)
from pulumi_adobe.plugin.native.state_format import TYPE_PREFIX
from pulumi_adobe.plugin.process import ProviderProcess
from pulumi_adobe.schema.naming import camel_case
from pulumi_adobe.schema.values import UNKNOWN, Properties

if TYPE_CHECKING:
    from pulumi_adobe.flow_service.client import FlowServiceClient

_DEFAULT_LIMIT: Final = 10


def call_function(token: str, arguments: Mapping[str, Any], process: ProviderProcess) -> Properties:
    """Return the result of the function with this token. In a preview, that of unknown arguments is unknown too."""
    function = _FUNCTIONS.get(token.removeprefix(TYPE_PREFIX))
    if function is None:
        raise AdobeError(f"The provider adobe has no function {token}.")
    if UNKNOWN in arguments.values():
        return {}
    try:
        return function(process, arguments)
    except AdobeError as error:
        raise error.with_context(f"{token.removeprefix(TYPE_PREFIX)}: {error.message}") from error


def _explore_tables(process: ProviderProcess, arguments: Mapping[str, Any]) -> Properties:
    found_tables = tables.list_tables(_get_service(process), str(arguments["connectionId"]))
    return {"tables": [table.path for table in found_tables]}


def _describe_table(process: ProviderProcess, arguments: Mapping[str, Any]) -> Properties:
    connection_id, table = str(arguments["connectionId"]), str(arguments["table"])
    return {"columns": [dict(column) for column in tables.get_columns(_get_service(process), connection_id, table)]}


def _find_connection(process: ProviderProcess, arguments: Mapping[str, Any]) -> Properties:
    source = arguments.get("source")
    spec_id = get_connection_spec(str(source)).id if source else None
    return {"id": find_connection_id(_get_service(process), str(arguments["name"]), spec_id)}


def _find_dataset(process: ProviderProcess, arguments: Mapping[str, Any]) -> Properties:
    return {"id": find_dataset_id(_get_service(process), str(arguments["name"]))}


def _get_connection_spec(_process: ProviderProcess, arguments: Mapping[str, Any]) -> Properties:
    spec = get_connection_spec(str(arguments["source"]))
    auth_specs = {
        name: [{"name": each.name, "required": each.required, "secret": each.secret} for each in parameters]
        for name, parameters in spec.auth_specs.items()
    }
    return {"id": spec.id, "version": spec.version, "title": spec.title, "authSpecs": auth_specs}


def _get_flow_runs(process: ProviderProcess, arguments: Mapping[str, Any]) -> Properties:
    id_, limit = str(arguments["dataflowId"]), arguments.get("limit", _DEFAULT_LIMIT)
    if not isinstance(limit, int) or limit < 1:
        raise AdobeError("limit must be a whole number of 1 or more")
    newest = runs.list_newest_runs(_get_service(process), id_, limit)
    if not newest.is_complete:
        process.show_message(f"warning: getFlowRuns: {INCOMPLETE_RUNS.format(id=id_)}")
    return {"runs": [_use_camel_case(to_flow_run(entity)) for entity in newest.runs]}


def _use_camel_case(run: Mapping[str, Any]) -> Properties:
    return {camel_case(name): value for name, value in run.items()}


def _get_service(process: ProviderProcess) -> FlowServiceClient:
    return process.context.service


_FUNCTIONS: Final[Mapping[str, Callable[[ProviderProcess, Mapping[str, Any]], Properties]]] = {
    "exploreTables": _explore_tables,
    "describeTable": _describe_table,
    "findConnection": _find_connection,
    "findDataset": _find_dataset,
    "getConnectionSpec": _get_connection_spec,
    "getFlowRuns": _get_flow_runs,
}
