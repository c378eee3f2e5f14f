"""The result of a run: the rows that it reads and writes, and its failure."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from flow_service_emulator.workspace.failures import RunFailure


@dataclass(frozen=True)
class RunWindow:
    """The rows whose delta column lies in [begin, end), in epoch milliseconds; all rows without a delta column."""

    begin: int
    end: int
    delta: str | None = None


@dataclass(frozen=True)
class ChangeCounts:
    """The numbers of rows of a dataset that a run creates, updates and deletes."""

    created: int = 0
    updated: int = 0
    deleted: int = 0


@dataclass
class RunResult:
    """The rows that a run reads and writes, and its failure if it has one."""

    window: RunWindow
    sources: list[str] = field(default_factory=list)
    dataset: str = ""
    read: list[dict[str, Any]] = field(default_factory=list)
    written: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    failure: RunFailure | None = None
    changes: list[str] = field(default_factory=list)
    """The change of each row of ``written``: `u`, or `d` of a change feed."""
    key: tuple[str, ...] = ()
    """The XDM paths of the primary key, with change data capture."""
    counts: ChangeCounts | None = None
    feed: dict[str, int] = field(default_factory=dict)
    """The number of rows of the change feed that have been read, by source connection."""
    row_errors: list[dict[str, Any]] = field(default_factory=list)
    """The bad rows with their errors, if the dataflow has error diagnostics."""

    @property
    def state(self) -> str:
        """State of the run: `failed` or `success`, as the filters of runs spell it."""
        return "failed" if self.failure is not None and self.failure.code else "success"

    @property
    def sizes(self) -> tuple[int, int]:
        """Numbers of bytes that the run reads and writes, measured as JSON."""
        return len(json.dumps(self.read)), len(json.dumps(self.written))
