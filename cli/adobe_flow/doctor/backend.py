"""The state backend: Pulumi is logged in, and its address tells who else sees the state."""

from __future__ import annotations

from adobe_flow import sidecar_files
from adobe_flow.doctor.case import Case
from adobe_flow.doctor.finding import NotChecked
from adobe_flow.problem import Problem


def check(case: Case) -> str:
    """Ask Pulumi."""
    if case.stack is None and case.project_file is None:
        raise NotChecked(f"there is no Pulumi project in {case.folder.resolve()} (-C names its folder)")
    found = case.login()
    whose = f"{found.url}, as {found.user}" if found.user else found.url
    unreadable = sidecar_files.find_unreadable(found.url)
    if unreadable:
        files = ", ".join(file.name for file in unreadable)
        raise Problem(f"{whose}: not every state can be loaded, because of {files}.", sidecar_files.advise(unreadable))
    if found.url.startswith(sidecar_files.FILE_SCHEME):
        return f"{whose}: files on this machine alone, so nobody else has this state"
    return whose
