"""The renewal of a landing zone's SAS token by Pulumi's own updates, which record it in the state.

A first update, with a variable of this one run, notes in the state that the token must be renewed. A second one renews
it, and includes the resources that use its outputs, such as clusters. If one of them is interrupted, the state never
looks like one with a working token: the next preview shows the renewal that is still to do.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from adobe_flow.aep.landing_zones import StoredCredentials, list_stored_credentials
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.resources import get_resource_name
from adobe_flow.pulumi_cli.stack import Stack
from pulumi_adobe.suggestions import suggest_name

VARIABLE: Final = "ADOBE_RENEW_LANDING_ZONE"
_NO_CHANGES: Final = frozenset({"same", "read", "refresh"})


@dataclass(frozen=True)
class Renewal:
    """The renewal of one token; ``others`` are the operations on other resources that the update includes."""

    stack: Stack
    credentials: StoredCredentials
    others: tuple[str, ...]

    def run(self) -> StoredCredentials:
        """Run both updates, and return the credentials as the state has them afterwards. Raises Problem."""
        self._run_update(_add_renewal_variable(self.stack, self.credentials), "--target", self.credentials.urn)
        self._run_update(self.stack, *_list_targets(self.credentials))
        return self._read_state()

    def _run_update(self, stack: Stack, *targets: str) -> None:
        arguments = ("up", "--yes", "--skip-preview", *targets)
        process = stack.run(*arguments)
        if process.returncode:
            problem = stack.explain_failure(
                arguments, _get_diagnostics(process.stdout) or process.stderr or process.stdout
            )
            raise Problem(problem.message, f"{problem.hint}\n{self._describe_state()}".strip())

    def _read_state(self) -> StoredCredentials:
        stored = list_stored_credentials(self.stack.list_resources())
        return next((other for other in stored if other.urn == self.credentials.urn), self.credentials)

    def _describe_state(self) -> str:
        """Read the state again, because the renewal or a later step may have failed, and describe its token."""
        try:
            expiry = self._read_state().expiry
        except Problem as error:
            return f"The command could not find out whether the state has the new token: {error.message}"
        if expiry == self.credentials.expiry:
            return (
                "The state has no new token. If Adobe renewed it, the one in the state does not work any more: "
                f"run adobe-flow landing-zone refresh {self.credentials.resource} again."
            )
        return f"The state has the new token, which expires on {expiry}. To bring it to the clusters: pulumi up"


def choose_credentials(stored: Sequence[StoredCredentials], name_or_id: str | None, stack: str) -> StoredCredentials:
    """Return the credentials with this name in the program, id or URN, or the only ones. Raises `Problem`."""
    matches = [
        credentials
        for credentials in stored
        if name_or_id is None or name_or_id in (credentials.resource, credentials.id, credentials.urn)
    ]
    if len(matches) == 1:
        return matches[0]
    names = [credentials.resource for credentials in stored]
    listed = ", ".join(names)
    if not stored:
        raise Problem(
            f"The stack {stack} manages no landing zone credentials.",
            "Declare a LandingZoneCredentials in its program, and run pulumi up: that stores the token and its expiry.",
        )
    if name_or_id is None:
        raise Problem(f"The stack {stack} has {len(stored)} landing zone credentials: {listed}.", "Name one of them.")
    hint = suggest_name(name_or_id, names).lstrip("; ")
    raise Problem(f'The stack {stack} has no landing zone credentials "{name_or_id}".', hint or f"There are: {listed}.")


def plan_renewal(stack: Stack, credentials: StoredCredentials) -> Renewal:
    """Preview the update. Raises Problem if it fails, or does not renew the token."""
    arguments = ("preview", "--json", *_list_targets(credentials))
    process = _add_renewal_variable(stack, credentials).run(*arguments)
    try:
        digest = json.loads(process.stdout)
    except ValueError:
        digest = {}
    if process.returncode or not digest:
        raise stack.explain_failure(arguments, _join_errors(digest) or process.stderr or process.stdout)
    steps = [(str(step.get("op")), str(step.get("urn"))) for step in digest.get("steps") or ()]
    changes = [(operation, urn) for operation, urn in steps if operation not in _NO_CHANGES]
    if ("update", credentials.urn) not in changes:
        raise Problem(
            f"The preview shows no update of {credentials.resource}, so nothing was renewed.",
            "Bring the program and the stack together first: pulumi preview, pulumi up",
        )
    others = tuple(f"{operation} {get_resource_name(urn)}" for operation, urn in changes if urn != credentials.urn)
    return Renewal(stack, credentials, others)


def list_consequences(renewal: Renewal) -> Iterator[str]:
    """Yield the lines that say what the renewal does, before anything is sent."""
    credentials = renewal.credentials
    yield f"plan: Adobe renews the SAS token of {credentials.resource} (sandbox {credentials.sandbox})"
    yield f"  the token in use, which expires on {credentials.expiry}, stops working at once"
    yield "  every cluster that has it fails its next run until it has the new spark_conf and was restarted"
    yield f"  in the same update: {', '.join(renewal.others) or 'nothing else'}"


def _list_targets(credentials: StoredCredentials) -> tuple[str, ...]:
    return ("--target", credentials.urn, "--target-dependents")


def _add_renewal_variable(stack: Stack, credentials: StoredCredentials) -> Stack:
    return replace(stack, environment={**stack.environment, VARIABLE: credentials.id})


def _join_errors(digest: Mapping[str, Any]) -> str:
    messages = [
        str(diagnostic.get("message", ""))
        for diagnostic in digest.get("diagnostics") or ()
        if diagnostic.get("severity") == "error"
    ]
    return " ".join(" ".join(messages).split())


def _get_diagnostics(output: str) -> str:
    return output.partition("Diagnostics:")[2].partition("\nOutputs:")[0].partition("\nResources:")[0].strip()
