"""Runs of Databricks whose cluster lacks the key of the landing zone.

Adobe: the overview of the Databricks source has the key and the text of the error. It has no text for a token that has
ended or was renewed: such runs fail with the same one. Decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flow_service_emulator.connections.base_connections import get_auth_params
from flow_service_emulator.dataflows.flows import list_linked_connections
from flow_service_emulator.dataflows.source_connections import find_base_connection
from flow_service_emulator.lake.landing_zone import DATABRICKS, get_storage_names
from flow_service_emulator.workspace.failures import COPY_FAILED, FAILURES, RunFailure

if TYPE_CHECKING:
    from flow_service_emulator.dataflows.run_results import RunResult
    from flow_service_emulator.emulator import Emulator
    from flow_service_emulator.entities.entity import Entity

_TEXT: Final = (
    "Unable to access container '{}' in account '{}.blob.core.windows.net' using anonymous credentials. No credentials "
    "found in the configuration. Public access is not permitted on this storage account."
)


def check_spark_key(emulator: Emulator, flow: Entity, result: RunResult) -> None:
    """Fail a run if the scenario has a Spark configuration of its cluster without the landing zone's token."""
    if result.failure is not None:
        return
    bases = [
        find_base_connection(emulator, source)
        for source in list_linked_connections(emulator, flow, "sourceConnections")
    ]
    configurations = [emulator.scenario.get_spark_conf(get_auth_params(base)) for base in bases if base is not None]
    place = (flow.org, flow.sandbox, DATABRICKS)
    container, account = get_storage_names(place)
    token = emulator.landing_zone.find(place)
    key = f"fs.azure.sas.{container}.{account}.blob.core.windows.net"
    if any(
        configuration is not None and (token is None or configuration.get(key) != token.text)
        for configuration in configurations
    ):
        message = FAILURES[COPY_FAILED].message
        result.failure = RunFailure(COPY_FAILED, message, in_copy=True, detail=_TEXT.format(container, account))
        result.read, result.written = [], []
