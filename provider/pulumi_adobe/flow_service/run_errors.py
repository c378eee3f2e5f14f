"""The error codes of flow runs, with cause and remedy. docs/reference/run-errors.md is generated from this table.

Adobe: "Monitor dataflows" (monitor.md, monitor-sources.md), "Flow run notifications" (notifications.md), "Observability
alert rules" (rules.md), "Error diagnostics" (error-diagnostics.md, partial.md), "Sources error codes"
(sources-errors.md), "Flow Service error codes" (flow-service-errors.md), and the overview of the Databricks source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class RunErrorCode:
    """One documented error of a run, or of a request to start or retry one.

    Attributes:
        code: Adobe's code, with the HTTP status but without the prefix `CONNECTOR-` of the request errors.
        cause: What the code means.
        remedy: What to do.
        document: The document of Adobe that has the code.
        text: A part of the message by which the error is recognized, for those that share a code with others.
    """

    code: str
    cause: str
    remedy: str
    document: str
    text: str = ""


_MONITOR: Final = "monitor-sources.md"
_RULES: Final = "rules.md"
_DIAGNOSTICS: Final = "error-diagnostics.md"
_SOURCES: Final = "sources-errors.md"
_FLOW_SERVICE: Final = "flow-service-errors.md"

RUN_ERRORS: Final = (
    RunErrorCode(
        "CONNECTOR-1001-500",
        "The Databricks cluster has no credentials for the staging container.",
        "Set the Spark configuration `fs.azure.sas.<container>.<account>.blob.core.windows.net` of the cluster to the "
        "current SAS token of the landing zone, restart the cluster, and run again.",
        "Databricks overview",
        text="anonymous credentials",
    ),
    RunErrorCode(
        "CONNECTOR-1001-500",
        "The data could not be copied from the source.",
        "Read the nested error and the text of the copy engine. Check the cluster or server, the credentials "
        "(`adobe-flow test`) and the table (`adobe-flow explore`), and run again.",
        _MONITOR,
    ),
    RunErrorCode(
        "2200",
        "The copy engine got no answer from the source in time.",
        "Check that the source is running, and that its firewall and IP access list admit Adobe's addresses of the "
        "region.",
        "notifications.md",
    ),
    RunErrorCode(
        "CONNECTOR-2001-500",
        "The copied data could not be processed: parsing, validation or mapping failed.",
        "Read the nested errors, correct the mapping or the data, and run again.",
        _MONITOR,
    ),
    RunErrorCode(
        "CONNECTOR-3001-500",
        "Experience Platform could not create the batch of the run.",
        "Retry the run. If it fails again, give Adobe's customer care the id of the run.",
        _MONITOR,
    ),
    RunErrorCode(
        "MAPPER-3700-400",
        "The mapping could not convert a value.",
        "Compare the types of the mapped columns with those of the XDM schema, and correct `mapping`.",
        _RULES,
    ),
    RunErrorCode(
        "INGEST-1212-400",
        "Some rows have errors; the others were ingested.",
        "Read the errors beside this one and the error diagnostics of the batch, and correct these rows in the source.",
        _DIAGNOSTICS,
    ),
    RunErrorCode(
        "INGEST-1401-400",
        "A row is corrupt and cannot be parsed.",
        "Correct the row in the source, or the format and the types that the source connection declares.",
        _DIAGNOSTICS,
    ),
    RunErrorCode(
        "INGEST-1555-400",
        "A required field of the XDM schema is missing or null.",
        "Map a column without nulls to the field, or make the field optional in the schema.",
        _DIAGNOSTICS,
    ),
    RunErrorCode(
        "INGEST-1211-400",
        "The data has errors, and error diagnostics were not switched on.",
        "Switch on error diagnostics of the dataflow and run again: the rows with errors are then listed.",
        _DIAGNOSTICS,
    ),
    RunErrorCode(
        "133",
        "There are no files for the batch.",
        "Check that the table has rows in the window of the run. If it has, the copy wrote nothing: read its error.",
        _RULES,
    ),
    RunErrorCode(
        "1308-400",
        "The copy engine or the source refused the copy; the message comes from it.",
        "Read the message. For Databricks, check that the cluster exists and that the token is valid.",
        _SOURCES,
    ),
    RunErrorCode(
        "1381-400",
        "The window of the run ends before it begins.",
        "Exchange `--from` and `--to`.",
        _SOURCES,
    ),
    RunErrorCode(
        "1382-400",
        "The delta column is not the one that the first run of the dataflow has named.",
        "Leave out `--delta-column`, or name the one of the dataflow's transformation Copy.",
        _SOURCES,
    ),
    RunErrorCode(
        "1383-400",
        "The first run over a window names no delta column.",
        "Name the column with the time of each row: `--delta-column`.",
        _SOURCES,
    ),
    RunErrorCode(
        "1384-400",
        "The parameters of the run are invalid or empty.",
        "Give both `--from` and `--to`.",
        _SOURCES,
    ),
    RunErrorCode(
        "1385-400",
        "Sources of this kind cannot be run on demand.",
        "Give the dataflow a recurring schedule instead of one that runs once.",
        _SOURCES,
    ),
    RunErrorCode(
        "1386-400",
        "Only a one-time dataflow can be run on demand.",
        "Wait for the next run of its schedule, or declare a one-time dataflow beside it.",
        _SOURCES,
    ),
    RunErrorCode(
        "1387-400",
        "The run is in a state in which it cannot be retried.",
        "Only a failed run can be retried. If the run is in progress: `adobe-flow watch`.",
        _SOURCES,
    ),
    RunErrorCode(
        "1388-400",
        "The dataflow of the run is not enabled.",
        "Enable the dataflow (`enabled=True` and `pulumi up`), and retry.",
        _SOURCES,
    ),
    RunErrorCode(
        "1427-400",
        "The token is that of a user, who may not start flow runs.",
        "Use an OAuth server-to-server credential.",
        _FLOW_SERVICE,
    ),
    RunErrorCode(
        "1428-400",
        "The run that this one follows does not exist.",
        "Retry a newer run of the dataflow.",
        _FLOW_SERVICE,
    ),
    RunErrorCode(
        "1429-400",
        "The dataflow that this one follows does not exist.",
        "Check the dataflow in Experience Platform.",
        _FLOW_SERVICE,
    ),
    RunErrorCode(
        "1430-400",
        "The dataflow of the run does not exist.",
        "Check the id with `adobe-flow runs`, and the sandbox.",
        _FLOW_SERVICE,
    ),
)
"""Those with a text come before the general one of their code."""


def find_run_error(code: str, message: str = "") -> RunErrorCode | None:
    """Return what is known of an error; None for a code that no document has."""
    bare_code = code if any(code == known.code for known in RUN_ERRORS) else code.removeprefix("CONNECTOR-")
    for known in RUN_ERRORS:
        if known.text and known.text in message:
            return known
        if known.code == bare_code and not known.text:
            return known
    return None
