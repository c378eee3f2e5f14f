"""The steps of a rotation, each done once however often it is begun: config, preview, update, test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from adobe_flow.ends import FIELD
from adobe_flow.problem import Problem
from adobe_flow.rotating.after import test_and_runs
from adobe_flow.rotating.plan import Plan, planned
from adobe_flow.rotating.standing import Standing, look
from adobe_flow.rotating.target import CONNECTIONS, TOKENS, Target
from adobe_flow.rotating.words import where
from adobe_flow.stack import Stack
from adobe_flow.trial import PASSED
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
        except AdobeError as error:
            hint = f"{error.hint or advise(error)}\n{self._where()}".strip()
            raise Problem(self._redactor.redact_message(error.message), self._redactor.redact_message(hint)) from None
        except KeyboardInterrupt:
            self.say(f"Interrupted.\n{self._where()}")
            raise
        if done["test"]["result"] != PASSED:
            self.say(self._where())
        return done

    def _configured(self) -> str:
        if self.standing.config == self.token:
            return "already"
        self.say(f"setting the token of {self.target.resource} in the config of {self.stack.name}, encrypted")
        self._set(self.token)
        return "set"

    def _updated(self) -> str:
        if self.standing.deployed(self.token):
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
        """Nothing was sent, so the config gets back what it had; what it had already stays, to be resumed."""
        if self.standing.config not in {None, self.token}:
            self._set(str(self.standing.config))

    def _where(self) -> str:
        """Looked up anew: what was interrupted or has failed may have been done."""
        try:
            _, now = look(self.stack, self.target.resource)
        except AdobeError as error:
            return f"Which token is where could not be read: {error.message}"
        return where(self.target, now, self.stack.name, self.token, self._names())

    def _names(self) -> dict[str, str]:
        """What people call each token."""
        if not self.back:
            return {str(self.standing.declared): "the old token", self.token: "the new token"}
        others = (each for each in (self.standing.config, self.standing.sent) if each)
        return {**dict.fromkeys(others, "the new token"), self.token: "the old token"}


def _diagnostics(said: str) -> str:
    """The part of what `pulumi up` prints that says why."""
    return said.partition("Diagnostics:")[2].partition("\nOutputs:")[0].partition("\nResources:")[0].strip()
