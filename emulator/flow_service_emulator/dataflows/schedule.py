"""The schedule of a dataflow.

Adobe: the scheduleSpec of CRMToAEP (crm.md); "Sources error codes" 1317, 1360 to 1366, 1397. Numbers may come as texts,
as in Adobe's own samples.
"""

from __future__ import annotations

from typing import Any

from flow_service_emulator.clock import now
from flow_service_emulator.errors import FlowServiceError

_SECONDS = {"minute": 60, "hour": 3600, "day": 86400, "week": 604800}
_MIN_MINUTES = 15
GRACE_SECONDS = 300
"""The seconds by which a start may be in the past: a request takes time, and clocks differ. Decided."""


def check_schedule(schedule: Any) -> None:
    """Refuse an invalid schedule."""
    if not isinstance(schedule, dict) or not schedule:
        raise FlowServiceError("CONNECTOR-1317-400", "scheduleParams must not be empty")
    frequency = schedule.get("frequency")
    if not isinstance(frequency, str) or (frequency != "once" and frequency not in _SECONDS):
        raise FlowServiceError("CONNECTOR-1397-400", f"frequency [{frequency}] is not supported")
    if get_start(schedule) is None:
        raise FlowServiceError("CONNECTOR-1312-400", "scheduleParams.startTime must be epoch seconds")
    if frequency == "once":
        _check_one_time_schedule(schedule)
    else:
        _check_interval(frequency, schedule.get("interval"))
    check_member_types(schedule)


def check_member_types(schedule: Any) -> None:
    """Refuse a member of the wrong type; a draft may lack any member."""
    if not isinstance(schedule, (dict, type(None))):
        raise FlowServiceError("CONNECTOR-1317-400", "scheduleParams must be an object")
    members = {name: value for name, value in (schedule or {}).items() if value is not None}
    numbers = [members[name] for name in ("startTime", "interval") if name in members]
    if (
        not isinstance(members.get("frequency", ""), str)
        or any(parse_number(value) is None for value in numbers)
        or str(members.get("backfill", True)).lower() not in {"true", "false"}
    ):
        raise FlowServiceError("CONNECTOR-1312-400", "a member of scheduleParams has the wrong type")


def is_valid_schedule(schedule: Any) -> bool:
    """Return whether a schedule is valid, which a foreign edit does not ensure."""
    try:
        check_schedule(schedule)
    except FlowServiceError:
        return False
    return True


def check_start_is_ahead(schedule: dict[str, Any]) -> None:
    """Refuse a start in the past, for a new dataflow."""
    if (get_start(schedule) or 0) < now() // 1000 - GRACE_SECONDS:
        raise FlowServiceError("CONNECTOR-1360-400", "scheduleParams.startTime is in the past")


def check_schedule_change(old: dict[str, Any], new: dict[str, Any]) -> None:
    """Refuse a change of what is fixed once the start has passed (codes 1366, 1403, 1404)."""
    began = (get_start(old) or 0) <= now() // 1000
    if not began and get_start(old) != get_start(new):
        check_start_is_ahead(new)
    if began and get_start(old) != get_start(new):
        raise FlowServiceError("CONNECTOR-1366-400", "startTime has already passed and cannot be changed")
    if began and new.get("frequency") == "once" != old.get("frequency"):
        raise FlowServiceError("CONNECTOR-1403-400", "startTime has already passed: frequency cannot become once")
    if began and parse_flag(old.get("backfill")) != parse_flag(new.get("backfill")):
        raise FlowServiceError("CONNECTOR-1404-400", "startTime has already passed: backfill cannot be changed")


def get_start(schedule: dict[str, Any]) -> int | None:
    """Return the start in epoch seconds."""
    return parse_number(schedule.get("startTime"))


def get_interval(schedule: dict[str, Any]) -> int | None:
    """Return the seconds between two runs; None if there is only one run."""
    if schedule.get("frequency") == "once":
        return None
    return _SECONDS[schedule["frequency"]] * (parse_number(schedule.get("interval")) or 1)


def parse_number(value: Any) -> int | None:
    """Return a whole number, which may be sent as a text; None if it is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return int(value) if isinstance(value, int) or (isinstance(value, str) and value.isdecimal()) else None


def parse_flag(value: Any) -> bool:
    """Return a flag, which may be sent as a text; true if it is missing, as in the scheduleSpec for backfill."""
    return value is None or value is True or str(value).lower() == "true"


def _check_one_time_schedule(schedule: dict[str, Any]) -> None:
    if "interval" in schedule:
        raise FlowServiceError("CONNECTOR-1361-400", "interval is not allowed with frequency [once]")
    if "backfill" in schedule:
        raise FlowServiceError("CONNECTOR-1364-400", "backfill is not allowed with frequency [once]")


def _check_interval(frequency: str, interval: Any) -> None:
    count = parse_number(interval)
    if count is None:
        raise FlowServiceError("CONNECTOR-1304-400", "interval is required")
    least = _MIN_MINUTES if frequency == "minute" else 1
    if count < least:
        raise FlowServiceError("CONNECTOR-1362-400", f"interval must be at least {least} for frequency [{frequency}]")
