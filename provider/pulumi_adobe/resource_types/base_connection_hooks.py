"""The life-cycle hooks of a base connection to any source: parameters checked against Flow Service's own spec."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.json_values import get_member
from pulumi_adobe.lifecycle.context import ProviderContext, describe_resource
from pulumi_adobe.lifecycle.preview_checks import is_access_failure
from pulumi_adobe.resource_types.base_connection import SCHEMA
from pulumi_adobe.resource_types.connection_hooks import ConnectionHooks
from pulumi_adobe.resource_types.fields import SPEC_BY_ID
from pulumi_adobe.resource_types.parameters import PARAMETER_PREFIX
from pulumi_adobe.resource_types.source_warnings import warn_about_source
from pulumi_adobe.sources import find_spec_by_id


class BaseConnectionHooks(ConnectionHooks):
    """Ask Flow Service which parameters a connection spec has that the catalogue lacks."""

    def validate(
        self, context: ProviderContext, _prior_outputs: Mapping[str, Any], new_inputs: Mapping[str, Any]
    ) -> Iterable[str]:
        """Return the problems of the parameters' names, and warn about a source that Adobe has ended."""
        spec_id, auth_spec = get_member(new_inputs, "connectionSpec", "id"), new_inputs.get("authSpec")
        if not isinstance(spec_id, str) or not isinstance(auth_spec, str):
            return ()
        names = [name.removeprefix(PARAMETER_PREFIX) for name in new_inputs if name.startswith(PARAMETER_PREFIX)]
        resource, spec = describe_resource(SCHEMA, new_inputs), find_spec_by_id(spec_id)
        if spec is not None:
            warn_about_source(context, resource, spec, auth_spec, names)
        if spec is not None or new_inputs.get("validate") is False or "params" in new_inputs:
            return ()

        labels = context.get_labels(SCHEMA)

        def request() -> list[str]:
            try:
                return list(context.connection_specs.validate_parameters(spec_id, auth_spec, names, labels))
            except NotFound as error:
                if is_access_failure(error):
                    raise
                return [f"{context.get_label(SPEC_BY_ID)}: Flow Service has no connection spec {spec_id}"]

        checks = context.preview_checks
        problems = checks.ask(spec_id, f"the connection spec {spec_id}", resource, request)
        return checks.judge(resource, problems or ())
