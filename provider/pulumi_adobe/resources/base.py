"""The base class of all resources: arguments become properties, secrets are marked, outputs get their types."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pulumi
from pulumi import dynamic

from pulumi_adobe.plugin.dynamic.provider import DynamicProvider
from pulumi_adobe.resource_names import build_owner
from pulumi_adobe.resource_types.registry import get_resource_type
from pulumi_adobe.resources.arguments import complete_arguments, validate_arguments
from pulumi_adobe.resources.checked_call import CheckedCall
from pulumi_adobe.resources.clear_secrets import warn_of_clear_secrets
from pulumi_adobe.resources.duplicate_declarations import refuse_duplicate
from pulumi_adobe.resources.program_messages import REDACTOR, build_arguments_error
from pulumi_adobe.resources.stack_trace import limit_stack_trace
from pulumi_adobe.schema.naming import LiteralKey, snake_case
from pulumi_adobe.schema.resource_schema import ResourceSchema


class AdobeResource(dynamic.Resource, metaclass=CheckedCall):
    """A resource that the schema of its resource type describes completely.

    A subclass names its provider.
    """

    provider_class: ClassVar[type[DynamicProvider]]
    _output_names: ClassVar[frozenset[str]] = frozenset()
    """The outputs that the class declares."""

    resource_owner: str
    """The resource as project/stack/resource, which its state and its ownership line name."""

    sandbox_name: pulumi.Output[str]
    """The sandbox of the resource."""

    org_id: pulumi.Output[str]
    """The organization of the resource."""

    def __init_subclass__(cls, **keywords: Any) -> None:
        """Collect the names of the outputs: `_evaluate_annotations` removes most of them from the annotations."""
        super().__init_subclass__(**keywords)
        cls._output_names = cls._output_names | frozenset(inspect.get_annotations(cls))

    def __init__(
        self,
        resource_name: str,
        arguments: Mapping[str, Any],
        opts: pulumi.ResourceOptions | None,
        check_inputs: Mapping[str, Any] | None = None,
    ) -> None:
        """Declare the resource.

        Args:
            resource_name: The resource's name in Pulumi.
            arguments: The arguments under the names that programs use; None means absent.
            opts: Pulumi's resource options.
            check_inputs: Inputs that only the provider's check reads.

        Raises:
            pulumi.RunError: Known values are wrong. The engine shows it without a traceback.
        """
        schema = _get_schema(self.provider_class)
        self.resource_owner = build_owner(pulumi.get_project(), pulumi.get_stack(), resource_name)
        present_arguments = complete_arguments(schema, arguments, self.resource_owner)
        problems = validate_arguments(schema, present_arguments)
        if problems:
            raise build_arguments_error(schema.type_name, resource_name, problems)
        if opts is not None:
            from pulumi_adobe.resources.explicit_provider import apply_providers  # noqa: PLC0415 - few programs need it

            opts = apply_providers(schema.type_name, resource_name, opts)
        warn_of_clear_secrets()
        refuse_duplicate(schema, resource_name, {**present_arguments, **schema.fixed_inputs}, opts)
        _evaluate_annotations(type(self))
        inputs = {**self._build_inputs(present_arguments), **(check_inputs or {})}
        with limit_stack_trace():
            super().__init__(self.provider_class(), resource_name, inputs, opts)
        names = _get_program_names(self.provider_class)
        outputs = {names[name] for name in schema.outputs}
        found_out = outputs | {field.argument for field in schema.fields if field.computed}
        absent = [name for name in self._output_names if name not in found_out and inputs.get(name, "") is None]
        self._absent_outputs = {name: self.__dict__.pop(name) for name in absent}

    def _build_inputs(self, present_arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Return the inputs under the program's names, which become the attributes of this object."""
        names = _get_program_names(self.provider_class)
        schema = _get_schema(self.provider_class)
        return {
            **{names[name]: None for name in schema.outputs},
            # Also outputs that the program does not give: a transform or, with `ignore_changes`, the state may.
            **{
                field.argument: _mark_secret(field.secret, present_arguments.get(field.argument))
                for field in schema.fields
                if field.argument in present_arguments or field.computed or field.argument in self._output_names
            },
            **{names[name]: value for name, value in schema.fixed_inputs.items()},
            # Every state has the owner, so that no state changes when the ownership line is turned on.
            "owner": self.resource_owner,
        }

    if not TYPE_CHECKING:  # Type checkers would accept every name.

        def __getattr__(self, name: str) -> pulumi.Output[Any]:
            """Return the output of an argument that was not given; an empty one for an option of the provider."""
            absent_outputs = self.__dict__.get("_absent_outputs", {})
            if name in absent_outputs:
                return _know_absence(absent_outputs[name], self.owner)
            if name in _get_program_names(self.provider_class).values():
                return pulumi.Output.from_input(None)
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)

    def translate_input_property(self, prop: str) -> str:
        """Return the state's name of a property that a program names, as in `ignore_changes`."""
        if isinstance(prop, LiteralKey):
            return str(prop)
        return _get_state_names(self.provider_class).get(prop, prop)

    def translate_output_property(self, prop: str) -> str:
        """Return the program's name of a property of the state."""
        return _get_program_names(self.provider_class).get(prop, prop)


