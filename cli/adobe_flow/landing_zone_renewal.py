"""The renewal of a landing zone's SAS token: by Pulumi's own updates, which record it in the state.

A first update, with a variable of this one run, notes in the state that the token is to be renewed. A second one renews
it, and includes what takes its outputs, such as clusters. So wherever it is interrupted, the state does not pass for
one with a token that works: the next preview shows the renewal that is to be completed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from adobe_flow.landing_zones import StoredCredentials, list_stored_credentials
from adobe_flow.managed import resource_name
from adobe_flow.problem import Problem
from adobe_flow.stack import Stack
from pulumi_adobe.suggestions import suggest_name

VARIABLE: Final = "ADOBE_RENEW_LANDING_ZONE"
_QUIET: Final = frozenset({"same", "read", "refresh"})


@dataclass(frozen=True)
class Renewal:
    """The renewal of one token; ``others`` are the operations on other resources that the update includes."""

    stack: Stack
    credentials: StoredCredentials
    others: tuple[str, ...]

    def run(self) -> StoredCredentials:
        """Run both updates, and return the credentials as the state has them afterwards. Raises Problem."""
        self._update(_for_renewal(self.stack, self.credentials), "--target", self.credentials.urn)
        self._update(self.stack, *_targets(self.credentials))
        return self._read_state()

    def _update(self, stack: Stack, *targets: str) -> None:
        arguments = ("up", "--yes", "--skip-preview", *targets)
        done = stack.run(*arguments)
        if done.returncode:
            problem = stack.failed(arguments, _diagnostics(done.stdout) or done.stderr or done.stdout)
            raise Problem(problem.message, f"{problem.hint}\n{self._describe_state()}".strip())

    def _read_state(self) -> StoredCredentials:
        stored = list_stored_credentials(self.stack.resources())
        return next((each for each in stored if each.urn == self.credentials.urn), self.credentials)

    def _describe_state(self) -> str:
        """Looked up anew: what has failed may have been the renewal or what followed it."""
        try:
            expiry = self._read_state().expiry
        except Problem as error:
            return f"Whether the state has the new token could not be read: {error.message}"
        if expiry == self.credentials.expiry:
            return (
                "The state has no new token. If Adobe renewed it, the one in the state is dead: "
                f"run adobe-flow landing-zone refresh {self.credentials.resource} again."
            )
        return f"The state has the new token, which ends on {expiry}. To bring it to the clusters: pulumi up"


def choose(stored: Sequence[StoredCredentials], wanted: str | None, stack: str) -> StoredCredentials:
    """Return the credentials that the program or their id calls so, or the only ones. Raises Problem."""
    matches = [each for each in stored if wanted is None or wanted in (each.resource, each.id, each.urn)]
    if len(matches) == 1:
        return matches[0]
    names = ", ".join(each.resource for each in stored)
    if not stored:
        raise Problem(
            f"The stack {stack} manages no landing zone credentials.",
            "Declare a LandingZoneCredentials in its program, and run pulumi up: that stores the token and its expiry.",
        )
    if wanted is None:
        raise Problem(f"The stack {stack} has {len(stored)} landing zone credentials: {names}.", "Name one of them.")
    hint = suggest_name(wanted, [each.resource for each in stored]).lstrip("; ")
    raise Problem(f'The stack {stack} has no landing zone credentials "{wanted}".', hint or f"There are: {names}.")


def plan(stack: Stack, credentials: StoredCredentials) -> Renewal:
    """Preview the update. Raises Problem if it fails, or does not renew the token."""
    arguments = ("preview", "--json", *_targets(credentials))
    done = _for_renewal(stack, credentials).run(*arguments)
    try:
        told = json.loads(done.stdout)
    except ValueError:
        told = {}
    if done.returncode or not told:
        raise stack.failed(arguments, _errors(told) or done.stderr or done.stdout)
    steps = [(str(step.get("op")), str(step.get("urn"))) for step in told.get("steps") or ()]
    changes = [(operation, urn) for operation, urn in steps if operation not in _QUIET]
    if ("update", credentials.urn) not in changes:
        raise Problem(
            f"The preview shows no update of {credentials.resource}, so nothing was renewed.",
            "Bring the program and the stack together first: pulumi preview, pulumi up",
        )
    others = tuple(f"{operation} {resource_name(urn)}" for operation, urn in changes if urn != credentials.urn)
    return Renewal(stack, credentials, others)


def describe_consequences(renewal: Renewal, say: Callable[[str], None]) -> None:
    """Say what the renewal does before anything is sent."""
    credentials = renewal.credentials
    say(f"plan: Adobe renews the SAS token of {credentials.resource} (sandbox {credentials.sandbox})")
    say(f"  the token in use, which ends on {credentials.expiry}, stops working at once")
    say("  every cluster that has it fails its next run until it has the new spark_conf and was restarted")
    say(f"  in the same update: {', '.join(renewal.others) or 'nothing else'}")


def _targets(credentials: StoredCredentials) -> tuple[str, ...]:
    return ("--target", credentials.urn, "--target-dependents")


def _for_renewal(stack: Stack, credentials: StoredCredentials) -> Stack:
    return replace(stack, environment={**stack.environment, VARIABLE: credentials.id})


def _errors(told: Mapping[str, Any]) -> str:
    texts = [str(each.get("message", "")) for each in told.get("diagnostics") or () if each.get("severity") == "error"]
    return " ".join(" ".join(texts).split())


def _diagnostics(said: str) -> str:
    return said.partition("Diagnostics:")[2].partition("\nOutputs:")[0].partition("\nResources:")[0].strip()
