"""A connection reads from a workspace that the team allows, over https."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from adobe_flow_policy.patterns import listed, shell_patterns
from adobe_flow_policy.rule import Config, ResourceRule
from adobe_flow_policy.seen import Seen

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


def judge(connection: Seen, config: Config) -> Iterator[str]:
    """Scheme and host of the `domain`; a source without one has nothing to judge."""
    domain = connection.text("domain")
    if domain is None:
        return
    scheme, host = _parts(domain)
    if scheme != "https":
        yield "domain: does not begin with https://, so tokens would travel in clear. Give the workspace's https URL."
    if not host or not listed(host, config["allowed"]):
        allowed = ", ".join(config["allowed"])
        yield (
            f"domain: its host is none of the allowed ones ({allowed}). Give the URL of an allowed workspace, or add "
            "this one to `allowed` in the configuration of workspace-domain."
        )


def _parts(domain: str) -> tuple[str, str]:
    try:
        parts = urlsplit(domain)
    except ValueError:
        return "", ""
    return parts.scheme, parts.hostname or ""


RULE = ResourceRule(
    name="workspace-domain",
    description="A connection reads from an allowed workspace, over https.",
    on=("connections",),
    judge=judge,
    schema={
        "allowed": shell_patterns(
            "The hosts of the workspaces that may be read from.",
            list(_DATABRICKS_HOSTS),
        )
    },
)
