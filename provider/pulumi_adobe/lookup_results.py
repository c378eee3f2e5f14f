"""What look-ups return to programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict


class FlowRun(TypedDict):
    """One run of a dataflow. Times are ISO 8601, UTC."""

    id: str
    """The id of the run."""

    status: str
    """`success`, `partialSuccess`, `failed`, `inProgress`, `queued` or `scheduled`, however the service spells it."""

    started_at: str
    """When the run started; empty if it has not started."""

    completed_at: str
    """When the run ended; empty if it has not ended."""

    records_read: int
    """The number of rows that the run read from the source."""

    records_written: int
    """The number of rows that the run wrote to the dataset."""

    records_failed: int
    """The number of rows that could not be written."""

    errors: Sequence[str]
    """The errors of the run and of its activities."""


class LandingZone(TypedDict):
    """The storage in which a source hands over its data; all of it is secret."""

    container: str
    """The container of the storage account."""

    account: str
    """The storage account."""

    sas_token: str
    """The SAS token."""

    sas_uri: str
    """The URI of the container with the token."""

    expiry_date: str
    """The day on which the token ends, such as `2027-02-27`, in UTC."""
