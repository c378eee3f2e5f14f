"""Every switch of the emulator: how a probe measures it, or why no probe can know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from adobe_flow.probe import connection_measures, dataflow_measures, list_measures, request_measures
from adobe_flow.probe.finding import Finding, MeasuredValue, NotMeasured
from adobe_flow.probe.record import ProbeRecord


@dataclass(frozen=True)
class Probe:
    """The measurement of one switch.

    Attributes:
        switch: The name of the switch.
        question: What is found out.
        requests: The requests that tell it.
        needs_write: Whether only a probe with --write sends them.
        measure: Judges their answers.
    """

    switch: str
    question: str
    requests: tuple[str, ...]
    needs_write: bool
    measure: Callable[[ProbeRecord], MeasuredValue]

    def find(self, record: ProbeRecord) -> Finding:
        """Return the finding about the switch, judged from the recorded answers."""
        try:
            measured = self.measure(record)
        except NotMeasured as reason:
            return Finding(self.switch, None, reason.candidates, reason.because)
        return Finding(self.switch, measured.value, (), measured.because)


READS: Final = False
WRITES: Final = True
"""True if only a probe with --write sends the requests."""

_CREATE: Final = "POST /connections"
_READ: Final = "GET /connections/{id}"
_LIST: Final = "GET /connections"
_CHANGE: Final = "PATCH /connections/{id}"

PROBES: Final = (
    Probe(
        "if_match",
        "Does a change need the etag, and its quotes?",
        (f"{_CHANGE} without If-Match", f"{_CHANGE} with an etag without quotes"),
        WRITES,
        request_measures.measure_if_match,
    ),
    Probe(
        "spec_version",
        "Must a create name the version of the connection spec?",
        (f"{_CREATE} without the version", f"{_CREATE} with it"),
        WRITES,
        request_measures.measure_spec_version,
    ),
    Probe(
        "sandbox",
        "Is `x-sandbox-name` required?",
        (f"{_LIST} without the header",),
        READS,
        request_measures.measure_sandbox,
    ),
    Probe(
        "initializing",
        "How long is a new connection not ready?",
        (_CREATE, f"{_READ} until it is ready"),
        WRITES,
        connection_measures.measure_time_of_initialization,
    ),
    Probe(
        "updating",
        "How long is a changed connection not ready?",
        (f"{_CHANGE} of the description", f"{_READ} until it is ready"),
        WRITES,
        connection_measures.measure_time_of_update,
    ),
    Probe(
        "refusal_at_work",
        "How is a change refused while Flow Service is at work?",
        (f"{_CHANGE} with the operation `test`, which changes nothing",),
        WRITES,
        connection_measures.measure_refusal_at_work,
    ),
    Probe(
        "final_state",
        "In which state does a new connection with made-up credentials end up?",
        (_CREATE, _READ),
        WRITES,
        connection_measures.measure_final_state,
    ),
    Probe(
        "secrets",
        "How is a password shown?",
        (_CREATE, _READ),
        WRITES,
        connection_measures.measure_secrets,
    ),
    Probe(
        "added_params",
        "Does Flow Service add auth parameters?",
        (_CREATE, _READ),
        WRITES,
        connection_measures.measure_added_params,
    ),
    Probe(
        "description",
        "How is an empty description shown?",
        (f"{_CHANGE} of the description", _READ),
        WRITES,
        connection_measures.measure_description,
    ),
    Probe(
        "error_body",
        "Which members does an error have?",
        (f"{_READ} of an id that does not exist",),
        READS,
        request_measures.measure_error_body,
    ),
    Probe(
        "delete_status",
        "Which status answers a DELETE?",
        ("DELETE /connections/{id}",),
        WRITES,
        request_measures.measure_delete_status,
    ),
    Probe(
        "unique_names",
        "Is a second connection of the same name refused?",
        (f"{_CREATE} with the same name",),
        WRITES,
        request_measures.measure_unique_names,
    ),
    Probe(
        "test_result",
        "What does the connection test say about made-up credentials?",
        ("GET /connections/{id}/test", f"{_CHANGE} of the auth parameters"),
        WRITES,
        connection_measures.measure_test_result,
    ),
    Probe(
        "list_order",
        "What does `orderby` do to a list of connections?",
        (f"{_LIST}?limit=10&orderby=createdAt", f"{_LIST}?limit=10&orderby=-createdAt"),
        READS,
        list_measures.measure_list_order,
    ),
    Probe(
        "list_items",
        "Does a list show all members of a connection?",
        (_LIST, _READ),
        READS,
        list_measures.measure_list_items,
    ),
    Probe(
        "spec_pages",
        "How many entries does a page of the connection specs have?",
        ("GET /connectionSpecs",),
        READS,
        list_measures.measure_spec_pages,
    ),
    Probe(
        "page_size",
        "How many entities does a page have?",
        (_LIST, "GET /flows", "GET /runs"),
        READS,
        list_measures.measure_page_size,
    ),
    Probe(
        "page_limit",
        "What is the largest `limit`?",
        (f"{_LIST}?limit=N of no connection, about 15 times",),
        READS,
        list_measures.measure_page_limit,
    ),
    Probe(
        "unknown_filters",
        "What does a filter by an unknown field do?",
        (f"{_LIST}?property=adobeFlowProbe==x",),
        READS,
        list_measures.measure_unknown_filters,
    ),
    Probe(
        "unknown_parameters",
        "What does an unknown query parameter do?",
        (f"{_LIST}?adobeFlowProbe=x",),
        READS,
        list_measures.measure_unknown_parameters,
    ),
    Probe(
        "list_lag",
        "How soon does a list show a new connection?",
        (_CREATE, f"{_LIST}?property=id==…"),
        WRITES,
        list_measures.measure_list_lag,
    ),
    Probe(
        "runs_order",
        "What does `orderby` do to a list of runs?",
        ("GET /runs?limit=10&orderby=createdAt", "GET /runs?limit=10&orderby=-createdAt"),
        READS,
        list_measures.measure_runs_order,
    ),
    Probe(
        "runs_path",
        "Where are the runs of one dataflow listed?",
        ("GET /runs?property=flowId==…", "GET /flows/{id}/runs"),
        READS,
        dataflow_measures.measure_runs_path,
    ),
    Probe(
        "run_status",
        "How is the status of a run spelt?",
        ("GET /runs",),
        READS,
        dataflow_measures.measure_run_status,
    ),
    Probe(
        "run_times",
        "Which unit do the times of a run have?",
        ("GET /runs",),
        READS,
        dataflow_measures.measure_run_times,
    ),
    Probe(
        "input_bytes",
        "Does a run report how much it has read?",
        ("GET /runs",),
        READS,
        dataflow_measures.measure_input_bytes,
    ),
    Probe(
        "credentials",
        "Is a create with a made-up password refused?",
        (_CREATE,),
        WRITES,
        request_measures.measure_credentials,
    ),
    Probe(
        "missing_table",
        "How is a missing file of a source reported?",
        ("GET /connections/{id}/explore of the root", "GET /connections/{id}/explore of a missing file"),
        WRITES,
        connection_measures.measure_missing_table,
    ),
    Probe(
        "transformations",
        "In which order does a dataflow list its transformations?",
        ("GET /flows/{id}, of three at most",),
        READS,
        dataflow_measures.measure_transformations,
    ),
)
"""In the order of the emulator's documentation."""

UNKNOWN_SWITCHES: Final[Mapping[str, str]] = {
    "run_answer": "The probe would have to start a run, and a probe must not move rows.",
    "run_window": "The probe would have to start a run, and a probe must not move rows.",
    "stopped_cluster": "The probe would have to stop a Databricks cluster.",
    "source_names": "The probe would have to create a source connection to a real source.",
    "map_keys": "The probe would have to know an XDM schema with a map.",
    "source_data": "The probe would have to create a source connection to a real source.",
    "stream_update": "The probe would have to change a dataflow of a stream.",
    "cdc_delta_column": "The probe would have to create a dataflow.",
    "flow_options_update": "The probe would have to change a dataflow.",
    "landing_zone_days": "The probe would have to read the credentials of the landing zone. If they have expired, this "
    "renews them, and the clusters with the old ones stop working.",
}
"""Switches that no probe measures, and the reason: why it would not be harmless, or what is missing."""


def find_switch_values(record: ProbeRecord) -> list[Finding]:
    """Return the finding about each switch, judged from the recorded answers, in the order of the tables."""
    findings = [probe.find(record) for probe in PROBES]
    return findings + [Finding(name, None, (), f"not probed: {reason}") for name, reason in UNKNOWN_SWITCHES.items()]
