"""The control paths of the clock, and of the rows that dataflows have written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flow_service_emulator.clock import CLOCK, format_iso, now, parse_time
from flow_service_emulator.dataflows import scheduler

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator


def show_clock(_emulator: Emulator, _body: dict[str, Any]) -> Any:
    """Return the time of the emulator's clock."""
    return {"now": format_iso(now()), "milliseconds": now()}


def set_clock(emulator: Emulator, body: dict[str, Any]) -> Any:
    """Advance the clock by `{"advance": seconds}` or `{"to": "2026-12-01T03:00Z"}`, and make the runs that are due."""
    try:
        CLOCK.advance(float(body["advance"]) if "advance" in body else (parse_time(body["to"]) - now()) / 1000)
    except OverflowError as error:
        raise ValueError(str(error)) from None
    scheduler.update_runs(emulator)
    return show_clock(emulator, {})


def list_dataset_rows(emulator: Emulator, body: dict[str, Any]) -> Any:
    """Return the rows of the dataset of `{"dataset": id, "org"?, "sandbox"?}`, by default in the sandbox `dev`."""
    org = body.get("org") or next(iter(emulator.options.orgs))
    return emulator.lake.list_rows(body["dataset"], org, body.get("sandbox", "dev"))
