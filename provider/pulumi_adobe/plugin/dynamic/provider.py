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
from pulumi.dynamic.dynamic import PROVIDER_KEY

from pulumi_adobe.plugin.dynamic.call import find_call
from pulumi_adobe.plugin.dynamic.cancellation import watch_cancel_calls
from pulumi_adobe.plugin.dynamic.engine_watch import watch_engine
from pulumi_adobe.plugin.dynamic.error_reporting import report_errors
from pulumi_adobe.plugin.dynamic.messages import REDACTOR, LimitedMessages, print_message
from pulumi_adobe.plugin.dynamic.partial_failure import report_partial_failure
from pulumi_adobe.plugin.dynamic.process import ProviderProcess
from pulumi_adobe.plugin.dynamic.secret_outputs import mark_secret_outputs
from pulumi_adobe.plugin.dynamic.values import from_pulumi, to_pulumi
from pulumi_adobe.resource_names import build_owner, get_resource_name, parse_urn
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.schema.resource_schema import SERVER_PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pulumi_adobe.lifecycle.diff import ResourceDiff
    from pulumi_adobe.lifecycle.resource_lifecycle import ResourceLifecycle
    from pulumi_adobe.schema.resource_schema import ResourceSchema

_UNCONFIRMED_MESSAGES = LimitedMessages(
    "warning: more resources were imported whose secrets this stack has never sent. To send and test all of them: "
    "ADOBE_SEND_SECRETS=all pulumi up"
)


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
        watch_cancel_calls()
        watch_engine()
        self._process = ProviderProcess(req)

    def check(self, _olds: Mapping[str, Any], news: dict[str, Any]) -> CheckResult:
        """Report every problem of the inputs and of the settings before anything changes."""
        from pulumi_adobe.schema.validation import normalize  # noqa: PLC0415 - see ProviderProcess

        with report_errors(f"The check of {self.resource_type}", REDACTOR):
            prior_inputs, declared = self._flatten(_olds), self._flatten(news)
            inputs = normalize(self._schema.for_properties(declared), declared)
            # An empty property name: with one, the engine would print the value beside it.
            problems = map(REDACTOR.to_message, self._find_problems(prior_inputs, inputs))
            failures = [CheckFailure("", problem) for problem in problems]
            for name in self._schema.check_inputs:
                inputs.pop(name, None)
            if not failures:
                self._get_lifecycle(inputs).check(prior_inputs, inputs)
            return CheckResult(self._unflatten(inputs), failures)

    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        """Report what an update would change. Sends nothing, unless a replacement is planned."""
        with report_errors(f"The diff of {self.resource_type} {_id}", REDACTOR):
            prior_outputs, new_inputs = self._flatten(_olds), self._flatten(_news)
            lifecycle = self._get_lifecycle({**prior_outputs, **new_inputs})
            resource_diff = lifecycle.diff(_id, prior_outputs, new_inputs)
            _print_secret_changes(_id, get_resource_name(_news.get("owner", "")), resource_diff)
            return DiffResult(
                bool(resource_diff),
                list(resource_diff.replaces),
                delete_before_replace=resource_diff.delete_before_replace,
            )

    def create(self, props: dict[str, Any]) -> CreateResult:
        """Create the resource."""
        with report_errors(f"The creation of {self.resource_type}", REDACTOR):
            with self._report_partial_failures(props):
                inputs = self._flatten(props)
                created = self._get_lifecycle(inputs).create(inputs)
            return CreateResult(created.id, self._to_state(created.outputs, props))

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Read the resource as it is now; an empty result if it is gone."""
        with report_errors(f"The read of {self.resource_type} {id_}", REDACTOR):
            prior_outputs = self._flatten(props)
            read_state = self._get_lifecycle(prior_outputs).read(id_, prior_outputs)
            if read_state is None:
                return ReadResult(None, {})
            service_outputs = (*self._schema.outputs, SERVER_PARAMETERS)
            prior_inputs = {name: value for name, value in props.items() if name not in service_outputs}
            inputs = {**self._select_declared(read_state.outputs), **read_state.inputs}
            return ReadResult(
                id_, self._to_state(read_state.outputs, prior_inputs), self._to_state(inputs, prior_inputs)
            )

    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        """Update the resource in place."""
        with report_errors(f"The update of {self.resource_type} {_id}", REDACTOR):
            with self._report_partial_failures(_news):
                prior_outputs, new_inputs = self._flatten(_olds), self._flatten(_news)
                lifecycle = self._get_lifecycle({**prior_outputs, **new_inputs})
                outputs = lifecycle.update(_id, prior_outputs, new_inputs)
            return UpdateResult(self._to_state(outputs, _news))

    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        """Delete the resource."""
        with report_errors(f"The deletion of {self.resource_type} {_id}", REDACTOR):
            prior_outputs = self._flatten(_props)
            self._get_lifecycle(prior_outputs).delete(_id, prior_outputs, _find_owner())

    def _select_declared(self, outputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the computed values that the program itself gives: the state has them among its inputs."""
        call = find_call()
        input_names = call.input_names if call is not None else frozenset()
        computed = self._schema.for_properties(outputs).select_computed_values(outputs)
        return {name: value for name, value in computed.items() if name in input_names}

    @property
    def _schema(self) -> ResourceSchema:
        return get_resource_type(self.resource_type).schema

    def _flatten(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        """Return the properties in the form of the life cycle. From now on, no message shows a secret among them."""
        flat = self._schema.flatten(from_pulumi(properties))
        for _, secret in self._schema.for_properties(flat).secret_values(flat):
            REDACTOR.add_secret(secret)
        return flat

    def _unflatten(self, properties: Mapping[str, Any]) -> dict[str, Any]:
        return to_pulumi(self._schema.unflatten(dict(properties)))

    def _to_state(self, outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> dict[str, Any]:
        """Return the outputs for the state, in which no secret stands in clear that the service returned."""
        return mark_secret_outputs(self._unflatten(outputs), inputs, REDACTOR.contains_secret)

    def _get_lifecycle(self, properties: Mapping[str, Any]) -> ResourceLifecycle:
        return get_resource_type(self.resource_type).create_lifecycle(properties, self._process.context)

    def _find_problems(self, prior_outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> Iterator[str]:
        from pulumi_adobe.config.settings import SettingsError  # noqa: PLC0415 - see ProviderProcess
        from pulumi_adobe.schema.validation import validate  # noqa: PLC0415 - see ProviderProcess

        # An import checks what it stores, which may lack secrets. Whatever is sent later has to have them.
        is_import = bool(prior_outputs) and prior_outputs == inputs
        problems = [
            f"{field.label}: {text}"
            for field, text in validate(self._schema.for_properties(inputs), inputs)
            if not (is_import and field.secret and field.name not in inputs)
        ]
        problems.extend(self._find_secret_problems(prior_outputs, inputs))
        yield from problems
        try:
            _ = self._process.settings
        except SettingsError as error:
            yield str(error)
            return
        if not problems:
            yield from self._get_lifecycle(inputs).validate(prior_outputs, inputs)

    def _find_secret_problems(self, prior_outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> Iterator[str]:
        """Return why new secrets are refused. For one that the state holds already, print a warning."""
        from pulumi_adobe.schema.validation import validate_secrets  # noqa: PLC0415 - see ProviderProcess

        for field, problem in validate_secrets(self._schema.for_properties(inputs), inputs):
            if prior_outputs.get(field.name) != inputs[field.name] and not self._is_replacement(inputs):
                yield f"{field.label}: {problem}"
            else:
                resource_name = get_resource_name(inputs.get("owner", ""))
                print_message(f"warning: {resource_name}: {field.label} {problem}. Rotate it.")

    def _is_replacement(self, inputs: Mapping[str, Any]) -> bool:
        """Return whether this is the second check of a replacement, which gets no prior outputs."""
        from pulumi_adobe.config.settings import SettingsError  # noqa: PLC0415 - see ProviderProcess

        try:
            return self._get_lifecycle(inputs).is_replacement(inputs)
        except SettingsError:
            return False

    @contextmanager
    def _report_partial_failures(self, properties: Mapping[str, Any]) -> Iterator[None]:
        """Have the engine store id and outputs after a partial failure. ``properties`` have the pickled provider."""
        from pulumi_adobe.advice import with_advice  # noqa: PLC0415 - see ProviderProcess
        from pulumi_adobe.lifecycle.errors import PartialFailure  # noqa: PLC0415 - see ProviderProcess

        try:
            yield
        except PartialFailure as error:
            cause = with_advice(error.cause)
            outputs = {**self._to_state(error.outputs, properties), PROVIDER_KEY: properties[PROVIDER_KEY]}
            report_partial_failure(error.id, outputs, REDACTOR.to_message(str(cause)))
            # Without a call that could be ended, the state does not get the id, so the message must name it.
            hint = f"Its id is {error.id}. If the state does not have it: ADOBE_ADOPT={error.id} pulumi up"
            raise cause.with_context(hint=f"{cause.hint}\n{hint}".strip()) from None


def _print_secret_changes(id_: str, resource_name: str, resource_diff: ResourceDiff) -> None:
    if resource_diff.changed_secrets:
        names = ", ".join(resource_diff.changed_secrets)
        print_message(f"{resource_name}: {names} changes (a secret, of which Pulumi shows no line)")
    if resource_diff.unconfirmed_secrets:
        names = " and ".join(resource_diff.unconfirmed_secrets)
        _UNCONFIRMED_MESSAGES.print(
            f"warning: {resource_name}: it was imported, and this stack has never sent its {names}. To send and test: "
            f"ADOBE_SEND_SECRETS={id_} pulumi up"
        )


def _find_owner() -> str:
    """Return the resource that the engine's call is about, as project/stack/resource; empty outside a call.

    A delete gets the prior outputs only, which name the stack that the resource was created in.
    """
    call = find_call()
    urn = parse_urn(call.urn if call is not None else "")
    return build_owner(urn.project, urn.stack, urn.name) if urn.stack else ""
