"""The clock, and the rows that dataflows have written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flow_service_emulator.clock import CLOCK, iso, milliseconds, now
from flow_service_emulator.dataflows import scheduler

if TYPE_CHECKING:
    from flow_service_emulator.emulator import Emulator


def clock(_emulator: Emulator, _body: dict[str, Any]) -> Any:
    """What time it is."""
    return {"now": iso(now()), "milliseconds": now()}


def turn(emulator: Emulator, body: dict[str, Any]) -> Any:
    """`{"advance": seconds}` or `{"to": "2026-12-01T03:00Z"}`; makes the runs that become due."""
    try:
        CLOCK.advance(float(body["advance"]) if "advance" in body else (milliseconds(body["to"]) - now()) / 1000)
    except OverflowError as error:
        raise ValueError(str(error)) from None
    scheduler.update_runs(emulator)
    return clock(emulator, {})


def rows(emulator: Emulator, body: dict[str, Any]) -> Any:
    """`{"dataset": id, "org"?, "sandbox"?}`: the rows of a dataset, of the first organization's `dev` by default."""
    org = body.get("org") or next(iter(emulator.options.orgs))
    return emulator.lake.rows(body["dataset"], org, body.get("sandbox", "dev"))
