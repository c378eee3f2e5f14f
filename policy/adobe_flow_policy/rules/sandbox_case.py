"""Rule: a sandbox is named in lower case, because Flow Service knows no other names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pulumi_policy import EnforcementLevel

from adobe_flow_policy.kinds import PROVIDER
from adobe_flow_policy.resource import DeclaredResource
from adobe_flow_policy.rule import Config, ResourceRule


def validate(provider: DeclaredResource, config: Config) -> Iterator[str]:
    """Report each sandbox setting that is not in lower case."""
    for name in remediate(provider, config):
        yield f"{name}: the name is not in lower case. Write it in lower case, or set the level `remediate`."


def remediate(provider: DeclaredResource, _config: Config) -> Mapping[str, str]:
    """Change the sandbox setting of the stack or of a `FlowService` to lower case; variables cannot be changed."""
    settings = {name: provider.get_text(name) or "" for name in ("sandbox", "adobe:sandbox")}
    return {name: value.lower() for name, value in settings.items() if value != value.lower()}


RULE = ResourceRule(
    name="sandbox-case",
    description="Sandboxes are named in lower case.",
    level=EnforcementLevel.REMEDIATE,
    collections=(PROVIDER,),
    validate=validate,
    remediate=remediate,
)
