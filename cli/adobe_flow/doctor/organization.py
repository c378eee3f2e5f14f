"""The checks of the organization: its sandboxes, permission, sources, and the landing zones that the stack manages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from adobe_flow.aep.landing_zones import (
    StoredCredentials,
    get_current_credentials,
    get_valid_expiry,
    list_stored_credentials,
)
from adobe_flow.doctor.context import DoctorContext
from adobe_flow.doctor.finding import CheckSkipped
from adobe_flow.problem import Problem
from adobe_flow.pulumi_cli.resources import get_class_name
from pulumi_adobe.expiry import describe_expiry
from pulumi_adobe.flow_service.client import FlowServiceClient
from pulumi_adobe.flow_service.errors import NotFound
from pulumi_adobe.json_values import get_member
from pulumi_adobe.sources import connection_specs, find_spec_by_id
from pulumi_adobe.suggestions import find_similar_name


def check_organization(context: DoctorContext) -> str:
    """Check the organization by listing its sandboxes, which needs no sandbox."""
    count = len(context.list_sandboxes())
    org = context.get_service().credentials.org_id
    return f"{org}, with {count} sandbox{'' if count == 1 else 'es'} that the credentials may use"


def check_sandbox(context: DoctorContext) -> str:
    """Check that the credentials may use the sandbox of the settings."""
    sandbox, usable = context.get_place().sandbox, context.list_sandboxes()
    if sandbox in usable:
        return f"{sandbox} is active"
    similar_name = find_similar_name(sandbox, usable)
    suggestion = f"Did you mean {similar_name}? " if similar_name else ""
    raise Problem(
        f"The credentials may not use the sandbox {sandbox}, but: {', '.join(usable) or 'none'}.",
        f"{suggestion}Correct adobe:sandbox (ADOBE_SANDBOX), or give the credential's product profile access to it.",
    )


def check_permission(context: DoctorContext) -> str:
    """Check that a connection can be read. No request tells whether it may be changed."""
    next(iter(context.get_service().iterate_pages("connections", (("limit", "1"),))), None)
    return "connections can be read; write permission cannot be checked without making a change"


def check_sources(context: DoctorContext) -> str:
    """Check that the organization has the connection spec of each source."""
    spec_ids = list_spec_ids(context.list_resources())
    missing = [id_ for id_ in spec_ids if not has_spec(context.get_service(), id_)]
    if missing:
        listed = ", ".join(f"{_get_source_name(id_)} ({id_})" for id_ in missing)
        raise Problem(
            f"The organization has no connection spec of {listed}.",
            "Ask Adobe whether the organization is licensed for the source.",
        )
    return f"the organization has {', '.join(_get_source_name(id_) for id_ in spec_ids)}"


def list_spec_ids(resources: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the ids of Databricks' connection spec and of those of the sources in a stack's state."""
    # The connection spec of a target connection is that of the data lake, which is no source.
    sources = [resource for resource in resources if get_class_name(resource) not in {None, "TargetConnection"}]
    ids = (get_member(source, "inputs", "connectionSpec", "id") for source in sources)
    declared_ids = [id_ for id_ in ids if isinstance(id_, str) and id_]
    return list(dict.fromkeys((connection_specs()["databricks"].id, *declared_ids)))


def has_spec(service: FlowServiceClient, id_: str) -> bool:
    """Return whether the organization has the connection spec with this id."""
    try:
        service.get("connectionSpecs", id_)
    except NotFound:
        return False
    return True


def _get_source_name(spec_id: str) -> str:
    spec = find_spec_by_id(spec_id)
    return spec.source if spec else "a source that is not in the catalogue"


def check_landing_zones(context: DoctorContext) -> str:
    """Compare each stored SAS token with Adobe's. After its expiry send no request: it would renew the token."""
    if context.stack is None:
        raise CheckSkipped("no stack is named (--stack, PULUMI_STACK)")
    stored = list(list_stored_credentials(context.list_resources()))
    lines = [_check_landing_zone_token(context, credentials) for credentials in stored]
    return "; ".join(lines) or "the stack manages no landing zone credentials"


def _check_landing_zone_token(context: DoctorContext, credentials: StoredCredentials) -> str:
    service = context.get_service()
    expiry = get_valid_expiry(service, credentials)
    description = f"{credentials.resource} {describe_expiry(expiry, service.service_time())}"
    if credentials.org != service.credentials.org_id:
        return f"{description} (of another organization, so not compared)"
    get_current_credentials(service, credentials)
    return description
