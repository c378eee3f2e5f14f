"""Measures of lists: order, items, pages, and what is unknown."""

from __future__ import annotations

from adobe_flow.probe import read_steps
from adobe_flow.probe.client import ProbeResponse
from adobe_flow.probe.finding import MeasuredValue, NotMeasured
from adobe_flow.probe.record import ProbeRecord, require_clear_answer
from pulumi_adobe.flow_service.addresses import parse_next_page
from pulumi_adobe.json_values import get_member


def measure_list_order(record: ProbeRecord) -> MeasuredValue:
    """Find whether the list of connections obeys the requested order."""
    return _compare_orders(record.get(read_steps.OLDEST_FIRST), record.get(read_steps.NEWEST_FIRST), "connections")


def measure_runs_order(record: ProbeRecord) -> MeasuredValue:
    """Find whether the list of runs obeys the requested order."""
    orders = record.get(read_steps.RUNS_OLDEST_FIRST), record.get(read_steps.RUNS_NEWEST_FIRST)
    return _compare_orders(*orders, "runs")


def _compare_orders(oldest_first: ProbeResponse, newest_first: ProbeResponse, what: str) -> MeasuredValue:
    if oldest_first.is_refusal and newest_first.is_refusal:
        return MeasuredValue("refused", f"orderby=createdAt was answered with {oldest_first.describe_status()}")
    if oldest_first.is_refusal or newest_first.is_refusal:
        raise NotMeasured("one of two orders was refused")
    ascending, descending = (_read_times(answer) for answer in (oldest_first, newest_first))
    if len(set(ascending)) < 2 or len(ascending) != len(oldest_first.items):  # noqa: PLR2004 - two make an order
        raise NotMeasured(f"there are fewer than two {what} of different times", ("by_field", "ignored"))
    if ascending == sorted(ascending) and descending == sorted(descending, reverse=True):
        return MeasuredValue("by_field", f"orderby=createdAt sorted {what} in both directions")
    if [entity.get("id") for entity in oldest_first.items] == [entity.get("id") for entity in newest_first.items]:
        return MeasuredValue("ignored", f"orderby=createdAt and -createdAt gave the same order of {what}")
    raise NotMeasured(f"orderby=createdAt changed the order of {what}, but did not sort them")


def _read_times(answer: ProbeResponse) -> list[float]:
    times = (item.get("createdAt") for item in answer.items)
    return [time for time in times if isinstance(time, (int, float)) and not isinstance(time, bool)]


def measure_list_items(record: ProbeRecord) -> MeasuredValue:
    """Find whether a connection in a list has all members that a read by its id shows."""
    pair = [record.answers.get(name) for name in (read_steps.LISTED, read_steps.READ)]
    if None in pair:
        raise NotMeasured(f"there is no connection to look at: {record.explain_missing_request()}")
    listed, read = (record.get(name).items for name in (read_steps.LISTED, read_steps.READ))
    if len(listed) != 1 or len(read) != 1 or "auth" not in read[0]:
        raise NotMeasured("a connection read by its id shows no `auth`")
    if "auth" in listed[0]:
        return MeasuredValue("complete", "a list shows `auth` of a connection")
    return MeasuredValue("summary", "a list leaves out `auth`, which a read by id shows")


def measure_list_lag(record: ProbeRecord) -> MeasuredValue:
    """Return how long after its creation a list first showed the new connection."""
    record.get_created_connection()
    if not record.list_lag:
        raise NotMeasured("no list showed the new connection in time")
    return MeasuredValue(record.list_lag, "a list was read again and again after the create")


def measure_page_size(record: ProbeRecord) -> MeasuredValue:
    """Find the default page size from the entities of a first page that has a second one."""
    counts = {
        name: len(page.items)
        for name, page in record.pages.items()
        if page.is_success and isinstance(page.body, dict) and parse_next_page(page.body) and page.items
    }
    if not record.pages:
        raise NotMeasured(record.explain_missing_request())
    if not counts:
        for page in record.pages.values():
            require_clear_answer(page)
        longest = max((len(page.items) for page in record.pages.values()), default=0)
        raise NotMeasured(f"no list has a second page: the longest has {longest} entities")
    if len(set(counts.values())) > 1:
        evidence = ", ".join(f"{name}: {count}" for name, count in counts.items())
        raise NotMeasured(f"the sizes of pages differ: {evidence}")
    return MeasuredValue(str(next(iter(counts.values()))), f"a first page of {', '.join(counts)} without `limit`")


def measure_spec_pages(record: ProbeRecord) -> MeasuredValue:
    """Find whether the list of connection specs has pages."""
    answer = record.get(read_steps.SPECS)
    if not isinstance(answer.body, dict) or not answer.items:
        raise NotMeasured("the connection specs were answered without a list")
    if parse_next_page(answer.body):
        return MeasuredValue(str(len(answer.items)), "the first page of the connection specs has a next one")
    return MeasuredValue("whole", f"one page has all {len(answer.items)} connection specs")


def measure_page_limit(record: ProbeRecord) -> MeasuredValue:
    """Return the largest limit that was accepted, if the next one was refused."""
    if not record.page_limits:
        raise NotMeasured(record.explain_missing_request())
    for answer in record.page_limits.values():
        require_clear_answer(answer)
    accepted = [limit for limit, answer in record.page_limits.items() if answer.is_success]
    refused = [limit for limit, answer in record.page_limits.items() if answer.is_refusal]
    if not accepted:
        raise NotMeasured("not even limit=1 was accepted")
    if not refused:
        raise NotMeasured(f"limits up to {read_steps.MOST:,} are accepted")
    if min(refused) - max(accepted) != 1:
        raise NotMeasured(f"limit={max(accepted)} was accepted, limit={min(refused)} refused")
    return MeasuredValue(
        str(max(accepted)),
        f"limit={min(refused)} was answered with {record.page_limits[min(refused)].describe_status()}",
    )


def measure_unknown_filters(record: ProbeRecord) -> MeasuredValue:
    """Find how Flow Service treats a filter by an unknown field."""
    answer = record.get(read_steps.UNKNOWN_FILTER)
    if answer.is_refusal:
        return MeasuredValue("refused", f"the filter was answered with {answer.describe_status()}")
    if not isinstance(get_member(answer.body, "items"), list):
        raise NotMeasured("the filter was answered without a list")
    if answer.items:
        return MeasuredValue("ignored", "the filter was answered with connections")
    if record.has_connections():
        return MeasuredValue("no_match", "the filter was answered with an empty list")
    raise NotMeasured("the sandbox has no connection that the filter could let through", ("ignored", "no_match"))


def measure_unknown_parameters(record: ProbeRecord) -> MeasuredValue:
    """Measure whether the service refuses or ignores a query parameter that Adobe does not document."""
    answer = record.get(read_steps.UNKNOWN_PARAMETER)
    if answer.is_refusal:
        return MeasuredValue("refused", f"the parameter was answered with {answer.describe_status()}")
    return MeasuredValue("ignored", "the parameter was answered with a list")
