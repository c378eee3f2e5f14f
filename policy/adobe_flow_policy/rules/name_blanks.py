"""Rule: names have no blanks around them, nor several in a row, because such names only look the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pulumi_policy import EnforcementLevel

from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import Config, ResourceRule


def validate(resource: DeclaredResource, _config: Config) -> Iterator[str]:
    """Report a name with outer or repeated blanks."""
    if remediate(resource, _config):
        yield "name: the name has spaces at an end, or two spaces in a row. Remove them, or set the level `remediate`."


def remediate(resource: DeclaredResource, _config: Config) -> Mapping[str, str]:
    """Remove outer and repeated blanks. A name of only blanks stays, because the provider refuses it."""
    name = resource.get_text("name") or ""
    trimmed_name = " ".join(name.split())
    return {"name": trimmed_name} if trimmed_name and trimmed_name != name else {}


RULE = ResourceRule(
    name="name-blanks",
    description="Names have no spaces at either end, and never two spaces in a row.",
    level=EnforcementLevel.REMEDIATE,
    collections=("connections", "sourceConnections", "targetConnections", "flows"),
    validate=validate,
    remediate=remediate,
)