class FlowServiceResource(AdobeResource):
    """A resource that is an entity of Flow Service: a connection or a dataflow."""

    connection_spec: pulumi.Output[Mapping[str, str]]
    """Id and version of the connection spec; dataflows have none."""

    etag: pulumi.Output[str]
    """The version in Flow Service, quotes included. An update with an older etag than the service's is refused."""

    state: pulumi.Output[str]
    """Flow Service's state of the entity, such as `enabled`."""

    created_at: pulumi.Output[str]
    """When the entity was created: ISO 8601, UTC."""

    created_by: pulumi.Output[str]
    """The account that created the entity."""

    def __init__(
        self,
        resource_name: str,
        arguments: Mapping[str, Any],
        opts: pulumi.ResourceOptions | None,
        check_inputs: Mapping[str, Any] | None = None,
    ) -> None:
        """Declare the resource, and note the connection spec that the program gives, if it is known."""
        spec = arguments.get("connection_spec") or _get_schema(self.provider_class).fixed_inputs.get("connectionSpec")
        self.declared_spec_id = str(spec.get("id")) if isinstance(spec, Mapping) else ""
        """The id of the connection spec; empty for a dataflow, and if it is an output."""
        super().__init__(resource_name, arguments, opts, check_inputs)


def _know_absence(output: pulumi.Output[Any], answered: pulumi.Output[Any]) -> pulumi.Output[Any]:
    """Return the output so that a preview knows that it is None if the engine's answer lacks the property.

    The SDK takes every such property for unknown in a preview (`resolve_properties` in pulumi/runtime/rpc.py), and with
    it all that the program computes from it. ``answered`` is the output of an input that every answer has.
    """

    async def is_known() -> bool:
        if await output.is_known():
            return True
        return await output.future(with_unknowns=True) is None and await answered.is_known()

    # Tasks, because the SDK awaits them one by one, and of a failed resource only the first.
    return pulumi.Output(
        asyncio.ensure_future(output.resources()),
        asyncio.ensure_future(output.future(with_unknowns=True)),
        asyncio.ensure_future(is_known()),
        asyncio.ensure_future(output.is_secret()),
    )


def _mark_secret(secret: bool, value: Any) -> Any:  # noqa: FBT001 - private, and read beside its argument
    if not secret or value is None:
        return value
    REDACTOR.add_secret(value)
    return pulumi.Output.secret(value)


# Cached by class, whose hash is cheap; names are asked for often.
_PROGRAM_NAMES: dict[type, dict[str, str]] = {}
_STATE_NAMES: dict[type, dict[str, str]] = {}
_EVALUATED_CLASSES: set[type] = set()
_TEXT_TYPES: Final = (pulumi.Output[str], pulumi.Output[str | None])


def _get_schema(provider: type[DynamicProvider]) -> ResourceSchema:
    return get_resource_type(provider.resource_type).schema


def _get_program_names(provider: type[DynamicProvider]) -> dict[str, str]:
    if provider not in _PROGRAM_NAMES:
        schema = _get_schema(provider)
        fields = {field.name: field.argument for field in schema.fields}
        _PROGRAM_NAMES[provider] = {**{name: snake_case(name) for name in schema.outputs}, **fields}
    return _PROGRAM_NAMES[provider]


def _get_state_names(provider: type[DynamicProvider]) -> dict[str, str]:
    if provider not in _STATE_NAMES:
        _STATE_NAMES[provider] = {program: state for state, program in _get_program_names(provider).items()}
    return _STATE_NAMES[provider]


def _evaluate_annotations(resource_class: type[AdobeResource]) -> None:
    """Evaluate the types of a class's outputs once, and leave out texts, whose type changes nothing.

    The SDK evaluates them anew for each resource (`pulumi/_types.py`, `resource_types`), to know which keys of a
    mapping it must not translate.
    """
    if resource_class not in _EVALUATED_CLASSES:
        types = inspect.get_annotations(resource_class, eval_str=True)
        resource_class.__annotations__ = {name: type_ for name, type_ in types.items() if type_ not in _TEXT_TYPES}
        _EVALUATED_CLASSES.add(resource_class)
