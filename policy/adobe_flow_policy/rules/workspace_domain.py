"""Rule: a connection reads over https from a workspace that the team allows."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from adobe_flow_policy.patterns import build_pattern_list_schema, matches_any
from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import Config, ResourceRule

_DATABRICKS_HOSTS = (
    "*.azuredatabricks.net",
    "*.databricks.azure.us",
    "*.databricks.azure.cn",
    "*.cloud.databricks.com",
    "*.cloud.databricks.us",
    "*.cloud.databricks.mil",
    "*.gcp.databricks.com",
)
"""The hosts of workspaces: Azure, its clouds for the US government and China, AWS with both GovClouds, Google Cloud.

Microsoft: "Per-workspace URLs", also that of Azure China; Databricks: "Databricks on AWS GovCloud"; the environments of
the Databricks SDKs."""


def validate(connection: DeclaredResource, config: Config) -> Iterator[str]:
    """Report a `domain` that is not https or not an allowed host. A source without a domain passes."""
    domain = connection.get_text("domain")
    if domain is None:
        return
    scheme, host = _split_domain(domain)
    if scheme != "https":
        yield "domain: the URL does not begin with https://, so tokens would travel in clear. Use the https URL."
    if not host or not matches_any(host, config["allowed"]):
        allowed = ", ".join(config["allowed"])
        yield (
            f"domain: the host is not one of the allowed ones ({allowed}). Use the URL of an allowed workspace, or add "
            "this host to `allowed` in the configuration of workspace-domain."
        )


def _split_domain(domain: str) -> tuple[str, str]:
    try:
        parts = urlsplit(domain)
    except ValueError:
        return "", ""
    return parts.scheme, parts.hostname or ""


RULE = ResourceRule(
    name="workspace-domain",
    description="A connection reads over https from an allowed workspace.",
    collections=("connections",),
    validate=validate,
    schema={
        "allowed": build_pattern_list_schema(
            "The hosts of the workspaces that connections may read from.",
            list(_DATABRICKS_HOSTS),
        )
    },
)
