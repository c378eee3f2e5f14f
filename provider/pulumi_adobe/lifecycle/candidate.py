"""Decides what a create does: make a new one, take over one that is there, or refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.lifecycle.claims import declared_twice
from pulumi_adobe.lifecycle.entity import described
from pulumi_adobe.lifecycle.errors import AlreadyExists, NotAdoptable
from pulumi_adobe.lifecycle.job import Job
from pulumi_adobe.lifecycle.ownership import owner_of, stack_of
from pulumi_adobe.lifecycle.run import Run


def candidate(job: Job) -> str | None:
    """The id of what is to be taken over; None where a new one is to be made."""
    if job.wanted.get("adoptId"):
        return _named_by_the_program(job)
    found = _there(job)
    if any(job.run.claims.holds(entity["id"]) for entity in found):
        raise declared_twice(job.name, job.owner, "Another resource of this program")
    for choice in (_asked_for(job, found), _marked_as_ours(job, found)):
        if len(choice) == 1:
            return str(choice[0]["id"])
        if choice:
            raise _which_one(job, choice)
    if found and job.run.policy.on_existing == "fail":
        raise _already_there(job, found)
    return None


def surprises(job: Job) -> list[Mapping[str, Any]]:
    """What a create would stumble over: there already, and neither to be adopted nor about to be deleted."""
    found = _there(job)
    expected = [*_asked_for(job, found), *_marked_as_ours(job, found)]
    return [each for each in found if each not in expected and not job.run.claims.is_replaced(each["id"])]


def _there(job: Job) -> list[Mapping[str, Any]]:
    """What is there of this name, but for what another resource of this process is about to rename."""
    found = job.run.existing.named(job.scope, job.name) if job.scope else []
    return [entity for entity in found if job.run.claims.name(entity["id"]) in {None, job.name}]


def _asked_for(job: Job, found: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [entity for entity in found if entity["id"] in job.run.policy.adopt]


def _marked_as_ours(job: Job, found: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [entity for entity in found if job.run.policy.marks and owner_of(entity) == job.owner]


def _named_by_the_program(job: Job) -> str:
    id_ = str(job.wanted["adoptId"])
    if job.run.claims.holds(id_):
        raise declared_twice(job.name, job.owner, f"The resource that holds {id_}")
    try:
        job.service.get(job.collection, id_)
    except NotFound:
        raise NotAdoptable(
            f"{job.named()} is to adopt {id_}, but there is none of that id in the sandbox "
            f"{job.service.access.sandbox}. Nothing was made.",
            "Correct adopt_id, adobe:sandbox or adobe:orgId; or take adopt_id away to make a new one.",
        ) from None
    return id_


def _already_there(job: Job, found: Sequence[Mapping[str, Any]]) -> AlreadyExists:
    if len(found) > 1:
        return _which_one(job, found)
    (entity,) = found
    job.run.refused.append(entity["id"])
    other = owner_of(entity)
    foreign = other is not None and stack_of(other) != stack_of(job.owner)
    whose = f" Its description says that it belongs to {other}." if foreign else ""
    return AlreadyExists(
        f"{job.named()} is in the sandbox {job.service.access.sandbox} already: {described(entity)}.{whose} "
        "Nothing was made.",
        f"To take it over: {_command(job.run, job.run.refused)}\n"
        "To have a second one of the same name: pulumi config set adobe:onExisting duplicate",
    )


def _which_one(job: Job, found: Sequence[Mapping[str, Any]]) -> AlreadyExists:
    listed = "".join(f"\n  {described(entity)}" for entity in found)
    return AlreadyExists(
        f"{job.named()} is in the sandbox {job.service.access.sandbox} {len(found)} times already, and which one is "
        f"meant is not to be guessed. Nothing was made.{listed}",
        f"Choose one of these ids: {_command(job.run, ['<id>'])}",
    )


def _command(run: Run, ids: Sequence[str]) -> str:
    """Whole, ids that this run has been given included, so that it can be copied."""
    every = dict.fromkeys((*run.policy.adopt, *ids))
    return f"ADOBE_ADOPT={','.join(every)} pulumi up"
