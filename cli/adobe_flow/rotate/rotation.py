"""The steps of a rotation, each done once however often it is begun: config, preview, update, test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from adobe_flow.connection_tests import PASSED
from adobe_flow.entities import connection
from adobe_flow.expiries import FIELD
from adobe_flow.output import moment
from adobe_flow.problem import Problem
from adobe_flow.rotate.messages import overtaken, where
from adobe_flow.rotate.outcome import test_and_runs
from adobe_flow.rotate.preview import Plan, planned
from adobe_flow.rotate.target import CONNECTIONS, TOKENS, Target
from adobe_flow.rotate.token_state import Standing, look
from adobe_flow.stack import Stack
from pulumi_adobe.advice import advise
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.redaction import Redactor


@dataclass
class Rotation:
    """Of one connection, from what stands now to ``token``.

    ``agreed`` is asked with the plan before anything reaches Flow Service; ``say`` hears of each step. ``back`` says
    that the token is the one before; ``expires`` is when it ends, where a person has said so.
    """

    stack: Stack
    service: FlowServiceClient
    target: Target
    standing: Standing
    token: str = field(repr=False)
    agreed: Callable[[Plan], bool]
    say: Callable[[str], None]
    back: bool = False
    expires: str | None = None

    def __post_init__(self) -> None:
        now = self.standing
        self._redactor = Redactor(each for each in (self.token, now.config, now.declared, now.sent) if each)

    def run(self) -> dict[str, Any]:
        """Do what is left. Raises Problem, which says which token is where; a Ctrl-C and a failed test ``say`` it."""
        try:
            done = {
                "config": self._configured(),
                "update": self._updated(),
                **test_and_runs(self.service, self.target.id),
            }
            done["overtakenBy"] = self._find_later_change(done["changedAt"])
        except AdobeError as error:
            hint = f"{error.hint or advise(error)}\n{self._where()}".strip()
            raise Problem(self._redactor.redact_message(error.message), self._redactor.redact_message(hint)) from None
        except KeyboardInterrupt:
            self.say(f"Interrupted.\n{self._where()}")
            raise
        if done["overtakenBy"]:
            self.say(overtaken(self.target, self.stack.name, done["overtakenBy"]))
        elif done["test"]["result"] != PASSED:
            self.say(self._where())
        return done

    def _configured(self) -> str:
        if self.standing.config == self.token:
            return "already"
        # A person may have taken minutes to type the token.
        if self._look().config != self.standing.config:
            raise Problem(
                f"The token of {self.target.resource} in the config of {self.stack.name} has changed meanwhile. "
                "Nothing was changed.",
                "Another rotation may be at work: ask who has set it.",
            )
        self.say(f"setting the token of {self.target.resource} in the config of {self.stack.name}, encrypted")
        self._set(self.token)
        return "set"

    def _updated(self) -> str:
        # Another rotation that began meanwhile may have deployed what this one has set.
        if self._look().deployed(self.token):
            return "already"
        self.say(f"previewing an update of {self.target.resource} alone")
        if not self.agreed(planned(self.stack, self.target)):
            self._put_back()
            raise Problem("Not agreed to, so nothing was updated.")
        self._set_expiry()
        self.say(f"updating {self.target.resource} in place")
        arguments = ("up", "--yes", "--skip-preview", "--target", self.target.urn)
        done = self.stack.run(*arguments)
        if done.returncode:
            said = _diagnostics(done.stdout) or done.stderr or done.stdout
            # The text is cut to a length afterwards: what is cut in two would not be found any more.
            raise self.stack.failed(arguments, self._redactor.redact(said))
        return "done"

    def _set(self, token: str) -> None:
        # Pulumi takes a value that is not among the arguments from standard input.
        self.stack.pulumi("config", "set", "--secret", "--path", self.target.path(TOKENS), given=token)

    def _set_expiry(self) -> None:
        """Not before the plan is agreed to, so that nothing of it has to be put back."""
        place = f"{self.target.path(CONNECTIONS)}.{FIELD}"
        if self.expires:
            self.stack.pulumi("config", "set", "--type", "string", "--path", place, self.expires)
        elif self.standing.expires:
            self.say(f"note: {place} still says {self.standing.expires}; --expires-at declares when the new token ends")

    def _put_back(self) -> None:
        """Nothing was sent, so the config gets back what it had; what it had already stays, to be resumed.

        What somebody else has set meanwhile stays, too.
        """
        if self.standing.config not in {None, self.token} and self._look().config == self.token:
            self._set(str(self.standing.config))

    def _find_later_change(self, changed_at: str | None) -> str | None:
        """Return what has changed the connection after the update of this rotation; None if nothing has.

        The update of this rotation is the last change if the state has its token, and the connection has the etag that
        the update left in the state, and the time of the last change (``changed_at``) that it had before the test.
        """
        now = self._look()
        if {now.config, now.declared, now.sent} != {self.token}:
            return f"another rotation or update of the stack {self.stack.name}"
        there = connection(self.service, self.target.id)
        at = moment(there.get("updatedAt"))
        if now.etag == there.get("etag") and at == changed_at:
            return None
        return f"a change of {at} by {there.get('updatedBy')}"

    def _where(self) -> str:
        """Looked up anew: what was interrupted or has failed may have been done."""
        try:
            now = self._look()
        except AdobeError as error:
            return f"Which token is where could not be read: {error.message}"
        return where(self.target, now, self.stack.name, self.token, self._names())

    def _look(self) -> Standing:
        return look(self.stack, self.target.resource)[1]

    def _names(self) -> dict[str, str]:
        """What people call each token."""
        if not self.back:
            return {str(self.standing.declared): "the old token", self.token: "the new token"}
        others = (each for each in (self.standing.config, self.standing.sent) if each)
        return {**dict.fromkeys(others, "the new token"), self.token: "the old token"}


def _diagnostics(said: str) -> str:
    """The part of what `pulumi up` prints that says why."""
    return said.partition("Diagnostics:")[2].partition("\nOutputs:")[0].partition("\nResources:")[0].strip()
