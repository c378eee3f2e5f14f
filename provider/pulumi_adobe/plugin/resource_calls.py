"""The engine's calls about resources, in the values of the life cycle: what every adapter does with them.

An adapter converts values, finds the resource type, and says how errors and messages reach the engine. Nothing here
knows which adapter runs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from pulumi_adobe.config.settings import SettingsError
from pulumi_adobe.plugin.messages import REDACTOR, LimitedMessages
from pulumi_adobe.plugin.process import ProviderProcess
from pulumi_adobe.plugin.secret_outputs import mark_secret_outputs
from pulumi_adobe.resource_names import get_resource_name
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.schema.resource_schema import ResourceSchema
from pulumi_adobe.schema.validation import normalize, validate, validate_secrets
from pulumi_adobe.schema.values import Properties

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.context import ProviderContext
    from pulumi_adobe.lifecycle.create import CreatedResource
    from pulumi_adobe.lifecycle.diff import ResourceDiff
    from pulumi_adobe.lifecycle.read import ReadState
    from pulumi_adobe.lifecycle.resource_lifecycle import ResourceLifecycle

_UNCONFIRMED_MESSAGES: Final = LimitedMessages(
    "warning: more resources were imported whose secrets this stack has never sent. To send and test all of them: "
    "ADOBE_SEND_SECRETS=all pulumi up"
)


class CheckedInputs(NamedTuple):
    """The normalized inputs, and what is wrong with them, redacted."""

    inputs: Properties
    problems: list[str]


class ResourceCalls:
    """The calls about resources of one type, to one provider.

    All properties are flat, one per field of the resource schema (`flatten`); ``prior_inputs`` and ``prior_outputs``
    are those that the state holds. Every method may raise an `AdobeError`.

    Args:
        type_name: The name of the resource type.
        process: The provider.
        timeout: The seconds that the program gives this operation; 0 leaves the setting.
    """

    def __init__(self, type_name: str, process: ProviderProcess, timeout: float = 0) -> None:
        self._resource_type = get_resource_type(type_name)
        self._process = process
        self._timeout = timeout
        self._get_label = process.adapter.get_label

    @property
    def schema(self) -> ResourceSchema:
        """The resource schema of the type."""
        return self._resource_type.schema

    @property
    def context(self) -> ProviderContext:
        """What the provider shares, with the timeout of this operation. May raise `SettingsError`."""
        context = self._process.context
        return context.with_timeout(self._timeout) if self._timeout else context

    def flatten(self, properties: Mapping[str, Any]) -> Properties:
        """Return the properties in the form of the life cycle. From now on, no message shows a secret among them."""
        flat = self.schema.flatten(dict(properties))
        for _, secret in self.schema.for_properties(flat).secret_values(flat):
            REDACTOR.add_secret(secret)
        return flat

    def to_state(self, outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> Properties:
        """Return the outputs for the state, in which no secret stands in clear that the service returned.

        Args:
            outputs: The outputs.
            inputs: The inputs as the engine gave them, not flat: their secrets are its own to encrypt.
        """
        return mark_secret_outputs(self.schema.unflatten(dict(outputs)), inputs, REDACTOR.contains_secret)

    def check(self, prior_inputs: Mapping[str, Any], declared: Mapping[str, Any]) -> CheckedInputs:
        """Find every problem of the inputs and of the settings before anything changes."""
        inputs = normalize(self.schema.for_properties(declared), declared)
        problems = [REDACTOR.to_message(problem) for problem in self._find_problems(prior_inputs, inputs)]
        for name in self.schema.check_inputs:
            inputs.pop(name, None)
        if not problems:
            self._get_lifecycle(inputs).check(prior_inputs, inputs)
        return CheckedInputs(inputs, problems)

    def diff(self, id_: str, prior_outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> ResourceDiff:
        """Return what an update would change. Sends nothing, unless a replacement is planned."""
        resource_diff = self._get_lifecycle({**prior_outputs, **inputs}).diff(id_, prior_outputs, inputs)
        if resource_diff.unconfirmed_secrets:
            names = " and ".join(resource_diff.unconfirmed_secrets)
            _UNCONFIRMED_MESSAGES.show(
                f"warning: {get_resource_name(inputs.get('owner', ''))}: it was imported, and this stack has never "
                f"sent its {names}. To send and test: ADOBE_SEND_SECRETS={id_} pulumi up",
                self._process.show_message,
            )
        return resource_diff

    def create(self, inputs: Mapping[str, Any]) -> CreatedResource:
        """Create the resource. Raises `PartialFailure` if a later step fails."""
        return self._get_lifecycle(inputs).create(inputs)

    def read(self, id_: str, prior_outputs: Mapping[str, Any], input_names: Collection[str]) -> ReadState | None:
        """Return the resource as it is now; None if it is gone.

        Args:
            id_: The id of the entity.
            prior_outputs: The prior outputs.
            input_names: The names of the inputs that the state has: computed values that the program itself gives.
        """
        from pulumi_adobe.lifecycle.read import ReadState  # noqa: PLC0415 - a preview reads nothing

        state = self._get_lifecycle(prior_outputs).read(id_, prior_outputs)
        if state is None:
            return None
        computed = self.schema.for_properties(state.outputs).select_computed_values(state.outputs)
        declared = {name: value for name, value in computed.items() if name in input_names}
        return ReadState(state.outputs, {**declared, **state.inputs})

    def import_existing(self, id_: str, owner: str) -> ReadState:
        """Return the resource with this id as an import stores it for this owner. Raises `CannotAdopt` without one."""
        return self._resource_type.import_existing(id_, owner, self.context)

    def update(self, id_: str, prior_outputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> Properties:
        """Update the resource in place, and return its outputs. Raises `PartialFailure` if a later step fails."""
        return self._get_lifecycle({**prior_outputs, **inputs}).update(id_, prior_outputs, inputs)

    def delete(self, id_: str, prior_outputs: Mapping[str, Any], owner: str) -> None:
        """Delete the resource; ``owner`` is the resource in the stack that deletes it, as project/stack/resource."""
        self._get_lifecycle(prior_outputs).delete(id_, prior_outputs, owner)

    def _get_lifecycle(self, properties: Mapping[str, Any]) -> ResourceLifecycle:
        return self._resource_type.create_lifecycle(properties, self.context)

    def _find_problems(self, prior_inputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> Iterator[str]:
        # An import checks what it stores, which may lack secrets. Whatever is sent later has to have them.
        is_import = bool(prior_inputs) and prior_inputs == inputs
        problems = [
            f"{self._get_label(field)}: {text}"
            for field, text in validate(self.schema.for_properties(inputs), inputs)
            if not (is_import and field.secret and field.name not in inputs)
        ]
        problems.extend(self._find_secret_problems(prior_inputs, inputs))
        yield from problems
        try:
            _ = self._process.settings
        except SettingsError as error:
            yield str(error)
            return
        if not problems:
            yield from self._get_lifecycle(inputs).validate(prior_inputs, inputs)

    def _find_secret_problems(self, prior_inputs: Mapping[str, Any], inputs: Mapping[str, Any]) -> Iterator[str]:
        """Return why new secrets are refused. For one that the state holds already, show a warning."""
        for field, problem in validate_secrets(self.schema.for_properties(inputs), inputs):
            if prior_inputs.get(field.name) != inputs[field.name] and not self._is_replacement(inputs):
                yield f"{self._get_label(field)}: {problem}"
            else:
                resource_name = get_resource_name(inputs.get("owner", ""))
                self._process.show_message(f"warning: {resource_name}: {self._get_label(field)} {problem}. Rotate it.")

    def _is_replacement(self, inputs: Mapping[str, Any]) -> bool:
        """Return whether this is the second check of a replacement, which gets no prior inputs."""
        try:
            return self._get_lifecycle(inputs).is_replacement(inputs)
        except SettingsError:
            return False
