"""Takes over a connection that is there: it becomes what is declared, and this stack's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pulumi_adobe.declaration import Properties
from pulumi_adobe.flow_service.errors import Conflict
from pulumi_adobe.flow_service.json_patch import Operation
from pulumi_adobe.lifecycle.difference import PARAMETERS_POINTER, difference
from pulumi_adobe.lifecycle.entity import shown
from pulumi_adobe.lifecycle.errors import NotAdoptable
from pulumi_adobe.lifecycle.job import Job
from pulumi_adobe.lifecycle.ownership import patch_with_mark, require_ours
from pulumi_adobe.lifecycle.settling import settled


def adopt(job: Job, id_: str) -> Properties:
    """PATCH it into what is declared, the auth parameters always: what they are cannot be seen. Gives the outputs."""
    try:
        return _adopt_once(job, id_)
    except Conflict:
        # Somebody wrote between our read and our PATCH; all that is declared is sent anyway.
        return _adopt_once(job, id_)


def _adopt_once(job: Job, id_: str) -> Properties:
    entity = settled(job.service, job.declaration, id_)
    _require_adoptable(job, entity)
    job = job.completed(job.outputs(shown(job.declaration, entity), entity))
    operations = _operations(job, entity)
    if not operations:
        return job.finished(id_, job.outputs(job.wanted, entity))
    written = job.service.update(job.collection, id_, operations, str(entity["etag"]))
    etag = written.etag or settled(job.service, job.declaration, id_)["etag"]
    return job.finished(id_, job.outputs(job.wanted, {**entity, "etag": etag}))


def _operations(job: Job, entity: Mapping[str, Any]) -> list[Operation]:
    there = job.outputs(shown(job.declaration, entity), entity)
    operations = list(difference(job.declaration, there, job.wanted).operations)
    parameters = job.declaration.body(job.wanted).get("auth", {}).get("params")
    if parameters and not any(operation["path"].startswith(PARAMETERS_POINTER) for operation in operations):
        operations.append({"op": "replace", "path": PARAMETERS_POINTER, "value": parameters})
    if not job.run.policy.marks:
        return operations
    if not any(operation["path"] == "/description" for operation in operations):
        operations.append({"op": "add", "path": "/description", "value": job.wanted.get("description", "")})
    return patch_with_mark(operations, job.owner)


def _require_adoptable(job: Job, entity: Mapping[str, Any]) -> None:
    access, there = job.service.access, shown(job.declaration, entity)
    which = f"{job.named()} cannot adopt {entity.get('id')}"
    for place, ours in (("imsOrgId", access.org_id), ("sandboxName", access.sandbox)):
        if entity.get(place) not in (None, ours):
            raise NotAdoptable(f'{which}: its {place} is "{entity[place]}", not "{ours}". Nothing was changed.')
    for field in job.declaration.fields:
        # What only this provider knows cannot be compared, nor what is found out from what is there.
        if not field.path or (field.computed and field.name not in job.wanted):
            continue
        if field.replaces and there.get(field.name) != job.wanted.get(field.name):
            raise NotAdoptable(
                f"{which}: its {field.name} is {there.get(field.name)}, not {job.wanted.get(field.name)}, and Adobe "
                "lets nobody change that. Nothing was changed.",
                "Name another one, or declare this one under another name to make a new one.",
            )
    require_ours(which, entity, job.owner)
