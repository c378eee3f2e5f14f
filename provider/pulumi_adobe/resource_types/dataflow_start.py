"""When a dataflow begins: the declared start or, once that has passed, the next time of its schedule.

Adobe refuses a start in the past ("Sources error codes", 1360), so a program that declares one could create its
dataflow once only: not in a second stack, and not again after a deletion. The service's clock decides what has passed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.errors import FlowServiceError
from pulumi_adobe.lifecycle.cache.existing_entities import Scope
from pulumi_adobe.lifecycle.context import ProviderContext, describe_resource
from pulumi_adobe.lifecycle.operation import ResourceOperation
from pulumi_adobe.lifecycle.ownership import read_owner
from pulumi_adobe.lifecycle.replacements import ResourceKey
from pulumi_adobe.resource_types.dataflow import SCHEMA
from pulumi_adobe.resource_types.schedule import FREQUENCIES, find_next_start
from pulumi_adobe.timestamps import format_timestamp, parse_timestamp, validate_timestamp

_START_MARGIN: Final = timedelta(minutes=1)
"""Without a declared start a dataflow begins so long after its creation: Adobe refuses a start in the past."""

_ONCE: Final = "once"

_HINT: Final = (
    "A one-time dataflow runs only at its start: remove the start to run it right after its creation, or give a start "
    "that lies ahead."
)


class StartHasPassed(AdobeError):
    """The start of a new one-time dataflow has passed, so it would never run."""


def find_start_problems(
    context: ProviderContext, prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]
) -> Iterator[str]:
    """Return the problem of a start that has passed. For a recurring dataflow show when it begins instead.

    A start that the state knows already is none, and neither is that of a dataflow that may be adopted.
    """
    start = new_inputs.get("startTime")
    if not isinstance(start, str) or (prior_outputs and plan_start(prior_outputs, new_inputs) is None):
        return
    is_replacement = not prior_outputs and context.replacements.exists(
        ResourceKey(SCHEMA.collection, str(new_inputs.get("owner")))
    )
    if not prior_outputs and not is_replacement and _may_be_adopted(context, new_inputs):
        return
    now = context.service_time()
    if parse_timestamp(start) > now:
        return
    if new_inputs.get("frequency") == _ONCE:
        if not is_replacement and parse_timestamp(start) < now - _START_MARGIN:
            yield f"{context.get_labels(SCHEMA)['startTime']}: {start} has passed. {_HINT}"
        return
    next_start = _find_next_start(new_inputs, now)
    if next_start is not None:
        _show_next_start(context, new_inputs, next_start)


def choose_start(operation: ResourceOperation, inputs: Mapping[str, Any]) -> str:
    """Return the declared start or, if it has passed, the next time of the schedule. Called right before a write.

    Raises:
        StartHasPassed: A new one-time dataflow would never run.
    """
    context, declared_start = operation.context, inputs.get("startTime")
    now = operation.service.service_time()
    if declared_start is None:
        return format_timestamp(now + _START_MARGIN)
    if parse_timestamp(str(declared_start)) > now:
        return str(declared_start)
    start = _find_next_start(inputs, now)
    if start is None:
        is_replacement = context.replacements.exists(operation.key)
        if not is_replacement and parse_timestamp(str(declared_start)) < now - _START_MARGIN:
            raise StartHasPassed(
                f"{operation.describe()}: its start {declared_start} has passed. Nothing was created.", _HINT
            )
        start = format_timestamp(now + _START_MARGIN)
    _show_next_start(context, inputs, start)
    return start


def plan_start(prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> str | None:
    """Return the start that a change of the declared one asks for; None if it asks for none.

    Whether that start has passed is decided by `choose_start`, which knows the service's clock.
    """
    start, prior_start = new_inputs.get("startTime"), prior_outputs.get("startTime")
    return str(start) if start is not None and prior_start is not None and start != prior_start else None


def has_started(context: ProviderContext, prior_outputs: Mapping[str, Any]) -> bool:
    """Return whether the start that the service knows has passed."""
    start = prior_outputs.get("effectiveStart")
    if not isinstance(start, str) or validate_timestamp(start) is not None:
        return False
    return parse_timestamp(start) <= context.service_time()


def _find_next_start(inputs: Mapping[str, Any], now: datetime) -> str | None:
    """Return the next time of the schedule; None if it has none, or if it is not known yet."""
    frequency, interval = inputs.get("frequency"), inputs.get("interval")
    if frequency == _ONCE or frequency not in FREQUENCIES or not isinstance(interval, int) or interval < 1:
        return None
    return find_next_start(str(inputs["startTime"]), str(frequency), interval, now)


def _show_next_start(context: ProviderContext, inputs: Mapping[str, Any], start: str) -> None:
    subject = describe_resource(SCHEMA, inputs)
    context.show_message_once(f"{subject}: its start {inputs['startTime']} has passed, so it begins at {start}")


def _may_be_adopted(context: ProviderContext, new_inputs: Mapping[str, Any]) -> bool:
    """Return whether a create may adopt an existing dataflow, which keeps the start that it has.

    The list is that which the check of a new resource reads anyway. Its response brings the service's time, too.
    """
    options, name = context.options, new_inputs.get("name")
    if new_inputs.get("adoptId") or options.adopt:
        return True
    if options.on_existing == "duplicate" or not isinstance(name, str):
        return False
    with suppress(FlowServiceError):
        dataflows = context.existing_entities.find_by_name(Scope(SCHEMA.collection, "", ""), name)
        owner = new_inputs.get("owner")
        return options.writes_ownership_line and any(read_owner(dataflow) == owner for dataflow in dataflows)
    return False
