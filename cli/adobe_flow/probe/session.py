"""One probe: the steps, the deletion afterwards whatever happens, and the result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from adobe_flow.probe.cleanup import Cleanup
from adobe_flow.probe.client import ProbeClient
from adobe_flow.probe.interruption import interrupt_once
from adobe_flow.probe.read_steps import run_read_steps
from adobe_flow.probe.record import ProbeRecord
from adobe_flow.probe.table import find_switch_values
from adobe_flow.probe.throw_away import ThrowAwayEntities
from adobe_flow.probe.write_steps import WriteSteps
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.timestamps import format_timestamp
from pulumi_adobe.version import VERSION


@dataclass
class ProbeSession:
    """A run of `adobe-flow probe` against one sandbox: its requests, its clean-up and its result.

    Attributes:
        service: The client of the sandbox.
        write_line: Tells a person a line.
    """

    service: FlowServiceClient
    write_line: Callable[[str], None]

    def __post_init__(self) -> None:
        self.client = ProbeClient(self.service)
        self.record = ProbeRecord()
        self.throw_away = ThrowAwayEntities()
        self.service.redactor.add_secret(self.throw_away.made_up_secret)
        seconds = self.service.credentials.timeout
        self.cleanup = Cleanup(self.client, self.throw_away, seconds)
        self._steps = WriteSteps(self.client, self.record, self.throw_away, self.cleanup, seconds)

    def send_read_requests(self) -> None:
        """Send the requests that only read."""
        run_read_steps(self.client, self.record)

    def send_write_requests(self) -> None:
        """Create, change and delete the throw-away connection.

        Whatever ends it, a signal too, what was created is deleted. A second signal does not end the deletion.
        """
        self.record.is_write = True
        with interrupt_once(self._explain_deletion):
            try:
                try:
                    self._steps.run()
                finally:
                    self.cleanup.run()
            except KeyboardInterrupt:
                # The signal may have come during the deletion, or just before it.
                self.write_line("Interrupted. What the probe has created is being deleted.")
                self.cleanup.run()
                raise
            finally:
                self._explain_left_overs()

    def _explain_deletion(self) -> None:
        self.write_line(f"Wait: {self.throw_away.name} is being deleted.")

    def _explain_left_overs(self) -> None:
        if self.cleanup.left:
            self.write_line(
                f"The connection {self.throw_away.name} could not be deleted, and may still be there.\n"
                "Run adobe-flow probe --write again later: it finds it by its name, and deletes it."
            )
        elif self.cleanup.is_uncertain:
            self.write_line(
                f"A create of {self.throw_away.name} had no clear answer, and no list shows what it created.\n"
                "Should it appear later, the next adobe-flow probe --write finds it by its name, and deletes it."
            )

    def build_result(self, left_overs: int, made_at: datetime) -> dict[str, Any]:
        """Return the report as data: neither organization, sandbox, entity nor address is in it.

        Args:
            left_overs: How many connections of earlier probes are still there.
            made_at: When the probe was made.
        """
        findings = find_switch_values(self.record)
        created = len(set(self.cleanup.created) | self.cleanup.deleted)
        return {
            "tool": f"adobe-flow/{VERSION}",
            "madeAt": format_timestamp(made_at),
            "write": self.record.is_write,
            "stopped": self.record.stopped or None,
            "switches": [
                {
                    "switch": finding.switch,
                    "status": finding.status,
                    "value": finding.value,
                    "candidates": list(finding.candidates),
                    "because": finding.because,
                }
                for finding in findings
            ],
            "clock": round((self.service.service_time() - datetime.now(timezone.utc)).total_seconds()),
            "requestIds": any(answer.has_request_id for answer in self.record.answers.values()),
            "throwAway": {"created": created, "deleted": len(self.cleanup.deleted), "left": len(self.cleanup.left)},
            "leftOvers": left_overs,
            "switchFile": {
                finding.switch: finding.value or finding.candidates[0]
                for finding in findings
                if finding.value or finding.candidates
            },
        }
