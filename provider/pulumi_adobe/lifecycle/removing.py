"""Delete: not what another resource holds, nor what another stack owns, nor under living dataflows."""

from __future__ import annotations

from contextlib import suppress

from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.errors import InUse, NotFound, Unanswered, Unavailable
from pulumi_adobe.lifecycle import dataflows
from pulumi_adobe.lifecycle.errors import NotDeleted, StillInUse
from pulumi_adobe.lifecycle.job import Job
from pulumi_adobe.lifecycle.ownership import require_ours
from pulumi_adobe.lifecycle.settling import POLL_SECONDS

UNCLEAR = (Unanswered, Unavailable)
"""After these nobody knows whether it is gone."""

_POLLS_AFTER_AN_UNCLEAR_ANSWER = 3


def delete(job: Job, id_: str) -> None:
    """Delete it; what is already gone is fine."""
    job.run.require_place(job.declaration, job.wanted)
    job.run.learn(job.declaration, job.wanted)
    if job.run.claims.holds(id_):
        job.run.say(f"warning: {job.named(id_)} is not deleted: another resource of this program holds it now")
        return
    if job.run.policy.marks and not _is_there_and_ours(job, id_):
        return
    _free(job, id_)
    try:
        remove(job, id_)
    except InUse as error:
        raise StillInUse(f"{job.named(id_)} is in use: {error.what}", error.hint) from None


def remove(job: Job, id_: str) -> None:
    """DELETE, and where the answer does not confirm it, GET until it is gone."""
    unclear: AdobeError | None = None
    try:
        confirmed = job.service.delete(job.collection, id_)
    except NotFound:
        confirmed = True
    except UNCLEAR as error:
        confirmed, unclear = False, error
    if not confirmed:
        _wait_until_gone(job, id_, unclear)
    job.run.pages.forget()
    job.run.existing.drop(id_)
    job.run.claims.release(id_)
    if job.collection == dataflows.COLLECTION:
        job.run.dataflows.drop(id_)


def _wait_until_gone(job: Job, id_: str, unclear: AdobeError | None) -> None:
    clock, timeout = job.service.clock, job.service.access.timeout
    deadline = clock.now() + timeout
    polls = 0
    while True:
        try:
            entity = job.service.get(job.collection, id_)
        except NotFound:
            return
        polls += 1
        if unclear is not None and polls >= _POLLS_AFTER_AN_UNCLEAR_ANSWER:
            raise unclear
        if clock.now() + POLL_SECONDS >= deadline:
            raise NotDeleted(
                f'{job.named(id_)} is still there, in the state "{entity.get("state")}", {timeout:g} s after its '
                "deletion was accepted.",
                "Run the same command again: a connection that is gone by then is fine.",
            )
        clock.sleep(POLL_SECONDS)


def _is_there_and_ours(job: Job, id_: str) -> bool:
    try:
        entity = job.service.get(job.collection, id_)
    except NotFound:
        return False
    require_ours(f"{job.named(id_)} is not deleted", entity, job.owner)
    return True


def _free(job: Job, id_: str) -> None:
    flows = job.run.dataflows.on(id_) if job.collection != dataflows.COLLECTION else []
    if flows and not job.wanted.get("forceDestroy"):
        listed = "".join(f"\n  {flow}" for flow in flows)
        raise StillInUse(
            f"{job.named(id_)} is in use by {len(flows)} dataflow{'s' if len(flows) > 1 else ''}. Nothing was "
            f"deleted.{listed}",
            "Delete them first. Or set force_destroy=True, run `pulumi up`, and then delete: the dataflows are deleted "
            "with the connection.",
        )
    for flow in flows:
        job.run.say(f"{job.named(id_)}: force_destroy deletes the dataflow {flow}")
        with suppress(NotFound):
            job.service.delete(dataflows.COLLECTION, flow.id)
        job.run.dataflows.drop(flow.id)
