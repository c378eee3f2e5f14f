"""Update: one PATCH under the etag of the state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pulumi_adobe.declaration import CONFIRMED, OUTPUTS, Properties
from pulumi_adobe.flow_service.errors import Conflict
from pulumi_adobe.flow_service.json_patch import Operation
from pulumi_adobe.lifecycle import trial
from pulumi_adobe.lifecycle.conflict import Meeting, Verdict, changed_elsewhere, judge
from pulumi_adobe.lifecycle.difference import SERVER_PARAMETERS, Difference
from pulumi_adobe.lifecycle.entity import changed_outside
from pulumi_adobe.lifecycle.errors import Unfinished
from pulumi_adobe.lifecycle.job import Job
from pulumi_adobe.lifecycle.ownership import patch_with_mark, require_ours
from pulumi_adobe.lifecycle.settling import settled
from pulumi_adobe.lifecycle.unconfirmed import confirmed, kept_unconfirmed, with_secrets

ETAG_REFUSED = 412


def update(job: Job, id_: str, olds: Mapping[str, Any]) -> Properties:
    """Turn what ``olds`` say, the old outputs, into what is wanted. Gives all outputs.

    Raises Unfinished where they must be kept though a later step failed.
    """
    job.run.require_place(job.declaration, olds)
    job.run.learn(job.declaration, olds, job.wanted)
    job = job.completed(olds)
    found = with_secrets(job.declaration, olds, job.wanted, send=id_ in job.run.policy.send_secrets)
    job.run.claims.claim(id_, job.name)
    if not found.operations:
        return _outstanding(job, id_, olds)
    etag = _patched(job, id_, olds, found)
    job.run.existing.put(job.scope, id_, job.name)
    kept = confirmed({name: olds[name] for name in (*OUTPUTS, CONFIRMED, SERVER_PARAMETERS) if name in olds}, found)
    after = job.finished(id_, {**job.wanted, **kept, "etag": etag})
    return _tried(job, id_, after) if found.changes_authentication else after


def _outstanding(job: Job, id_: str, olds: Mapping[str, Any]) -> Properties:
    """Nothing is to be sent: the state takes what only it holds, and what an earlier call could not finish is done."""
    entity = settled(job.service, job.declaration, id_)
    after = job.finished(id_, {**job.outputs(job.wanted, entity), **kept_unconfirmed(olds)})
    if _meeting(job, olds, entity).overtaken:
        # Under the new etag a later update would write over what nobody was shown.
        after = {**after, "etag": olds["etag"]}
        job.run.say(f"{changed_outside(job.named(id_), entity)}: `pulumi refresh` shows what differs")
    return _tried(job, id_, after)


def _tried(job: Job, id_: str, after: Properties) -> Properties:
    failed = trial.after_change(job, id_)
    if failed:
        raise Unfinished(failed, id_, after)
    return after


def _patched(job: Job, id_: str, olds: Mapping[str, Any], found: Difference) -> str:
    """Send the patch, once more where a refused etag turns out not to matter. Gives the new etag."""
    operations = patch_with_mark(found.operations, job.owner) if job.run.policy.marks else found.operations
    etag = str(olds.get("etag") or settled(job.service, job.declaration, id_)["etag"])
    try:
        return _sent(job, id_, operations, etag)
    except Conflict as refused:
        if refused.status != ETAG_REFUSED:
            raise
    entity = settled(job.service, job.declaration, id_)
    require_ours(f"{job.named(id_)} is not changed", entity, job.owner)
    meeting = _meeting(job, olds, entity)
    listed = job.run.pages.gave(id_, etag)
    verdict = judge(meeting, found, listed=listed)
    if verdict is Verdict.DONE:
        return str(entity["etag"])
    if verdict is Verdict.CONFLICT:
        raise changed_elsewhere(meeting, found, job.named(id_))
    try:
        return _sent(job, id_, operations, str(entity["etag"]))
    except Conflict as refused:
        if refused.status != ETAG_REFUSED:
            raise
        raise changed_elsewhere(meeting, found, job.named(id_)) from None


def _meeting(job: Job, olds: Mapping[str, Any], entity: Mapping[str, Any]) -> Meeting:
    return Meeting(job.declaration, olds, job.wanted, entity, job.service.access.client_id)


def _sent(job: Job, id_: str, operations: Sequence[Operation], etag: str) -> str:
    job.run.pages.forget()
    written = job.service.update(job.collection, id_, operations, etag)
    return written.etag or str(settled(job.service, job.declaration, id_)["etag"])
