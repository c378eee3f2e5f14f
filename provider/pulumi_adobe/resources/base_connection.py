"""A base connection of any source: of one that the catalogue has, or of a connection spec by its id.

Adobe: Flow Service API, `POST /connections`; one page of the documentation per source (`sources/catalogue.json`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final

import pulumi

from pulumi_adobe.plugin.dynamic.provider import DynamicProvider
from pulumi_adobe.resource_types.base_connection import build_schema
from pulumi_adobe.resource_types.fields import DEFAULT_SPEC_VERSION
from pulumi_adobe.resource_types.parameters import PARAMETER_PREFIX
from pulumi_adobe.resources.arguments import known_value
from pulumi_adobe.resources.auth import Auth, TypedAuth, resolve_auth, validate_auth
from pulumi_adobe.resources.base import FlowServiceResource
from pulumi_adobe.resources.program_messages import build_arguments_error
from pulumi_adobe.schema.naming import snake_case
from pulumi_adobe.schema.validation import normalize, validate
from pulumi_adobe.sources import connection_specs
from pulumi_adobe.sources.names import SourceName

_TYPE_NAME: Final = "BaseConnection"


class BaseConnectionProvider(DynamicProvider):
    """The provider that every state with a connection of any source refers to by module and name."""

    resource_type: ClassVar[str] = _TYPE_NAME


class BaseConnection(FlowServiceResource, module="adobe", name="BaseConnection"):
    """A base connection from Experience Platform to any source.

    ``source`` is a name of the catalogue (`snowflake`, `amazon-s3`, …). For a source that the catalogue lacks, give
    ``connection_spec_id`` (and the version): the provider then asks Flow Service which parameters the source has, and
    treats all of them as secrets. With ``validate=False`` the parameters are not validated.

    A connection to the HTTP API has ``inlet_url``, the address to which your programs send data.
    """

    provider_class = BaseConnectionProvider

    name: pulumi.Output[str]
    description: pulumi.Output[str | None]
    params: pulumi.Output[Mapping[str, Any]]
    inlet_url: pulumi.Output[str | None]

    def __init__(  # noqa: PLR0913 - the arguments of the resource
        self,
        resource_name: str,
        *,
        auth: Auth | TypedAuth | Mapping[str, pulumi.Input[Any]],
        source: SourceName | None = None,
        name: pulumi.Input[str] | None = None,
        description: pulumi.Input[str] | None = None,
        connection_spec_id: str | None = None,
        connection_spec_version: str | None = None,
        validate: bool | None = None,
        adopt_id: pulumi.Input[str] | None = None,
        force_destroy: pulumi.Input[bool] | None = None,
        test: pulumi.Input[str] | None = None,
        opts: pulumi.ResourceOptions | None = None,
    ) -> None:
        """Declare the connection.

        Args:
            resource_name: The resource's name in Pulumi.
            auth: How the connection authenticates: `Auth(spec, {…})`, a typed auth class or, if the source has only one
                auth spec, its parameters under Adobe's names.
            source: The source's name in the catalogue. Give either this or `connection_spec_id`.
            name: The name in Experience Platform.
            description: The purpose.
            connection_spec_id: The id of a connection spec that the catalogue lacks.
            connection_spec_version: The version of the connection spec. If it is not given, a create sends 1.0, and a
                version that Flow Service moves later is no change.
            validate: If `False`, the parameters are not validated.
            adopt_id: The id of an existing connection to adopt. Has no effect once this resource exists.
            force_destroy: If `True`, deleting the connection also deletes its dataflows. Takes effect after the
                next `pulumi up`.
            test: How to treat a failed connection test: `auto`, `fail`, `warn` or `off`. Overrides `adobe:test`.
            opts: Pulumi's resource options.

        Raises:
            pulumi.RunError: Known values are wrong. The message has every problem, and no value.
        """
        resolved_auth, problems = resolve_auth(source, connection_spec_id, auth)
        spec_id = connection_spec_id or (connection_specs()[source].id if source in connection_specs() else "")
        if resolved_auth is not None and validate is not False:
            values = _validate_values(spec_id, resolved_auth, is_typed=isinstance(auth, TypedAuth))
            problems = [*problems, *validate_auth(spec_id, resolved_auth), *values]
        if problems or resolved_auth is None:
            raise build_arguments_error(_TYPE_NAME, resource_name, problems)
        arguments = {
            "name": name,
            "description": description,
            "params": _mark_secrets(spec_id, resolved_auth),
            "auth_spec": resolved_auth.spec,
            "connection_spec": {"id": spec_id, "version": connection_spec_version or DEFAULT_SPEC_VERSION},
            "validate": validate,
            "spec_version_declared": True if connection_spec_version else None,
            "adopt_id": adopt_id,
            "force_destroy": force_destroy,
            "test": test,
        }
        super().__init__(resource_name, arguments, opts)
        self.has_raw_data = known_value(resolved_auth.params.get("dataType")) == "raw"
        """Whether the program says that the data which arrive are no XDM (Adobe: http.md)."""


def _validate_values(spec_id: str, auth: Auth, *, is_typed: bool) -> Iterator[str]:
    resource_schema = build_schema(spec_id, auth.spec, tuple(sorted(auth.params)))
    values = {f"{PARAMETER_PREFIX}{name}": known_value(value) for name, value in auth.params.items()}
    for field, problem in validate(resource_schema, normalize(resource_schema, values)):
        if field.name.startswith(PARAMETER_PREFIX):
            # The arguments of the typed auth classes are not Adobe's names.
            yield f"{snake_case(field.label) if is_typed else field.label} {problem}"


def _mark_secrets(spec_id: str, auth: Auth) -> dict[str, Any]:
    resource_schema = build_schema(spec_id, auth.spec, tuple(sorted(auth.params)))
    secret_names = {field.name.removeprefix(PARAMETER_PREFIX) for field in resource_schema.secret_fields}
    return {
        name: pulumi.Output.secret(value) if name in secret_names else value
        for name, value in auth.params.items()
        if value is not None
    }
