"""What every resource class shares: arguments become properties, secrets are marked, outputs get their types."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pulumi
from pulumi import dynamic

from pulumi_adobe.declaration import OUTPUTS
from pulumi_adobe.dynamic import FlowServiceProvider
from pulumi_adobe.resources.arguments import argument_problems
from pulumi_adobe.resources.names import snake_case
from pulumi_adobe.resources.positions import noted_up_to_the_program
from pulumi_adobe.resources.twins import refuse_a_second


class DeclaredResource(dynamic.Resource):
    """A resource whose provider's declaration says all about its properties.

    A subclass names its provider, and in ``fixed`` the inputs that make it what it is.
    """

    provider_class: ClassVar[type[FlowServiceProvider]]
    fixed: ClassVar[Mapping[str, Any]] = {}

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

    def __init__(self, resource_name: str, given: Mapping[str, Any], opts: pulumi.ResourceOptions | None) -> None:
        """Declare it. ``given`` are the arguments under the names that programs use; None is as good as absent.

        Raises pulumi.RunError, which the engine shows without a traceback, where plain values are wrong.
        """
        declaration = self.provider_class.declaration
        present = {name: value for name, value in given.items() if value is not None}
        problems = argument_problems(declaration, present, self.fixed)
        if problems:
            raise pulumi.RunError(f'{declaration.kind} "{resource_name}": {"; ".join(problems)}.')
        refuse_a_second(declaration, resource_name, {**present, **self.fixed}, opts)
        _evaluate_annotations(type(self))
        with noted_up_to_the_program():
            super().__init__(
                self.provider_class(),
                resource_name,
                self._inputs(resource_name, present),
                _options(opts),
            )

    def _inputs(self, resource_name: str, present: Mapping[str, Any]) -> dict[str, Any]:
        """Under the program's names, which become the attributes of this object."""
        names = _program_names(self.provider_class)
        fields = self.provider_class.declaration.fields
        return {
            **{names[name]: None for name in OUTPUTS},
            **{
                field.argument: _input(field.secret, present.get(field.argument))
                for field in fields
                if field.argument in present or field.computed
            },
            **{names[name]: value for name, value in self.fixed.items()},
            # For whom it was made: kept from the first version on, so that no state changes when it is needed.
            "owner": f"{pulumi.get_project()}/{pulumi.get_stack()}/{resource_name}",
        }

    if not TYPE_CHECKING:  # Else every name would be one.

        def __getattr__(self, name: str) -> pulumi.Output[None]:
            """An argument that was not given. The SDK makes an output of each property, which takes time."""
            if name in _program_names(self.provider_class).values():
                return pulumi.Output.from_input(None)
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)

    def translate_input_property(self, prop: str) -> str:
        """The state's name of a property that a program names, as in `ignore_changes`."""
        return _state_names(self.provider_class).get(prop, prop)

    def translate_output_property(self, prop: str) -> str:
        """The program's name of a property of the state."""
        return _program_names(self.provider_class).get(prop, prop)


def _options(given: pulumi.ResourceOptions | None) -> pulumi.ResourceOptions:
    """The old one goes first: an option, and not only an answer of the provider's diff, for `up --replace` too."""
    ours = pulumi.ResourceOptions(delete_before_replace=True)
    return ours if given is None else pulumi.ResourceOptions.merge(ours, given)


def _input(secret: bool, value: Any) -> Any:  # noqa: FBT001 - private, and read beside its argument
    return pulumi.Output.secret(value) if secret and value is not None else value


# Kept by class, which is its own hash: that of a declaration is one of all its fields, and names are asked for often.
_PROGRAM_NAMES: dict[type, dict[str, str]] = {}
_STATE_NAMES: dict[type, dict[str, str]] = {}
_EVALUATED: set[type] = set()
_TEXTS: Final = (pulumi.Output[str], pulumi.Output[str | None])


def _program_names(provider: type[FlowServiceProvider]) -> dict[str, str]:
    if provider not in _PROGRAM_NAMES:
        fields = {field.name: field.argument for field in provider.declaration.fields}
        _PROGRAM_NAMES[provider] = {**{name: snake_case(name) for name in OUTPUTS}, **fields}
    return _PROGRAM_NAMES[provider]


def _state_names(provider: type[FlowServiceProvider]) -> dict[str, str]:
    if provider not in _STATE_NAMES:
        _STATE_NAMES[provider] = {program: state for state, program in _program_names(provider).items()}
    return _STATE_NAMES[provider]


def _evaluate_annotations(kind: type[DeclaredResource]) -> None:
    """Compile the types of a class's outputs once, and leave out texts, whose type changes nothing.

    The SDK works them out anew with each resource (`pulumi/_types.py`, `resource_types`), to know which keys of a
    mapping it must leave as they are.
    """
    if kind not in _EVALUATED:
        types = inspect.get_annotations(kind, eval_str=True)
        kind.__annotations__ = {name: each for name, each in types.items() if each not in _TEXTS}
        _EVALUATED.add(kind)
