"""Create: POST, then GET until the state is final, then the test; never twice, and never left behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pulumi_adobe.declaration import Properties
from pulumi_adobe.defects import unexpected
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.client import Written
from pulumi_adobe.flow_service.errors import FlowServiceError, Unanswered, Unavailable, UnexpectedAnswer
from pulumi_adobe.flow_service.retry import Outcome, pause
from pulumi_adobe.lifecycle import trial
from pulumi_adobe.lifecycle.adoption import adopt
from pulumi_adobe.lifecycle.candidate import candidate, surprises
from pulumi_adobe.lifecycle.entity import described
from pulumi_adobe.lifecycle.errors import AlreadyExists, EndedBadly, Unfinished
from pulumi_adobe.lifecycle.job import Job
from pulumi_adobe.lifecycle.ownership import owner_of, with_mark
from pulumi_adobe.lifecycle.removing import remove
from pulumi_adobe.lifecycle.settling import settled

UNCLEAR = (Unanswered, Unavailable, UnexpectedAnswer)
"""After these nobody knows whether the request took effect."""

NO_TIME_NOW = 503


@dataclass(frozen=True)
class Created:
    """The id that Flow Service gave, and the outputs."""

    id: str
    outputs: Properties


def create(job: Job) -> Created:
    """Make what is wanted, or take it over. Raises Unfinished where the id must be kept all the same."""
    job.run.learn(job.declaration, job.wanted)
    with job.run.claims.making(str(job.scope), job.name, job.owner):
        there = candidate(job)
        if there is not None:
            return _adopted(job, there)
        job = job.completed({})
        written = _posted(job)
        _hold(job, written.id)
    return _finished(job, written)


def warn_of_existing(job: Job) -> None:
    """Say in a preview what a create would refuse.

    Only a warning: what is found may be the one that this run is about to delete under another resource.
    """
    decided = job.scope is not None and isinstance(job.wanted.get("name"), str) and not job.wanted.get("adoptId")
    if not decided or job.run.policy.on_existing == "duplicate":
        return
    try:
        found = surprises(job)
    except FlowServiceError as error:
        job.run.say(f"warning: {job.named()}: what exists already could not be listed: {error.what}")
        return
    for entity in found:
        ids = ",".join((*job.run.policy.adopt, entity["id"]))
        job.run.say(
            f"warning: {job.named()} is there already: {described(entity)}. Unless this run deletes it first, a create "
            f"will refuse; to take it over: ADOBE_ADOPT={ids} pulumi up"
        )


def _adopted(job: Job, id_: str) -> Created:
    found = adopt(job, id_)
    _hold(job, id_)
    job.run.say(f"{job.named()}: adopted {id_}")
    failed = trial.after_create(job, id_)
    if failed:
        # It was there before this run, so it is never rolled back.
        raise Unfinished(failed, id_, found)
    return Created(id_, found)


def _hold(job: Job, id_: str) -> None:
    job.run.pages.forget()
    job.run.claims.claim(id_, job.name)
    job.run.existing.put(job.scope, id_, job.name)


def _posted(job: Job) -> Written:
    body = job.declaration.body(job.wanted)
    if job.run.policy.marks:
        body = with_mark(body, job.owner)
    before = {entity["id"] for entity in job.run.existing.named(job.scope, job.name)} if job.scope else set()
    deadline = job.service.clock.now() + job.service.access.timeout
    attempt = 0
    while True:
        attempt += 1
        try:
            return job.service.create(job.collection, body, draft=job.wanted.get("draft") is True)
        except UNCLEAR as error:
            found = _found_after(job, before, error)
            if found is not None:
                return found
            if not _waited_for_another(job, error, attempt, deadline):
                raise type(error)(
                    f"{error.what}\nNo {job.named()} was there afterwards.",
                    "Run `pulumi up` again: it looks again before it makes anything.",
                ) from None


def _waited_for_another(job: Job, error: FlowServiceError, attempt: int, deadline: float) -> bool:
    """Whether one more POST may be tried, now that nothing was made: where the service said that it has no time."""
    if not isinstance(error, Unavailable) or error.status != NO_TIME_NOW:
        return False
    seconds = pause(Outcome(error.status, retry_after=error.retry_after), attempt, repeatable=True)
    if seconds is None or job.service.clock.now() + seconds >= deadline:
        return False
    job.service.clock.sleep(seconds)
    return True


def _found_after(job: Job, before: set[str], error: FlowServiceError) -> Written | None:
    """What a POST has made whose answer was lost; None where it made nothing.

    Nothing is posted again before this look: Flow Service knows no idempotency key and no unique names.
    """
    try:
        now = job.run.existing.now_named(job.scope, job.name) if job.scope else []
    except FlowServiceError as second:
        raise type(error)(
            f"{error.what}\nLooking for what it may have made failed too: {second.what}",
            "The next `pulumi up` looks again before it makes anything.",
        ) from None
    new = [each for each in now if each["id"] not in before and not job.run.claims.holds(each["id"])]
    new = [each for each in new if _ours(job, each)]
    if len(new) > 1:
        listed = "".join(f"\n  {described(entity)}" for entity in new)
        raise AlreadyExists(
            f"{error.what}\n{job.named()} is there {len(new)} times now, and which one this run made is not to be "
            f"guessed:{listed}",
            "Delete what is too much, then: ADOBE_ADOPT=<id> pulumi up",
        )
    if not new:
        return None
    etag = new[0].get("etag")
    return Written(str(new[0]["id"]), etag if isinstance(etag, str) else None)


def _ours(job: Job, entity: Mapping[str, Any]) -> bool:
    if job.run.policy.marks and owner_of(entity) not in (None, job.owner):
        return False
    return entity.get("createdClient") in (None, job.service.access.client_id)


def _finished(job: Job, written: Written) -> Created:
    begun = job.outputs(job.wanted, {"etag": written.etag})
    try:
        return _ready(job, written.id, begun)
    except AdobeError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the id must not go with it
        told = _but(job, written.id, unexpected("a later step", error, job.run.redactor))
        raise Unfinished(told, written.id, begun) from None


def _ready(job: Job, id_: str, begun: Properties) -> Created:
    """``begun`` are the outputs as far as the POST told them."""
    try:
        entity = settled(job.service, job.declaration, id_)
        found = job.finished(id_, job.outputs(job.wanted, entity))
    except EndedBadly as error:
        raise _rolled_back(job, id_, begun, error) from None
    except AdobeError as error:
        # It exists, and most likely all is well with it: the next update goes on from here.
        raise Unfinished(_but(job, id_, error), id_, begun) from None
    failed = trial.after_create(job, id_)
    if failed:
        raise _rolled_back(job, id_, found, failed)
    return Created(id_, found)


def _rolled_back(job: Job, id_: str, found: Properties, error: AdobeError) -> AdobeError:
    """Delete what this very call has made; where that fails too, the id is kept."""
    told = _but(job, id_, error)
    try:
        remove(job, id_)
    except AdobeError as second:
        return Unfinished(type(error)(f"{told.what}\nDeleting it again failed: {second.what}", error.hint), id_, found)
    return type(error)(f"{told.what}\nIt was deleted again.", error.hint)


def _but(job: Job, id_: str, error: AdobeError) -> AdobeError:
    return type(error)(f"{job.named(id_)} was made, but then: {error.what}", error.hint)
