"""What every resource class shares: arguments become properties, secrets are marked, outputs get their types."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pulumi
from pulumi import dynamic

from pulumi_adobe.declaration import SERVICE_OUTPUTS
from pulumi_adobe.dynamic import DynamicProvider
from pulumi_adobe.resources.arguments import validate_arguments
from pulumi_adobe.resources.names import snake_case
from pulumi_adobe.resources.positions import noted_up_to_the_program
from pulumi_adobe.resources.twins import refuse_duplicate


class FlowServiceResource(dynamic.Resource):
    """A resource whose provider's declaration says all about its properties.

    A subclass names its provider, and in ``fixed`` the inputs that make it what it is.
    """

    provider_class: ClassVar[type[DynamicProvider]]
    fixed_inputs: ClassVar[Mapping[str, Any]] = {}

    connection_spec: pulumi.Output[Mapping[str, str]]
    """Id and version of the connection spec; dataflows have none."""

    etag: pulumi.Output[str]
    """The version that Flow Service gave it, quotes included; an update is refused where this is not the newest."""

    state: pulumi.Output[str]
    """Flow Service's state of it, `enabled` where all is well."""

    created_at: pulumi.Output[str]
    """When it was made: ISO 8601, UTC."""

    created_by: pulumi.Output[str]
    """The account that made it."""

    sandbox_name: pulumi.Output[str]
    """The sandbox in which it was made."""

    org_id: pulumi.Output[str]
    """The organization in which it was made."""

    def __init__(self, resource_name: str, arguments: Mapping[str, Any], opts: pulumi.ResourceOptions | None) -> None:
        """Declare it. ``given`` are the arguments under the names that programs use; None is as good as absent.

        Raises pulumi.RunError, which the engine shows without a traceback, where plain values are wrong.
        """
        declaration = self.provider_class.resource_schema
        present_arguments = {name: value for name, value in arguments.items() if value is not None}
        problems = validate_arguments(declaration, present_arguments, self.fixed_inputs)
        if problems:
            raise pulumi.RunError(f'{declaration.type_name} "{resource_name}": {"; ".join(problems)}.')
        refuse_duplicate(declaration, resource_name, {**present_arguments, **self.fixed_inputs}, opts)
        _evaluate_annotations(type(self))
        with noted_up_to_the_program():
            super().__init__(
                self.provider_class(),
                resource_name,
                self._build_inputs(resource_name, present_arguments),
                _merge_options(opts),
            )

    def _build_inputs(self, resource_name: str, present_arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Under the program's names, which become the attributes of this object."""
        names = _get_program_names(self.provider_class)
        fields = self.provider_class.resource_schema.fields
        return {
            **{names[name]: None for name in SERVICE_OUTPUTS},
            **{
                field.argument: _mark_secret(field.secret, present_arguments.get(field.argument))
                for field in fields
                if field.argument in present_arguments or field.computed
            },
            **{names[name]: value for name, value in self.fixed_inputs.items()},
            # For whom it was made: kept from the first version on, so that no state changes when it is needed.
            "owner": f"{pulumi.get_project()}/{pulumi.get_stack()}/{resource_name}",
        }

    if not TYPE_CHECKING:  # Else every name would be one.

        def __getattr__(self, name: str) -> pulumi.Output[None]:
            """An argument that was not given. The SDK makes an output of each property, which takes time."""
            if name in _get_program_names(self.provider_class).values():
                return pulumi.Output.from_input(None)
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)

    def translate_input_property(self, prop: str) -> str:
        """The state's name of a property that a program names, as in `ignore_changes`."""
        return _get_state_names(self.provider_class).get(prop, prop)

    def translate_output_property(self, prop: str) -> str:
        """The program's name of a property of the state."""
        return _get_program_names(self.provider_class).get(prop, prop)


def _merge_options(options: pulumi.ResourceOptions | None) -> pulumi.ResourceOptions:
    """The old one goes first: an option, and not only an answer of the provider's diff, for `up --replace` too."""
    defaults = pulumi.ResourceOptions(delete_before_replace=True)
    return defaults if options is None else pulumi.ResourceOptions.merge(defaults, options)


def _mark_secret(secret: bool, value: Any) -> Any:  # noqa: FBT001 - private, and read beside its argument
    return pulumi.Output.secret(value) if secret and value is not None else value


# Kept by class, which is its own hash: that of a declaration is one of all its fields, and names are asked for often.
_PROGRAM_NAMES: dict[type, dict[str, str]] = {}
_STATE_NAMES: dict[type, dict[str, str]] = {}
_EVALUATED_CLASSES: set[type] = set()
_TEXT_TYPES: Final = (pulumi.Output[str], pulumi.Output[str | None])


def _get_program_names(provider: type[DynamicProvider]) -> dict[str, str]:
    if provider not in _PROGRAM_NAMES:
        fields = {field.name: field.argument for field in provider.resource_schema.fields}
        _PROGRAM_NAMES[provider] = {**{name: snake_case(name) for name in SERVICE_OUTPUTS}, **fields}
    return _PROGRAM_NAMES[provider]


def _get_state_names(provider: type[DynamicProvider]) -> dict[str, str]:
    if provider not in _STATE_NAMES:
        _STATE_NAMES[provider] = {program: state for state, program in _get_program_names(provider).items()}
    return _STATE_NAMES[provider]


def _evaluate_annotations(resource_class: type[FlowServiceResource]) -> None:
    """Compile the types of a class's outputs once, and leave out texts, whose type changes nothing.

    The SDK works them out anew with each resource (`pulumi/_types.py`, `resource_types`), to know which keys of a
    mapping it must leave as they are.
    """
    if resource_class not in _EVALUATED_CLASSES:
        types = inspect.get_annotations(resource_class, eval_str=True)
        resource_class.__annotations__ = {name: each for name, each in types.items() if each not in _TEXT_TYPES}
        _EVALUATED_CLASSES.add(resource_class)
