"""Flow Service's own test of a connection, and what its result means.

Adobe: flow-service.yaml, `GET /connections/{id}/test`; the reasons are those of the Databricks source page.
"""

from __future__ import annotations

from pulumi_adobe.flow_service.errors import FlowServiceError
from pulumi_adobe.lifecycle.errors import FailedTest
from pulumi_adobe.lifecycle.job import Job

_LIKELY = (
    "Likely: the access token has expired or was revoked, the cluster does not run, Adobe's addresses are not on the "
    "workspace's IP allow list, or the staging SAS in the cluster's configuration is an old one."
)


def after_create(job: Job, id_: str) -> FailedTest | None:
    """The failed test that must not stand; None where it passed, may fail, or could not be run."""
    return _tried(job, id_, strict=("fail",))


def after_change(job: Job, id_: str) -> FailedTest | None:
    """The same, after a change of what it authenticates with."""
    return _tried(job, id_, strict=("fail", "auto"))


def _tried(job: Job, id_: str, strict: tuple[str, ...]) -> FailedTest | None:
    mode = str(job.wanted.get("test") or job.run.policy.test)
    if mode == "off" or not job.declaration.testable:
        return None
    which = job.named(id_)
    try:
        passed = job.service.test(job.collection, id_)
    except FlowServiceError as error:
        job.run.say(f"warning: {which} could not be tested: {error.what}")
        return None
    if passed:
        return None
    failed = FailedTest(f"{which}: Flow Service's test of the connection failed.", _LIKELY)
    if mode in strict:
        return failed
    job.run.say(f"warning: {failed.what} {failed.hint}")
    return None
