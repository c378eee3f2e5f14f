"""The steps of a rotation: config, preview, update, test. A repeated rotation does only the steps that are left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from adobe_flow.aep.connection_tests import PASSED
from adobe_flow.aep.entities import get_connection
from adobe_flow.aep.expiries import FIELD
from adobe_flow.output import format_moment
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.stack import Stack
from adobe_flow.rotate.messages import describe_later_change, describe_tokens
from adobe_flow.rotate.outcome import verify_rotated_connection
from adobe_flow.rotate.preview import UpdatePreview, preview_update
from adobe_flow.rotate.target import CONNECTIONS, TOKENS, RotationTarget
from adobe_flow.rotate.token_state import TokenState, read_token_state
from pulumi_adobe.advice import advise
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.redaction import Redactor


@dataclass
class Rotation:
    """The rotation of one connection from its present tokens to ``token``.

    Attributes:
        state: The tokens at the beginning.
        confirm: Called with the plan before anything reaches Flow Service; returns whether to go on.
        write_line: Called with a line for each step.
        back: Whether ``token`` is the previous token.
        expires: The expiry of the token, if a person has declared it.
    """

    stack: Stack
    service: FlowServiceClient
    target: RotationTarget
    state: TokenState
    token: str = field(repr=False)
    confirm: Callable[[UpdatePreview], bool]
    write_line: Callable[[str], None]
    back: bool = False
    expires: str | None = None

    def __post_init__(self) -> None:
        state = self.state
        tokens = (self.token, state.config, state.declared, state.sent)
        self._redactor = Redactor(token for token in tokens if token)

    def run(self) -> dict[str, Any]:
        """Execute the remaining steps of the rotation, and return the result.

        Raises:
            Problem: A step failed; the hint says which place has which token. After Ctrl-C and after a failed test,
                ``write_line`` gets these lines.
        """
        try:
            result = {"config": self._set_config(), "update": self._update_resource(), **self._check_outcome()}
            result["overtakenBy"] = self._find_later_change(result["changedAt"])
        except AdobeError as error:
            hint = f"{error.hint or advise(error)}\n{self._describe_tokens()}".strip()
            raise Problem(self._redactor.redact_message(error.message), self._redactor.redact_message(hint)) from None
        except KeyboardInterrupt:
            self.write_line(f"Interrupted.\n{self._describe_tokens()}")
            raise
        if result["overtakenBy"]:
            self.write_line(describe_later_change(self.target, self.stack.name, result["overtakenBy"]))
        elif result["test"]["result"] != PASSED:
            self.write_line(self._describe_tokens())
        return result

    def _set_config(self) -> str:
        if self.state.config == self.token:
            return "already"
        # A person may have taken minutes to type the token.
        if self._read_state().config != self.state.config:
            raise Problem(
                f"The token of {self.target.resource} in the config of {self.stack.name} has changed meanwhile. "
                "This rotation changed nothing.",
                "Another rotation may be at work: ask who set it.",
            )
        self.write_line(f"setting the token of {self.target.resource} in the config of {self.stack.name}, encrypted")
        self._set_token(self.token)
        return "set"

    def _update_resource(self) -> str:
        # Another rotation that began meanwhile may have deployed what this one has set.
        if self._read_state().is_deployed(self.token):
            return "already"
        self.write_line(f"previewing an update of {self.target.resource} alone")
        if not self.confirm(preview_update(self.stack, self.target)):
            self._restore_config()
            raise Problem("Not confirmed, so nothing was updated.")
        self._set_expiry()
        self.write_line(f"updating {self.target.resource} in place")
        arguments = ("up", "--yes", "--skip-preview", "--target", self.target.urn)
        process = self.stack.run(*arguments)
        if process.returncode:
            output = _get_diagnostics(process.stdout) or process.stderr or process.stdout
            # Redact before the text is truncated: half a secret would not be recognized.
            raise self.stack.explain_failure(arguments, self._redactor.redact(output))
        return "done"

    def _check_outcome(self) -> dict[str, Any]:
        self.write_line(f"testing {self.target.name}, and reading the last runs")
        return verify_rotated_connection(self.service, self.target.id)

    def _set_token(self, token: str) -> None:
        # Pulumi takes a value that is not among the arguments from standard input.
        self.stack.run_or_raise("config", "set", "--secret", "--path", self.target.path(TOKENS), stdin=token)

    def _set_expiry(self) -> None:
        """Set the declared expiry in the config, after the confirmation, so that it need not be restored."""
        place = f"{self.target.path(CONNECTIONS)}.{FIELD}"
        if self.expires:
            self.stack.run_or_raise("config", "set", "--type", "string", "--path", place, self.expires)
        elif self.state.expires:
            self.write_line(
                f"note: {place} still says {self.state.expires}; --expires-at declares when the new token ends"
            )

    def _restore_config(self) -> None:
        """Set the token that the config had at the beginning, because nothing was sent.

        If the config had the new token already, or somebody has set another one meanwhile, it stays.
        """
        if self.state.config not in {None, self.token} and self._read_state().config == self.token:
            self._set_token(str(self.state.config))

    def _find_later_change(self, changed_at: str | None) -> str | None:
        """Return a description of a change after the update of this rotation; `None` without one.

        The update of this rotation is the last change if the state has its token, and the connection has the etag that
        the update left in the state, and the time of the last change (``changed_at``) that it had before the test.
        """
        state = self._read_state()
        if {state.config, state.declared, state.sent} != {self.token}:
            return f"another rotation or update of the stack {self.stack.name}"
        entity = get_connection(self.service, self.target.id)
        at = format_moment(entity.get("updatedAt"))
        if state.etag == entity.get("etag") and at == changed_at:
            return None
        return f"a change of {at} by {entity.get('updatedBy')}"

    def _describe_tokens(self) -> str:
        """Read the tokens again, because an interrupted or failed step may have been done, and describe them."""
        try:
            state = self._read_state()
        except AdobeError as error:
            return f"The command could not find out which place has which token: {error.message}"
        return describe_tokens(self.target, state, self.stack.name, self.token, self._name_tokens())

    def _read_state(self) -> TokenState:
        return read_token_state(self.stack, self.target.resource)[1]

    def _name_tokens(self) -> dict[str, str]:
        """Return the names that messages use for the old and the new token."""
        if not self.back:
            return {str(self.state.declared): "the old token", self.token: "the new token"}
        others = (token for token in (self.state.config, self.state.sent) if token)
        return {**dict.fromkeys(others, "the new token"), self.token: "the old token"}


def _get_diagnostics(output: str) -> str:
    """Return the diagnostics in the output of `pulumi up`."""
    return output.partition("Diagnostics:")[2].partition("\nOutputs:")[0].partition("\nResources:")[0].strip()
