"""A base connection of any source: of one that the catalogue has, or of a connection spec by its id.

Adobe: Flow Service API, `POST /connections`; one page of the documentation per source (`sources/catalogue.json`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Final

import pulumi

from pulumi_adobe.behaviour import LifecycleHooks
from pulumi_adobe.checking import normalize
from pulumi_adobe.checking import validate as checked_problems
from pulumi_adobe.declaration import ResourceSchema, Field
from pulumi_adobe.dynamic import DynamicProvider
from pulumi_adobe.members import get_member
from pulumi_adobe.resources.arguments import known_value
from pulumi_adobe.resources.auth import Auth, TypedAuth, resolve_auth, validate_auth
from pulumi_adobe.resources.connection_fields import NAME_AND_DESCRIPTION, PROVIDER_FIELDS, SPEC_FIELDS, validate_no_outer_blanks
from pulumi_adobe.resources.declared import FlowServiceResource
from pulumi_adobe.sources import connection_specs, find_spec_by_id

if TYPE_CHECKING:
    from pulumi_adobe.lifecycle.run import ProviderContext

_KIND: Final = "BaseConnection"
_PARAMS: Final = Field("params", ("auth", "params"), "params", required=True, type=dict)
_VALIDATE: Final = Field("validate", argument="validate", type=bool, ignore_changes=True)
_PREFIX: Final = "params."


class BaseConnectionHooks(LifecycleHooks):
    """Of a connection spec that the catalogue does not have, Flow Service says which parameters there are."""

    def validate(self, context: ProviderContext, _prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]) -> Iterable[str]:
        """Out of reach, it is a warning."""
        from pulumi_adobe.flow_service.errors import FlowServiceError  # noqa: PLC0415 - a program imports this module

        spec_id, auth_spec = get_member(new_inputs, "connectionSpec", "id"), new_inputs.get("authSpec")
        if not isinstance(spec_id, str) or not isinstance(auth_spec, str) or "params" in new_inputs:
            return ()
        if new_inputs.get("validate") is False or find_spec_by_id(spec_id):
            return ()
        names = [name.removeprefix(_PREFIX) for name in new_inputs if name.startswith(_PREFIX)]
        try:
            return list(context.connection_specs.validate_parameters(spec_id, auth_spec, names))
        except FlowServiceError as error:
            context.show_message(f"warning: connection spec {spec_id} could not be asked for: {error.message}")
            return ()


class BaseConnectionProvider(DynamicProvider):
    """The provider that stands, as a reference to this class, in the state of every connection of any source."""

    declaration: ClassVar[ResourceSchema] = ResourceSchema(
        _KIND, "connections", (*NAME_AND_DESCRIPTION, _PARAMS, *SPEC_FIELDS, *PROVIDER_FIELDS, _VALIDATE), hooks=BaseConnectionHooks()
    )

    @classmethod
    def declared(cls, properties: Mapping[str, Any]) -> ResourceSchema:
        """One field per parameter, secret or not as the catalogue says; what it does not know is taken for secret."""
        spec = properties.get("connectionSpec")
        names = tuple(sorted(name.removeprefix(_PREFIX) for name in properties if name.startswith(_PREFIX)))
        params_field = (_PARAMS,) if "params" in properties else ()
        spec_id = str(spec["id"]) if isinstance(spec, dict) else ""
        validate_required = properties.get("validate") is not False
        return _build_schema(spec_id, str(properties.get("authSpec")), names, params_field, judged=validate_required)

    @classmethod
    def flat(cls, properties: dict[str, Any]) -> dict[str, Any]:
        """Every parameter is a property of its own, so that it is compared and patched like any other."""
        if not isinstance(properties.get("params"), dict):
            return properties
        rest = {name: value for name, value in properties.items() if name != "params"}
        return {**rest, **{f"{_PREFIX}{name}": value for name, value in properties["params"].items()}}

    @classmethod
    def nested(cls, properties: dict[str, Any]) -> dict[str, Any]:
        """The state holds the parameters in one object, as Adobe does."""
        params = {name.removeprefix(_PREFIX): value for name, value in properties.items() if name.startswith(_PREFIX)}
        rest = {name: value for name, value in properties.items() if not name.startswith(_PREFIX)}
        return {**rest, "params": params} if params else rest


@cache
def _build_schema(
    spec_id: str, auth_spec: str, names: tuple[str, ...], params_field: tuple[Field, ...] = (), *, validate_required: bool = True
) -> ResourceSchema:
    """``judged``: whether the catalogue says what is required; of secrets it always does."""
    spec = find_spec_by_id(spec_id)
    catalogue_parameters = {parameter.name: parameter for parameter in spec.auth_specs.get(auth_spec, ())} if spec else {}
    parameter_names = dict.fromkeys((*(() if params_field else catalogue_parameters), *names))
    parameters = (
        Field(
            f"{_PREFIX}{name}",
            ("auth", "params", name),
            f"auth.{name}",
            required=validate_required and name in catalogue_parameters and catalogue_parameters[name].required,
            secret=name not in catalogue_parameters or catalogue_parameters[name].secret,
            type=object,
            validate=_validate_parameter,
        )
        for name in parameter_names
    )
    common = BaseConnectionProvider.declaration
    return replace(common, fields=(*NAME_AND_DESCRIPTION, *params_field, *parameters, *SPEC_FIELDS, *PROVIDER_FIELDS, _VALIDATE))


def _validate_parameter(value: Any) -> str | None:
    if not isinstance(value, (str, int, float, bool)):
        return "must be a text, a number, true or false"
    return validate_no_outer_blanks(value) if isinstance(value, str) else None


class BaseConnection(FlowServiceResource, module="adobe", name="BaseConnection"):
    """A base connection from Experience Platform to any source.

    ``source`` is a name of the catalogue (`snowflake`, `amazon-s3`, …). For a source that it does not have give
    ``connection_spec_id`` (and the version): Flow Service is then asked which parameters there are, and all of them are
    secrets in the state. ``validate=False`` asks nobody, neither the catalogue nor Flow Service.
    """

    provider_class = BaseConnectionProvider

    name: pulumi.Output[str]
    description: pulumi.Output[str | None]
    params: pulumi.Output[Mapping[str, Any]]

    def __init__(  # noqa: PLR0913 - the arguments of the resource
        self,
        resource_name: str,
        *,
        auth: Auth | TypedAuth | Mapping[str, pulumi.Input[Any]],
        source: str | None = None,
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        connection_spec_id: str | None = None,
        connection_spec_version: str = "1.0",
        validate: bool | None = None,
        adopt_id: pulumi.Input[str] | None = None,
        force_destroy: pulumi.Input[bool] | None = None,
        test: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare it. Raises pulumi.RunError where plain values are wrong: every problem, none with a value.

        Args:
            resource_name: What Pulumi calls it.
            auth: How it authenticates: `Auth(spec, {…})`, a typed one, or, where the source has one way only, its
                parameters under Adobe's names.
            source: The source's name in the catalogue; or else `connection_spec_id`.
            name: Its name in Experience Platform.
            description: What it is for.
            connection_spec_id: The id of a connection spec that the catalogue does not have.
            connection_spec_version: Its version.
            validate: `False` checks the parameters against nothing.
            adopt_id: The id of one to take over, where this one is not made yet; without effect afterwards.
            force_destroy: Whether a deletion deletes the dataflows on it too; only what an `up` has stored counts.
            test: What a failed test of it is: `auto`, `fail`, `warn` or `off`; in the place of `adobe:test`.
            opts: Pulumi's options.
        """
        resolved_auth, problems = resolve_auth(source, connection_spec_id, auth)
        spec_id = connection_spec_id or (connection_specs()[source].id if source in connection_specs() else "")
        if resolved_auth is not None and validate is not False:
            problems = [*problems, *validate_auth(spec_id, resolved_auth), *_validate_values(spec_id, resolved_auth)]
        if problems or resolved_auth is None:
            raise pulumi.RunError(f'{_KIND} "{resource_name}": {"; ".join(problems)}.')
        arguments = {
            "name": name,
            "description": description,
            "params": _mark_secrets(spec_id, resolved_auth),
            "auth_spec": resolved_auth.spec,
            "connection_spec": {"id": spec_id, "version": connection_spec_version},
            "validate": validate,
            "adopt_id": adopt_id,
            "force_destroy": force_destroy,
            "test": test,
        }
        super().__init__(resource_name, arguments, opts)


def _validate_values(spec_id: str, auth: Auth) -> Iterator[str]:
    resource_schema = _build_schema(spec_id, auth.spec, tuple(sorted(auth.params)))
    values = {f"{_PREFIX}{name}": known_value(value) for name, value in auth.params.items()}
    for field, problem in checked_problems(resource_schema, normalize(resource_schema, values)):
        if field.name.startswith(_PREFIX):
            yield f"{field.argument} {problem}"


def _mark_secrets(spec_id: str, auth: Auth) -> dict[str, Any]:
    resource_schema = _build_schema(spec_id, auth.spec, tuple(sorted(auth.params)))
    secret_names = {field.name.removeprefix(_PREFIX) for field in resource_schema.secret_fields}
    return {
        name: pulumi.Output.secret(value) if name in secret_names else value
        for name, value in auth.params.items()
        if value is not None
    }
