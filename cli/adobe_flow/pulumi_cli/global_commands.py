"""The commands of Pulumi that need no stack: the login and the version."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from adobe_flow.documents import parse_document
from adobe_flow.problem import Problem

_SECONDS = 60
_NOT_LOGGED_IN = "PULUMI_ACCESS_TOKEN must be set"


@dataclass(frozen=True)
class Login:
    """The backend's address, and the user that it knows."""

    url: str
    user: str


def read_login(folder: Path, environment: Mapping[str, str]) -> Login:
    """Return the login that `pulumi whoami` reports. Raises Problem."""
    process = _run_pulumi(folder, environment, "whoami", "--verbose", "--json")
    if process.returncode:
        raise _explain_refusal(process.stderr)
    return _parse_login(process.stdout)


def require_version(folder: Path, environment: Mapping[str, str], needed: str, purpose: str) -> None:
    """Raise Problem if Pulumi's command line is older than the version that ``purpose`` needs."""
    match = re.search(r"\d+\.\d+\.\d+", _run_pulumi(folder, environment, "version").stdout)
    version = match.group() if match else "0"
    if [int(part) for part in version.split(".")] < [int(part) for part in needed.split(".")]:
        raise Problem(
            f"{purpose} needs Pulumi {needed} or newer; this is {version}. Nothing was changed.",
            "Install a newer one: https://www.pulumi.com/docs/install/",
        )


def _run_pulumi(folder: Path, environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("pulumi", path=environment.get("PATH"))
    if program is None:
        raise Problem("There is no pulumi on PATH.", "Install it: https://www.pulumi.com/docs/install/")
    try:
        return subprocess.run(  # noqa: S603 - the user's own Pulumi
            [program, *arguments, "--non-interactive", "--color", "never"],
            cwd=folder,
            env={**environment, "PULUMI_SKIP_UPDATE_CHECK": "true"},
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Problem(
            f"pulumi {arguments[0]} gave no answer within {_SECONDS} s.",
            "Check that this machine can reach the state backend.",
        ) from None


def _parse_login(text: str) -> Login:
    try:
        document = parse_document(text)
        return Login(str(document["url"]), str(document.get("user") or ""))
    except (ValueError, TypeError, KeyError):
        raise Problem("pulumi whoami printed no login that can be read.", "Is it Pulumi 3?") from None


def _explain_refusal(output: str) -> Problem:
    lines = [line for line in output.splitlines() if line.startswith("error:")] or output.splitlines()
    message = f"pulumi whoami failed: {' '.join(' '.join(lines).split())}"
    if _NOT_LOGGED_IN in output:
        return Problem(message, "Log in: pulumi login, with the address of your state backend, or PULUMI_ACCESS_TOKEN.")
    return Problem(
        message, "Check PULUMI_BACKEND_URL, or `backend:` in Pulumi.yaml, and the rights to it; or: pulumi login"
    )
