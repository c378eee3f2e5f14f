"""The provider that Pulumi pickles, by reference and without attributes, and calls in its plugin process.

How the plugin calls it: `pulumi/dynamic/__main__.py` of Pulumi's Python SDK.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from pulumi_adobe.plugin.dynamic.call import find_call
from pulumi_adobe.plugin.dynamic.config import create_process
from pulumi_adobe.plugin.dynamic.error_reporting import report_errors
from pulumi_adobe.plugin.dynamic.messages import print_message
from pulumi_adobe.plugin.dynamic.partial_failure import report_partial_failure
from pulumi_adobe.plugin.dynamic.servicer import change_servicer
from pulumi_adobe.plugin.dynamic.values import from_pulumi, to_pulumi
from pulumi_adobe.plugin.messages import REDACTOR
from pulumi_adobe.plugin.state_values import PICKLED_PROVIDER
from pulumi_adobe.resource_names import build_owner, get_resource_name, parse_urn
from pulumi_adobe.schema.resource_schema import SERVER_PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_adobe.plugin.resource_calls import ResourceCalls


class DynamicProvider(ResourceProvider):
    """The provider of one resource type; a subclass names the type, in a module that never moves.

    Module path and class name are part of every user's state. Instances have no attributes before `configure`, because
    attributes would be pickled too.
    """

    resource_type: ClassVar[str]
    """The name of the resource type in the registry."""

    serialize_as_secret_always = False

    def configure(self, req: ConfigureRequest) -> None:
        """Keep the stack's config; it is parsed when it is needed."""
        change_servicer()
        self._process = create_process(req)

    def check(self, _olds: Mapping[str, Any], news: dict[str, Any]) -> CheckResult:
        """Report every problem of the inputs and of the settings before anything changes."""
        with report_errors(f"The check of {self.resource_type}", REDACTOR):
            inputs, problems = self._calls.check(self._flatten(_olds), self._flatten(news))
            # An empty property name: with one, the engine would print the value beside it.
            failures = [CheckFailure("", problem) for problem in problems]
            return CheckResult(to_pulumi(self._calls.schema.unflatten(inputs)), failures)

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Report what an update would change. Sends nothing, unless a replacement is planned."""
        with report_errors(f"The diff of {self.resource_type} {_id}", REDACTOR):
            resource_diff = self._calls.diff(_id, self._flatten(_olds), self._flatten(_news))
            if resource_diff.changed_secrets:
                names = ", ".join(resource_diff.changed_secrets)
                resource_name = get_resource_name(_news.get("owner", ""))
                print_message(f"{resource_name}: {names} changes (a secret, of which Pulumi shows no line)")
            # The native adapter has created it: the update stores the provider, without which no refresh finds it.
            lacks_provider = PICKLED_PROVIDER in _news and PICKLED_PROVIDER not in _olds
            return DiffResult(
                bool(resource_diff) or lacks_provider,
                list(resource_diff.replaces),
                delete_before_replace=resource_diff.delete_before_replace,
            )

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Create the resource."""
        with report_errors(f"The creation of {self.resource_type}", REDACTOR):
            with self._report_partial_failures(props):
                created = self._calls.create(self._flatten(props))
            return CreateResult(created.id, self._to_state(created.outputs, props))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Read the resource as it is now; an empty result if it is gone."""
        with report_errors(f"The read of {self.resource_type} {id_}", REDACTOR):
            call = find_call()
            input_names = call.input_names if call is not None else frozenset()
            read_state = self._calls.read(id_, self._flatten(props), input_names)
            if read_state is None:
                return ReadResult(None, {})
            service_outputs = (*self._calls.schema.outputs, SERVER_PARAMETERS)
            prior_inputs = {name: value for name, value in props.items() if name not in service_outputs}
            outputs, inputs = read_state.outputs, read_state.inputs
            return ReadResult(id_, self._to_state(outputs, prior_inputs), self._to_state(inputs, prior_inputs))

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Update the resource in place."""
        with report_errors(f"The update of {self.resource_type} {_id}", REDACTOR):
            with self._report_partial_failures(_news):
                outputs = self._calls.update(_id, self._flatten(_olds), self._flatten(_news))
            return UpdateResult(self._to_state(outputs, _news))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Delete the resource."""
        with report_errors(f"The deletion of {self.resource_type} {_id}", REDACTOR):
            self._calls.delete(_id, self._flatten(_props), _find_owner())

    @property
    def _calls(self) -> ResourceCalls:
        # A program imports this module too, and makes no call.
        from pulumi_adobe.plugin.resource_calls import ResourceCalls  # noqa: PLC0415 - see above

        return ResourceCalls(self.resource_type, self._process)

    def _flatten(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        return self._calls.flatten(from_pulumi(properties))

    def _to_state(self, outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> dict[str, Any]:
        return self._calls.to_state(to_pulumi(outputs), inputs)

    @contextmanager
    def _report_partial_failures(self, properties: Mapping[str, Any]) -> Iterator[None]:
        """Have the engine store id and outputs after a partial failure. ``properties`` have the pickled provider."""
        from pulumi_adobe.advice import with_advice  # noqa: PLC0415 - a program imports this module too
        from pulumi_adobe.lifecycle.errors import PartialFailure  # noqa: PLC0415 - the same

        try:
            yield
        except PartialFailure as error:
            cause = with_advice(error.cause)
            outputs = {**self._to_state(error.outputs, properties), PICKLED_PROVIDER: properties[PICKLED_PROVIDER]}
            report_partial_failure(error.id, outputs, REDACTOR.to_message(str(cause)))
            # Without a call that could be ended, the state does not get the id, so the message must name it.
            hint = f"Its id is {error.id}. If the state does not have it: ADOBE_ADOPT={error.id} pulumi up"
            raise cause.with_context(hint=f"{cause.hint}\n{hint}".strip()) from None


def _find_owner() -> str:
    """Return the resource that the engine's call is about, as project/stack/resource; empty outside a call.

    A delete gets the prior outputs only, which name the stack that the resource was created in.
    """
    call = find_call()
    urn = parse_urn(call.urn if call is not None else "")
    return build_owner(urn.project, urn.stack, urn.name) if urn.stack else ""
