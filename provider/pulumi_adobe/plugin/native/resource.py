"""One resource of a call: from the engine's request to the values of the life cycle, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from google.protobuf.struct_pb2 import Struct

from pulumi_adobe.advice import with_advice
from pulumi_adobe.errors import AdobeError
from pulumi_adobe.lifecycle.errors import PartialFailure
from pulumi_adobe.plugin.messages import REDACTOR
from pulumi_adobe.plugin.native.error_reporting import StoredFailure
from pulumi_adobe.plugin.native.program_inputs import complete_inputs, select_program_inputs
from pulumi_adobe.plugin.native.state_format import TYPE_PREFIX
from pulumi_adobe.plugin.native.values import from_struct, keep_pickled_provider, mark_secrets, to_struct
from pulumi_adobe.plugin.partial_failure import build_failure_details
from pulumi_adobe.plugin.process import ProviderProcess
from pulumi_adobe.plugin.resource_calls import ResourceCalls
from pulumi_adobe.resource_names import build_owner, parse_urn
from pulumi_adobe.resource_types.registry import RESOURCE_TYPE_NAMES
from pulumi_adobe.schema.values import Properties


class NativeResource:
    """The resource with a URN, and the provider that serves it.

    Args:
        urn: The URN.
        process: The provider.
        timeout: The seconds that the program gives the operation; 0 if it gives none.
    """

    def __init__(self, urn: str, process: ProviderProcess, timeout: float = 0) -> None:
        self.urn = parse_urn(urn)
        self.type_name = self.urn.type.removeprefix(TYPE_PREFIX)
        if self.type_name not in RESOURCE_TYPE_NAMES:
            raise AdobeError(f"The provider adobe has no resource type {self.urn.type}.")
        self.calls = ResourceCalls(self.type_name, process, timeout)

    @property
    def owner(self) -> str:
        """The resource as project/stack/resource."""
        return build_owner(self.urn.project, self.urn.stack, self.urn.name)

    def complete(self, program_inputs: Mapping[str, Any]) -> Properties:
        """Return the (flat) inputs of the life cycle for the inputs that a program gives."""
        return self.calls.flatten(complete_inputs(self.calls.schema, program_inputs, self.urn))

    def read_outputs(self, message: Struct) -> Properties:
        """Return the (flat) outputs of a state. The owner is the resource's own, also if the state is a copy's."""
        return self.calls.flatten(from_struct(message))

    def write_outputs(
        self, outputs: Mapping[str, Any], program_inputs: Mapping[str, Any], prior: Struct | None = None
    ) -> Struct:
        """Return the (flat) outputs for the state, secrets marked.

        Args:
            outputs: The outputs.
            program_inputs: The inputs of the program.
            prior: The state's outputs before.
        """
        kept = keep_pickled_provider(prior) if prior is not None else {}
        return to_struct({**self._mark_secrets(self.calls.to_state(outputs, program_inputs), outputs), **kept})

    def write_program_inputs(self, inputs: Mapping[str, Any], prior: Mapping[str, Any]) -> Struct:
        """Return what a program would give for these (flat) inputs; ``prior`` is what it gave before."""
        schema = self.calls.schema
        program_inputs = select_program_inputs(schema, schema.unflatten(dict(inputs)), prior, self.urn)
        return to_struct(self._mark_secrets(program_inputs, inputs))

    def write_checked(
        self, checked: Mapping[str, Any], completed: Mapping[str, Any], program_inputs: Mapping[str, Any]
    ) -> Struct:
        """Return the inputs that the program gives, normalized, secrets marked: what is completed is not stored.

        Args:
            checked: The (flat) inputs of the life cycle, normalized.
            completed: The same before they were normalized.
            program_inputs: The inputs that the program gives.
        """
        normalized, unchanged = (self.calls.schema.unflatten(dict(inputs)) for inputs in (checked, completed))
        inputs = {
            name: normalized.get(name) if unchanged.get(name) == value else value
            for name, value in program_inputs.items()
        }
        present = {name: value for name, value in inputs.items() if value is not None}
        return to_struct(self._mark_secrets(present, checked))

    @contextmanager
    def store_partial_failures(self, program_inputs: Mapping[str, Any], prior: Struct | None = None) -> Iterator[None]:
        """Turn a `PartialFailure` into a `StoredFailure`."""
        try:
            yield
        except PartialFailure as error:
            message = REDACTOR.to_message(str(with_advice(error.cause)))
            outputs = self.write_outputs(error.outputs, program_inputs, prior)
            inputs = to_struct(self._mark_secrets(program_inputs, self.complete(program_inputs)))
            raise StoredFailure(message, build_failure_details(error.id, outputs, message, inputs)) from None

    def _mark_secrets(self, properties: Mapping[str, Any], completed: Mapping[str, Any]) -> Properties:
        """Return the properties with marks on the secrets, which the (flat) inputs or outputs of the life cycle decide.

        Without a known source and auth spec, each parameter counts as a secret.
        """
        schema = self.calls.schema
        flat = schema.flatten(dict(properties))
        names = [name for name, _ in schema.for_properties({**flat, **completed}).secret_values(flat)]
        return schema.unflatten(mark_secrets(flat, names))
